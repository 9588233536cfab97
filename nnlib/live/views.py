"""What can be shown: plain frozen descriptions, checked when they are made.

A view knows how to put itself on the wire (`wire`) and how to say itself in words (`words`); the browser draws the
wire form, `still.py` draws the same description with matplotlib.  Arrays may be NumPy or JAX arrays or lists; any
of them may be a `film`, whose first axis is time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .inputs import Handle, Points, as_points
from .numbers import plain

__all__ = ["Arrow", "Bars", "Curves", "Film", "Line", "Matrix", "Note", "Path", "Plane", "View", "film"]

Put = Callable[..., dict]  # put(array, low=None, high=None) -> reference; see wire.py


@dataclass(frozen=True, eq=False)
class Film:
    """An array whose first axis is time."""

    frames: np.ndarray

    def __len__(self) -> int:
        return len(self.frames)


def film(frames: Any) -> Film:
    """Marks the first axis of `frames` as time: a `player` shows one entry at a time, the last one at first."""
    frames = np.asarray(frames, np.float32)
    if frames.ndim == 0 or len(frames) == 0:
        raise ValueError(f"film: expected an array (T, ...) with at least one frame, got shape {frames.shape}")
    return Film(frames)


def moment(array: Film | np.ndarray, index: int = -1) -> np.ndarray:
    """One entry of a film (the last by default); any other array as it is."""
    return array.frames[index] if isinstance(array, Film) else array


def _array(value: Any, shape: tuple[int | None, ...], what: str) -> np.ndarray | Film:
    """`value` as float32 of `shape` (None: any length), films one axis more.  Raises ValueError if it does not fit."""
    array = value if isinstance(value, Film) else np.asarray(value, np.float32)
    got = moment(array).shape
    if len(got) != len(shape) or any(want not in (None, have) for want, have in zip(shape, got, strict=True)):
        want = "(" + ", ".join("any" if n is None else str(n) for n in shape) + ("," if len(shape) == 1 else "") + ")"
        raise ValueError(f"{what}: expected shape {want}, got {got}; reshape it, or mark a time axis with film(...)")
    return array


class View:
    """A picture, as data."""

    title: str

    def wire(self, put: Put) -> dict:
        """The JSON form; arrays become references made by `put`."""
        raise NotImplementedError

    def words(self) -> str:
        """One sentence."""
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class Line:
    """The line w.x + b = 0 across a plane; w (2,), b a number.  `normal`: show w as an arrow."""

    w: Any
    b: Any = 0.0
    label: str = ""
    color: str = "ink"
    normal: bool = False

    def wire(self, put: Put) -> dict:
        w, b = _array(self.w, (2,), "Line.w"), _array(self.b, (), "Line.b")
        return {"w": put(w), "b": put(b), "label": self.label, "color": self.color, "normal": self.normal}


@dataclass(frozen=True, eq=False)
class Arrow:
    """An arrow from `start` (2,) to `end` (2,)."""

    start: Any
    end: Any
    label: str = ""
    color: str = "ink"

    def wire(self, put: Put) -> dict:
        start, end = _array(self.start, (2,), "Arrow.start"), _array(self.end, (2,), "Arrow.end")
        return {"from": put(start), "to": put(end), "label": self.label, "color": self.color}


@dataclass(frozen=True, eq=False)
class Path:
    """A line through the points xy (T, 2)."""

    xy: Any
    label: str = ""
    color: str = "ink"

    def wire(self, put: Put) -> dict:
        return {"xy": put(_array(self.xy, (None, 2), "Path.xy")), "label": self.label, "color": self.color}


@dataclass(frozen=True, eq=False)
class Plane(View):
    """A part of the plane: a field of colour, contours, points, lines, arrows, paths, handles.

    field: (H, W), row 0 at the bottom, column 0 at the left, edge to edge; blue at range[0], orange at range[1].
    points: what `points(...)` gave the function (then they can be dragged), or (X, y).  handles: likewise.
    bounds: (left, right, bottom, top); around the points if None.  ring: indices of points to encircle.
    axes: which axes have numbers: "xy", "x", "y" or ""; if None, both where an axis has a label, none otherwise.
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

    def __post_init__(self):
        put = object.__setattr__
        if self.field is not None:
            put(self, "field", _array(self.field, (None, None), "Plane.field"))
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
            "type": "plane", "title": self.title, "words": self.words(), "xlabel": self.xlabel, "ylabel": self.ylabel,
            "axes": self.axes, "bounds": [x0, x1, y0, y1], "aspect": (x1 - x0) / (y1 - y0),
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
            counts = np.bincount(self.points.y, minlength=2)
            names = ("blue squares", "orange circles", "teal triangles")
            parts.append(" and ".join(f"{n} {name}" for n, name in zip(counts, names, strict=False)))
        if self.field is not None:
            parts.append("the field is not a number" if self.blank else f"{self._orange()} % of the plane orange")
        parts += [mark.label for marks in (self.lines, self.arrows, self.paths) for mark in marks if mark.label]
        parts += [text for *_, text in self.labels[:8]]
        parts += [f"{h.source.replace('_', ' ') or 'handle'} at {plain(h.x, 2)}, {plain(h.y, 2)}" for h in self.handles]
        return f"{self.title or 'Plane'}: {', '.join(parts) or 'empty'}."

    def _orange(self) -> int:
        """Share of the field on the orange side of the middle, in steps of five per cent."""
        share = np.mean(moment(self.field) > sum(self.range) / 2)
        return int(round(20 * float(share)) * 5)


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


