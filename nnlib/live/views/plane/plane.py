"""A part of the plane, and what lies on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...controls import Handle, Points, as_points
from ...numbers import plain
from ..film import array_of, moment
from ..view import Put, Sheet, View
from .marks import Arrow, Line, Path
from .still import draw

__all__ = ["Plane"]


@dataclass(frozen=True, eq=False)
class Plane(View):
    """A part of the plane: a field of colour, contours, points, lines, arrows, paths, handles.

    field: (H, W), row 0 at the bottom, column 0 at the left, edge to edge; blue at range[0], orange at range[1].
    contours: the levels of the field that are drawn as lines.
    points: what `points(...)` gave the function (then they can be dragged), or X (N, 2) and y (N,).
    handles: what `handle(...)` gave it, each.
    lines, arrows, paths: each a `Line`, `Arrow`, `Path`.  labels: (x, y, text), what is written at a place.
    bounds: (left, right, bottom, top); around the points if None.  ring: indices of points to encircle.
    xlabel, ylabel: the axes' names.
    axes: which axes have numbers: "xy", "x", "y" or ""; if None, both where an axis has a name, none otherwise.
    aspect: width / height; None: the same unit on both axes.
    cells: each entry of the field is seen as a cell, not smoothed; then bounds are the cells' outer edges.
    Raises ValueError if field or points have other shapes or classes, or bounds are not four numbers, left < right and
    bottom < top.
    """

    field: Any = None
    points: Any = None
    bounds: tuple[float, float, float, float] | None = None
    range: tuple[float, float] = (0.0, 1.0)
    contours: Sequence[float] = (0.5,)
    lines: Sequence[Line] = ()
    arrows: Sequence[Arrow] = ()
    paths: Sequence[Path] = ()
    handles: Sequence[Handle] = ()
    labels: Sequence[tuple[float, float, str]] = ()
    ring: Sequence[int] = ()
    title: str = ""
    xlabel: str = ""
    ylabel: str = ""
    axes: str | None = None
    aspect: float | None = None
    cells: bool = False
    still_weight = 1.0

    def __post_init__(self):
        put = object.__setattr__
        if self.field is not None:
            put(self, "field", array_of(self.field, (None, None), "Plane.field"))
        if self.points is not None and not isinstance(self.points, Points):
            put(self, "points", as_points(*self.points))
        put(self, "bounds", _bounds(self.bounds, self.points))
        put(self, "axes", ("xy" if self.xlabel or self.ylabel else "") if self.axes is None else self.axes)

    @property
    def blank(self) -> bool:
        """Whether there was a field and it is not made of numbers."""
        return self.field is not None and not np.isfinite(moment(self.field)).all()

    def wire(self, put: Put) -> dict:
        x0, x1, y0, y1 = self.bounds
        low, high = self.range
        has_field = self.field is not None and not self.blank
        return {
            "xlabel": self.xlabel, "ylabel": self.ylabel, "axes": self.axes, "bounds": [x0, x1, y0, y1],
            "aspect": self.aspect or (x1 - x0) / (y1 - y0), "cells": self.cells,
            "field": put(self.field, low, high) if has_field else None,
            "range": [low, high], "contours": list(self.contours) if has_field else [],
            "points": self._points_wire(put), "lines": [line.wire(put) for line in self.lines],
            "arrows": [arrow.wire(put) for arrow in self.arrows], "paths": [path.wire(put) for path in self.paths],
            "handles": [h.source for h in self.handles if h.source],
            "labels": [{"at": [float(x), float(y)], "text": text} for x, y, text in self.labels],
        }  # fmt: skip

    def _points_wire(self, put: Put) -> dict | None:
        if self.points is None:
            return None
        ring = [int(i) for i in self.ring]
        if self.points.source:
            return {"edit": self.points.source, "ring": ring}
        return {"edit": None, "x": put(self.points.x), "y": put(self.points.y), "ring": ring}

    def words(self) -> str:
        parts = []
        if self.points is not None:
            parts.append(self._counted())
        if self.field is not None:
            parts.append("the field is not a number" if self.blank else f"{self._orange()} % of the plane orange")
        parts += [mark.label for marks in (self.lines, self.arrows, self.paths) for mark in marks if mark.label]
        parts += [text for *_, text in self.labels[:8]]
        parts += [f"{_place(h.source)} {plain(h.x, 2)}, {plain(h.y, 2)}" for h in self.handles]
        return f"{self.title or 'Plane'}: {', '.join(parts) or 'empty'}."

    def _counted(self) -> str:
        """How many points there are of each class that has any."""
        names = ("blue squares", "orange circles", "teal triangles")
        counts = np.bincount(self.points.y, minlength=len(names))
        said = [f"{n} {name[:-1] if n == 1 else name}" for n, name in zip(counts, names, strict=True) if n]
        return " and ".join(said) or "no points"

    def _orange(self) -> int:
        """Share of the field on the orange side of the middle, in steps of five per cent."""
        share = np.mean(moment(self.field) > sum(self.range) / 2)
        return int(round(20 * float(share)) * 5)

    def still(self, ax) -> None:
        draw(self, ax)

    def still_height(self, sheet: Sheet) -> float:
        """More across the whole page, if that does not make it a tower."""
        x0, x1, y0, y1 = self.bounds
        whole = (1 + 0.35 * (sheet.tall > 1)) * sheet.width * (y1 - y0) / (x1 - x0)
        return whole if sheet.columns == 1 and 3.3 < whole < 1.6 * 3.3 else 3.3


def _place(source: str) -> str:
    """Before a handle's two numbers, its name: "start at"; and "at" alone if that is its name."""
    return "at" if source == "at" else f"{source.replace('_', ' ') or 'handle'} at"


def _bounds(bounds, points) -> tuple[float, float, float, float]:
    """The given bounds, checked, or the smallest square with a margin around the points."""
    if bounds is not None:
        numbers = tuple(map(float, np.ravel(bounds)))
        if np.shape(bounds) != (4,) or not (numbers[0] < numbers[1] and numbers[2] < numbers[3]):
            raise ValueError(
                f"Plane: expected bounds (left, right, bottom, top) with left < right and bottom < top, got {bounds}"
            )
        return numbers
    if points is None or len(points) == 0:
        return -1.0, 1.0, -1.0, 1.0
    low, high = points.x.min(0).astype(float), points.x.max(0).astype(float)
    (x, y), half = (low + high) / 2, max(0.6 * float((high - low).max()), 0.5)
    return float(x - half), float(x + half), float(y - half), float(y + half)
