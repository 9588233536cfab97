"""On or off."""

from __future__ import annotations

from dataclasses import dataclass

from .control import Control

__all__ = ["Toggle", "toggle"]


@dataclass(frozen=True, kw_only=True)
class Toggle(Control):
    """On or off."""

    start: bool = False
    kind = "toggle"

    @property
    def value(self):
        return self.start

    def encode(self, value):
        if not isinstance(value, bool):
            raise ValueError(f"expected True or False, got {value!r}")
        return value

    def decode(self, wire, name):
        return self.encode(wire)

    def ends(self):
        return [not self.start, self.start]


def toggle(value: bool = False, *, label: str = "", help: str = "", same: str = "") -> Toggle:
    """A switch, a `Toggle`; the function gets True or False.  value: what it starts with; any other is a ValueError."""
    return Toggle(start=Toggle().encode(value), label=label, help=help, same=same)