@dataclass(frozen=True, eq=False, init=False)
class Curves(View):
    """Lines over a common axis: `Curves(loss=losses)`, `Curves(train=a, test=b, xlabel="step", log=True)`.

    Each series is an array (T,) or a pair (x (T,), y (T,)).  thin: names of series drawn as faint references.
    log, logx: logarithmic y and x.  xlim, ylim: the axes' ends.  cursor: mark the moment that the player shows.
    Underscores in names are shown as blanks; a name that begins with one, as in `_here=([x], [y])`, is not shown.
    """

    series: dict[str, tuple[Any, Any]]
    title: str = ""
    xlabel: str = ""
    ylabel: str = ""
    log: bool = False
    logx: bool = False
    xlim: tuple[float, float] | None = None
    ylim: tuple[float, float] | None = None
    thin: tuple[str, ...] = ()
    colors: dict[str, str] = field(default_factory=dict)
    cursor: bool = False

    def __init__(self, *, title="", xlabel="", ylabel="", log=False, logx=False, xlim=None, ylim=None, thin=(),
                 colors=None, cursor=False, **series):  # fmt: skip
        if not series:
            raise ValueError("Curves: expected at least one series, got none; for instance Curves(loss=losses)")
        values = {"title": title, "xlabel": xlabel, "ylabel": ylabel, "log": log, "logx": logx}
        values |= {"xlim": xlim, "ylim": ylim}
        values |= {"cursor": cursor, "thin": tuple(thin), "colors": dict(colors or {})}
        values["series"] = {name: _series(name, data) for name, data in series.items()}
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def blank(self) -> bool:
        """Whether no series has a single number in it."""
        return not any(np.isfinite(moment(y)).any() for _, y in self.series.values())

    def color(self, name: str) -> str:
        """The colour of a series: as given, ink for the first one, then the palette's order."""
        order = ("ink", "orange", "blue", "teal", "purple")
        solid = [n for n in self.series if n not in self.thin]
        return self.colors.get(name) or ("grey" if name in self.thin else order[solid.index(name) % len(order)])

    def wire(self, put: Put) -> dict:
        series = [
            {"label": shown_name(name), "x": None if x is None else put(x), "y": put(y),
             "color": self.color(name), "thin": name in self.thin}
            for name, (x, y) in self.series.items()
        ]  # fmt: skip
        xlim, ylim = (None if limits is None else [float(v) for v in limits] for limits in (self.xlim, self.ylim))
        return {"type": "curves", "title": self.title, "words": self.words(), "xlabel": self.xlabel,
                "ylabel": self.ylabel, "log": self.log, "logx": self.logx, "xlim": xlim, "ylim": ylim, "series": series,
                "cursor": self.cursor}  # fmt: skip

    def words(self) -> str:
        said = [
            _course(shown_name(name), moment(y))
            for name, (_, y) in self.series.items()
            if name not in self.thin and shown_name(name)
        ]
        return f"{self.title or 'Curves'}: {', '.join(said)}."


def shown_name(name: str) -> str:
    """What is written at a series: underscores become blanks; a name that begins with one is not written at all."""
    return "" if name.startswith("_") else name.replace("_", " ")


