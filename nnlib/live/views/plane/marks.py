"""What lies on a plane: lines, arrows, paths.

As a view, each puts itself on the wire: its arrays, any of which may be a film, become references made by `put`.  An
array of another shape is a ValueError there, and not earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..film import Film, array_of, grown, moment
from ..style import check_color
from ..view import Put

__all__ = ["MARKS", "Arrow", "Line", "Path"]

MARKS = ("dot", "circle", "square", "triangle", "diamond", "down", "plus", "cross", "star")


@dataclass(frozen=True, eq=False)
class Line:
    """The line w.x + b = 0 across a plane; w (2,), b a number.  `normal`: show w as an arrow.

    label: what is written beside it.
    color: "ink", "blue", "orange", "teal", "purple", "rose", "olive" or "grey", as everywhere in a piece; a ValueError
    if it is another, or if a shape is.
    """

    w: Any
    b: Any = 0.0
    label: str = ""
    color: str = "ink"
    normal: bool = False

    def __post_init__(self):
        check_color(self.color, "Line.color")
        self._numbers()

    def _numbers(self) -> tuple:
        return array_of(self.w, (2,), "Line.w"), array_of(self.b, (), "Line.b")

    def wire(self, put: Put) -> dict:
        """As JSON, for the browser."""
        w, b = self._numbers()
        return {"w": put(w), "b": put(b), "label": self.label, "color": self.color, "normal": self.normal}


@dataclass(frozen=True, eq=False)
class Arrow:
    """An arrow from `start` (2,) to `end` (2,).  label, color, errors: as of a `Line`; the label
    stands at the tip.
    """

    start: Any
    end: Any
    label: str = ""
    color: str = "ink"

    def __post_init__(self):
        check_color(self.color, "Arrow.color")
        self._ends()

    def _ends(self) -> tuple:
        return array_of(self.start, (2,), "Arrow.start"), array_of(self.end, (2,), "Arrow.end")

    def wire(self, put: Put) -> dict:
        """As JSON, for the browser."""
        start, end = self._ends()
        return {"from": put(start), "to": put(end), "label": self.label, "color": self.color}


@dataclass(frozen=True, eq=False)
class Path:
    """A line through the points xy (T, 2), with a mark at its end; `film(xy)` grows as the player's time goes on.

    mark: "dot", or a larger "circle", "square", "triangle", "diamond", "down", "plus", "cross" or "star".
    label, color: as of a `Line`; the label stands at the end.
    thin: as a faint line, for what crosses itself a hundred times.
    Raises ValueError if `mark` is another.
    """

    xy: Any
    label: str = ""
    color: str = "ink"
    mark: str = "dot"
    thin: bool = False

    def __post_init__(self):
        if self.mark not in MARKS:
            raise ValueError(f"Path.mark: expected one of {', '.join(MARKS)}, got {self.mark!r}")
        check_color(self.color, "Path.color")
        grown(self.xy, (2,), "Path.xy")

    @property
    def whole(self) -> np.ndarray:
        """All of its points, whether it grows or not."""
        xy = grown(self.xy, (2,), "Path.xy")
        return xy.frames if isinstance(xy, Film) and xy.frames.ndim == 2 else moment(xy)

    def wire(self, put: Put) -> dict:
        """As JSON, for the browser."""
        xy = put(grown(self.xy, (2,), "Path.xy"))
        return {"xy": xy, "label": self.label, "color": self.color, "mark": self.mark, "thin": self.thin}
