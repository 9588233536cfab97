"""Something to press."""

from __future__ import annotations

from dataclasses import dataclass, field

from .control import Control

__all__ = ["Button", "button"]


@dataclass(frozen=True, kw_only=True)
class Button(Control):
    """Something to press; its value is how often it was pressed."""

    kind = "button"
    count: int = field(default=0, init=False)

    @property
    def value(self):
        return 0

    def decode(self, wire, name):
        if not isinstance(wire, int) or wire < 0:
            raise ValueError(f"expected a number of presses, got {wire!r}")
        return wire

    def ends(self):
        return [1, 2]


def button(label: str = "", *, help: str = "", same: str = "") -> Button:
    """A `Button`; the function gets the number of presses so far, which can serve as a seed ("again")."""
    return Button(label=label, help=help, same=same)
