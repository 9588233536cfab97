"""Points that are dragged, added and deleted in a view.

The value that the function gets remembers the control it came from (`source`); a `Plane` that is given such a value
makes it movable.  Nothing else connects the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..numbers import listed, round_digits
from .control import Control

__all__ = ["Points", "PointsInput", "as_points", "points"]

CLASSES = (0, 1, 2)  # squares, circles, triangles


@dataclass(frozen=True, eq=False)
class Points:
    """Labelled points: x (N, 2) float32, y (N,) int32 class numbers; `room` for at most so many."""

    x: np.ndarray
    y: np.ndarray
    source: str = ""
    room: int = 0

    def __iter__(self):
        return iter((self.x, self.y))  # so that `X, y = data` works

    def __len__(self) -> int:
        return len(self.y)

    def padded(self, size: int | None = None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """x, y and weights (1 for a point, 0 for padding), each `size` long (as many as there may be).

        Arrays that keep their shape while points come and go need no new program.
        Raises ValueError if there are more than `size` points.
        """
        size = size or max(self.room, len(self))
        missing = size - len(self)
        if missing < 0:
            raise ValueError(f"padded: expected at most {size} points, got {len(self)}; ask for a larger size")
        weights = np.concatenate([np.ones(len(self), np.float32), np.zeros(missing, np.float32)])
        return np.pad(self.x, ((0, missing), (0, 0))), np.pad(self.y, (0, missing)), weights

    def as_code(self, script: Any) -> str:
        """An expression that gives these points; `script` is told the names in it."""
        script.name("np", np), script.name("Points", Points)
        x = f"np.array([{listed(round_digits(float(v), 4) for v in self.x.ravel())}], np.float32).reshape(-1, 2)"
        y = f"np.array([{listed(self.y.tolist())}], np.int32)"
        return f"Points(\n        {x},\n        {y},\n        room={self.room},\n    )"


def as_points(x: Any, y: Any = None, source: str = "", room: int = 0) -> Points:
    """Checked `Points` from arrays; y defaults to class 0.  Raises ValueError on shapes that do not fit."""
    x = np.asarray(x, np.float32).reshape(-1, 2) if np.size(x) == 0 else np.asarray(x, np.float32)
    if x.ndim != 2 or x.shape[1] != 2:
        raise ValueError(f"points: expected x of shape (N, 2), got {x.shape}; give two columns, one row a point")
    y = np.zeros(len(x), np.int32) if y is None else np.asarray(y)
    if y.shape != (len(x),):
        raise ValueError(f"points: expected y of shape ({len(x)},), one class a point, got {y.shape}")
    if not np.isin(y, CLASSES).all():
        odd = sorted(set(np.ravel(y).tolist()) - set(CLASSES))[:3]
        raise ValueError(f"points: expected classes 0, 1 or 2, got {odd} too; labels -1 and 1 become (y + 1) // 2")
    if not np.isfinite(x).all():
        raise ValueError("points: expected numbers, got NaN or infinity; remove those rows first")
    return Points(x, y.astype(np.int32), source, room)


@dataclass(frozen=True, kw_only=True)
class PointsInput(Control):
    """The control behind editable points."""

    start: Points
    least: int = 0
    most: int = 400
    classes: int = 2
    kind = "points"
    place, drawn_at_once = "view", True

    @property
    def value(self):
        return self.start

    def encode(self, value):
        data = value if isinstance(value, Points) else as_points(*value)
        if not self.least <= len(data) <= self.most:
            raise ValueError(f"expected {self.least} to {self.most} points, got {len(data)}")
        return {"x": [[round_digits(float(v), 4) for v in row] for row in data.x], "y": data.y.tolist()}

    def decode(self, wire, name):
        data = as_points(wire["x"], wire["y"], name, self.most)
        classes = set(data.y.tolist())
        if not self.least <= len(data) <= self.most or not classes <= set(range(self.classes)):
            raise ValueError(
                f"expected {self.least} to {self.most} points with classes 0 to {self.classes - 1}, "
                f"got {len(data)} with {sorted(classes)}"
            )
        return data

    def ends(self):
        few = Points(self.start.x[: self.least], self.start.y[: self.least])
        return [self.encode(few), self.encode(self.start)]

    def details(self):
        return {"least": self.least, "most": self.most, "classes": self.classes}


def points(x: Any, y: Any = None, *, least: int = 0, most: int | None = None, help: str = "") -> PointsInput:
    """Points to drag, add, delete and relabel in the `Plane` that is given them.

    x: (N, 2). y: (N,) classes 0, 1 or 2, all 0 if None. least, most: how few and how many there may be (if not said:
    none, and a hundred more than at the start). help: as of every `Control`.
    The function gets a `Points` with `.x` and `.y`.
    Raises ValueError if x or y has another shape, x a number that is not finite, y another class, or N does not lie
    from `least` to `most`.
    """
    start = as_points(np.vectorize(lambda v: round_digits(float(v), 4), otypes=[float])(x) if np.size(x) else x, y)
    classes = max(2, int(start.y.max()) + 1) if len(start) else 2
    most = most or len(start) + 100
    if not 0 <= least <= len(start) <= most:
        raise ValueError(f"points: expected least <= points <= most, got {least}, {len(start)} points and {most}")
    return PointsInput(start=start, least=least, most=most, classes=classes, help=help)
