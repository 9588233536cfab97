"""Numbers that are dragged and typed at the leaves of a graph.

As with points, the value that the function gets remembers its control (`source`), and the view that is given it lets
the hand at it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..numbers import round_digits
from .control import Control

__all__ = ["Numbers", "NumbersInput", "numbers"]

DIGITS, MOST = 6, 1e9  # significant digits that cross the wire; the largest number that can be typed


class Numbers(Mapping):
    """Named numbers: a mapping with the `values` (name -> float), which remembers its control (`source`)."""

    def __init__(self, values: Mapping[str, float], source: str = ""):
        self._values, self.source = dict(values), source

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Numbers({self._values})"

    def as_code(self, script: Any) -> str:
        """A dict of these numbers, as `script` writes it; the function needs no more."""
        return script.literal(self._values)


@dataclass(frozen=True, kw_only=True)
class NumbersInput(Control):
    """The control behind named numbers."""

    start: Numbers
    low: float
    high: float
    step: float
    kind = "numbers"
    place, drawn_at_once = "view", True

    @property
    def value(self):
        return self.start

    def encode(self, value):
        if not isinstance(value, Mapping) or set(value) != set(self.start):
            got = ", ".join(map(str, value)) if isinstance(value, Mapping) else type(value).__name__
            raise ValueError(f"expected numbers for {', '.join(self.start)}, got {got}")
        return {name: _checked(name, value[name]) for name in self.start}

    def decode(self, wire, name):
        return Numbers(self.encode(wire), name)

    def ends(self):
        return [dict.fromkeys(self.start, self.low), self.encode(self.start), dict.fromkeys(self.start, self.high)]

    def details(self):
        return {"low": self.low, "high": self.high, "step": self.step, "most": MOST}


def _checked(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or abs(value) > MOST:
        raise ValueError(f"expected a number between -1e9 and 1e9 for {name}, got {value!r:.40}")
    return round_digits(float(value), DIGITS)


def numbers(
    *, low: float = -10.0, high: float = 10.0, step: float = 0.1, help: str = "", **start: float
) -> NumbersInput:
    """Numbers to drag or to type in the `Graph` that is given them: `numbers(a=2.0, b=-3.0)`.

    start: what each is at first.  low, high, step: where a hand can drag them; what is typed may lie beyond.
    help: as of every `Control`.  The function gets `Numbers`, a mapping.
    Raises ValueError if there are none, one is no number from -1e9 to 1e9, low >= high, or step <= 0.
    """
    if not start or not low < high or not step > 0:
        got = f"{start}, {low}, {high}, {step}"
        raise ValueError(f"numbers: expected name=number, low < high and a step above 0, got {got}; numbers(a=2.0)")
    checked = Numbers({name: _checked(name, value) for name, value in start.items()})
    return NumbersInput(start=checked, low=float(low), high=float(high), step=float(step), help=help)
