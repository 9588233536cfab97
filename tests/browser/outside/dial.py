"""A control of its own: a direction, turned by hand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from nnlib.live import Control


class Direction(NamedTuple):
    """An angle against the x axis."""

    degrees: float

    @property
    def xy(self) -> tuple[float, float]:
        return math.cos(math.radians(self.degrees)), math.sin(math.radians(self.degrees))

    def as_code(self, script) -> str:
        script.name("Direction", Direction)
        return f"Direction({self.degrees})"


@dataclass(frozen=True, kw_only=True)
class Dial(Control):
    start: Direction
    step: int = 5

    @property
    def value(self):
        return self.start

    def encode(self, value):
        return float(Direction(*value).degrees) % 360

    def decode(self, wire, name):
        if not isinstance(wire, (int, float)) or not 0 <= wire < 360:
            raise ValueError(f"expected degrees from 0 to 360, got {wire!r}; turn less far")
        return Direction(float(wire))

    def ends(self):
        return [0.0, 90.0, 355.0]

    def details(self):
        return {"step": self.step}


def dial(degrees: float = 0.0, *, label: str = "", help: str = "") -> Dial:
    """A direction to be turned; the function gets a `Direction`."""
    return Dial(start=Direction(degrees), label=label, help=help)