def _series(name: str, data: Any) -> tuple[Any, Any]:
    x, y = data if isinstance(data, tuple) and len(data) == 2 else (None, data)
    y = _array(y, (None,), f"Curves, {name}")
    x = None if x is None else _array(x, moment(y).shape, f"Curves, x of {name}")
    return x, y


def _course(name: str, y: np.ndarray) -> str:
    """How a series goes, in words: "loss from 0.7 to 0.002"; few digits, so that another CPU says the same."""
    good = y[np.isfinite(y)]
    if not len(good):
        return f"{name} is not a number"
    stopped = "" if np.isfinite(y[-1]) else f", not a number from step {int(np.argmin(np.isfinite(y)))} on"
    first, last = (plain(v, 2 if abs(v) >= 1 else 1) for v in (float(good[0]), float(good[-1])))
    return f"{name} from {first} to {last}{stopped}"


@dataclass(frozen=True, eq=False)
class Bars(View):
    """Named values as bars from zero: labels (N), values (N,); `range` fixes the axis so that bars do not jump."""

    labels: Sequence[str]
    values: Any
    range: tuple[float, float] | None = None
    digits: int = 3
    title: str = ""

    def __post_init__(self):
        object.__setattr__(self, "labels", tuple(map(str, self.labels)))
        object.__setattr__(self, "values", _array(self.values, (len(self.labels),), "Bars.values"))

    def wire(self, put: Put) -> dict:
        limits = None if self.range is None else [float(v) for v in self.range]
        return {"type": "bars", "title": self.title, "words": self.words(), "labels": list(self.labels),
                "values": put(self.values), "range": limits, "digits": self.digits}  # fmt: skip

    def words(self) -> str:
        said = (f"{n} {plain(float(v), 2)}" for n, v in zip(self.labels, moment(self.values), strict=True))
        return f"{self.title or 'Bars'}: {', '.join(said)}."


@dataclass(frozen=True, eq=False)
class Matrix(View):
    """A table of numbers, coloured by value: values (R, C), names of rows and columns.

    digits: how many decimals are shown, one number for all or one for each column.
    """

    values: Any
    rows: Sequence[str] = ()
    columns: Sequence[str] = ()
    range: tuple[float, float] = (-1.0, 1.0)
    digits: int | Sequence[int] = 2
    title: str = ""

    def __post_init__(self):
        values = _array(self.values, (None, None), "Matrix.values")
        for names, size, what in ((self.rows, 0, "rows"), (self.columns, 1, "columns")):
            if names and len(names) != moment(values).shape[size]:
                raise ValueError(f"Matrix: expected {moment(values).shape[size]} {what}, got {len(names)} names")
        columns = moment(values).shape[1]
        digits = (self.digits,) * columns if isinstance(self.digits, int) else tuple(self.digits)
        if len(digits) != columns:
            raise ValueError(f"Matrix: expected digits for {columns} columns, got {len(digits)}; give one for each")
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "digits", digits)

    def texts(self) -> list[list[str]]:
        """The numbers as they are shown, row by row."""
        return [[f"{v:.{n}f}" for v, n in zip(row, self.digits, strict=True)] for row in moment(self.values)]

    def wire(self, put: Put) -> dict:
        return {"type": "matrix", "title": self.title, "words": self.words(), "values": put(self.values),
                "rows": list(self.rows), "columns": list(self.columns), "range": [float(v) for v in self.range],
                "digits": list(self.digits)}  # fmt: skip

    def words(self) -> str:
        rows, columns = moment(self.values).shape
        body = "; ".join(map(", ".join, self.texts()[:4]))
        return f"{self.title or 'Matrix'} of {rows} by {columns}: {body}{' and so on' if rows > 4 else ''}."


@dataclass(frozen=True, eq=False)
class Note(View):
    """A line of text; among the views' columns it stands in its place, on its own it joins the status line."""

    text: str
    tone: str = "plain"
    title: str = ""

    def __post_init__(self):
        if self.tone not in ("plain", "good", "bad"):
            raise ValueError(f"Note: expected a tone of plain, good or bad, got {self.tone!r}")

    def wire(self, put: Put) -> dict:
        return {"type": "note", "title": self.title, "words": self.text, "text": self.text, "tone": self.tone}

    def words(self) -> str:
        return self.text
