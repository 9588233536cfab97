"""One of several pictures, chosen in the view that shows them.

As with points, the value that the function gets remembers the control it came from (`source`); an `Images` that is
given it as `chosen` lets the hand choose another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .control import Control

__all__ = ["Pick", "PickInput", "pick"]


class Pick(int):
    """The number of what is chosen, from 0 on: an int like any other, which indexes an array."""

    source = ""

    def as_code(self, script: Any) -> str:
        """The number itself, which needs nothing of `script`."""
        return str(int(self))


@dataclass(frozen=True, kw_only=True)
class PickInput(Control):
    """The control behind it: one of `count`."""

    count: int
    start: Pick
    kind = "pick"
    place, drawn_at_once = "view", True

    @property
    def value(self):
        return self.start

    def encode(self, value):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or not 0 <= value < self.count:
            raise ValueError(
                f"expected a whole number from 0 to {self.count - 1}, got {value!r:.40}; choose one of them"
            )
        return int(value)

    def decode(self, wire, name):
        made = Pick(self.encode(wire))
        made.source = name
        return made

    def ends(self):
        return sorted({0, self.count // 2, self.count - 1})

    def details(self):
        return {"count": self.count}


def pick(count: int, start: int = 0, *, label: str = "", help: str = "", same: str = "") -> PickInput:
    """One of `count` pictures, number `start` at first; the function gets its number, an int from 0 to count - 1.

    It is chosen in the `Images` that is given it as `chosen`: by a click, a tap, or Enter.
    label, help, same: as of every `Control`.
    Raises ValueError if there is none to choose, or `start` is none of them.
    """
    if isinstance(count, bool) or not isinstance(count, (int, np.integer)) or count < 1:
        raise ValueError(f"pick: expected a count from 1 on, got {count!r}; give the number of pictures")
    made = PickInput(count=int(count), start=Pick(0), label=label, help=help, same=same)
    try:
        return PickInput(count=int(count), start=Pick(made.encode(start)), label=label, help=help, same=same)
    except ValueError as error:
        raise ValueError(f"pick: {error}") from None
