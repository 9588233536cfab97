"""One of several named things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .control import Control

__all__ = ["Choice", "choice"]


@dataclass(frozen=True, kw_only=True)
class Choice(Control):
    """One of several named things."""

    names: tuple[str, ...]
    things: tuple[Any, ...]
    start: int = 0

    kind = "choice"

    @property
    def value(self):
        return self.things[self.start]

    def encode(self, value):
        for index, thing in enumerate(self.things):
            if thing is value or (
                isinstance(value, (str, int, float, bool)) and type(thing) is type(value) and thing == value
            ):
                return index
        if isinstance(value, str) and value in self.names:
            return self.names.index(value)
        raise ValueError(f"expected one of {', '.join(self.names)}, got {value!r}")

    def decode(self, wire, name):
        if not isinstance(wire, int) or not 0 <= wire < len(self.things):
            raise ValueError(f"expected an index from 0 to {len(self.things) - 1}, got {wire!r}")
        return self.things[wire]

    def ends(self):
        return list(range(len(self.things)))

    def details(self):
        return {"options": list(self.names)}


def choice(
    options: Sequence[Any] | Mapping[str, Any],
    value: Any = None,
    *,
    label: str = "",
    help: str = "",
    same: str = "",
) -> Choice:
    """A `Choice` of one of `options`: a list of values, or a mapping from the name shown to the value for the function.

    value: the option (or its name) that it starts with, the first if None.
    Raises ValueError if there are none, or `value` is none of them.
    """
    pairs = list(options.items()) if isinstance(options, Mapping) else [(_name_of(thing), thing) for thing in options]
    if not pairs:
        raise ValueError("choice: expected at least one option, got none; give a list or a mapping of names to values")
    names, things = zip(*pairs, strict=True)
    made = Choice(names=tuple(map(str, names)), things=things, label=label, help=help, same=same)
    start = 0 if value is None else made.encode(value)
    return Choice(names=made.names, things=things, start=start, label=label, help=help, same=same)


def _name_of(thing: Any) -> str:
    return thing if isinstance(thing, str) else getattr(thing, "__name__", str(thing))
