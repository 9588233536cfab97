"""One point that is dragged in a view.

The value that the function gets remembers the control it came from (`source`); a `Plane` that is given such a value
makes it movable.  Nothing else connects the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ..numbers import round_digits
from .control import Control

__all__ = ["Handle", "HandleInput", "handle"]


class Handle(NamedTuple):
    """One point that can be dragged, as numbers x and y."""

    x: float
    y: float
    source: str = ""

    @property
    def xy(self) -> np.ndarray:
        """Both coordinates as an array (2,)."""
        return np.array([self.x, self.y], np.float32)

    def as_code(self, script: Any) -> str:
        """An expression that gives this place; `script` is told the name in it."""
        script.name("Handle", Handle)
        return f"Handle({self.x!r}, {self.y!r})"


@dataclass(frozen=True, kw_only=True)
class HandleInput(Control):
    """The control behind one draggable point."""

    start: Handle
    typed: bool = False
    kind = "handle"
    drawn_at_once = True

    @property
    def place(self):
        return "bar" if self.typed else "view"

    @property
    def value(self):
        return self.start

    def encode(self, value):
        x, y = (float(v) for v in tuple(value)[:2])
        if not np.isfinite([x, y]).all():
            raise ValueError(f"expected two numbers, got {x} and {y}")
        return [round_digits(x, 4), round_digits(y, 4)]

    def decode(self, wire, name):
        return Handle(*self.encode(wire), name)

    def details(self):
        return {"typed": self.typed}


def handle(x: float, y: float, *, label: str = "", help: str = "", same: str = "", typed: bool = False) -> HandleInput:
    """One point to drag in the `Plane` that lists it in `handles`.  The function gets a `Handle` (x, y, `.xy`).

    x, y: where it is at first.  typed: its place can be typed as well, in a field among the controls.
    label, help, same: as of every `Control`; the label stands beside the point.
    """
    return HandleInput(start=Handle(float(x), float(y)), label=label, help=help, same=same, typed=typed)
