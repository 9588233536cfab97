"""Lines over a common axis."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...numbers import plain
from ..film import array_of, moment
from ..style import check_color
from ..view import Put, View
from .still import draw, shown_name

__all__ = ["Curves"]


@dataclass(frozen=True, eq=False, init=False)
class Curves(View):
    """Lines over a common axis: `Curves(loss=losses)`, `Curves(train=a, test=b, xlabel="step", log=True)`.

    Each series is an array (T,) or a pair (x (T,), y (T,)).  thin: names of series drawn as faint references.
    log, logx: logarithmic y and x.  xlabel, ylabel: the axes' names.  xlim, ylim: their ends.
    colors: by series, one of those of `Line`; else ink, orange, blue, teal, purple in turn, and grey for thin ones.
    cursor: mark the moment that the player shows, on each series with a dot or what `marks` has for it (see `Path`).
    tall: at least 16 em high, also where a column would leave it less.
    Underscores in names are shown as blanks; a name that begins with one, as in `_here=([x], [y])`, is not shown.
    Raises ValueError if there is no series, if one has another shape, or for a colour that is unknown.
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
    marks: dict[str, str] = field(default_factory=dict)
    tall: bool = False

    def __init__(self, *, title="", xlabel="", ylabel="", log=False, logx=False, xlim=None, ylim=None, thin=(),
                 colors=None, cursor=False, marks=None, tall=False, **series):  # fmt: skip
        if not series:
            raise ValueError("Curves: expected at least one series, got none; for instance Curves(loss=losses)")
        values = {"title": title, "xlabel": xlabel, "ylabel": ylabel, "log": log, "logx": logx}
        values |= {"xlim": xlim, "ylim": ylim, "tall": tall}
        values |= {"cursor": cursor, "thin": tuple(thin), "colors": dict(colors or {}), "marks": dict(marks or {})}
        values["series"] = {name: _series(name, data) for name, data in series.items()}
        for color in values["colors"].values():
            check_color(color, "Curves.colors")
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
             "color": self.color(name), "thin": name in self.thin, "mark": self.marks.get(name, "dot")}
            for name, (x, y) in self.series.items()
        ]  # fmt: skip
        xlim, ylim = (None if limits is None else [float(v) for v in limits] for limits in (self.xlim, self.ylim))
        return {"xlabel": self.xlabel, "ylabel": self.ylabel, "log": self.log, "logx": self.logx, "xlim": xlim,
                "ylim": ylim, "series": series, "cursor": self.cursor, "tall": self.tall}  # fmt: skip

    def words(self) -> str:
        least = self.ylim[0] if self.log and self.ylim else None
        solid = {name: xy for name, xy in self.series.items() if name not in self.thin}
        told = {shown_name(name): xy for name, xy in solid.items() if shown_name(name)}
        told = told or {shown_name(name.lstrip("_")): xy for name, xy in solid.items()}  # where none is named, all are
        told = {name: (x, y) for name, (x, y) in told.items() if np.isfinite(moment(y)).any() or len(moment(y)) > 1}
        lost = [name for name, (_, y) in told.items() if not np.isfinite(moment(y)).any()]
        said = [_course(name, *map(_now, xy), least, self.xlabel) for name, xy in told.items() if name not in lost]
        none = f"{' and '.join(lost)} {'are' if len(lost) > 1 else 'is'} not a number"
        return f"{self.title or 'Curves'}: {', '.join([*said, *[none] * bool(lost)]) or 'nothing'}."

    def still(self, ax) -> None:
        draw(self, ax)


def _series(name: str, data: Any) -> tuple[Any, Any]:
    x, y = data if isinstance(data, tuple) and len(data) == 2 else (None, data)
    y = array_of(y, (None,), f"Curves, {name}")
    x = None if x is None else array_of(x, moment(y).shape, f"Curves, x of {name}")
    return x, y


def _now(values: Any) -> np.ndarray | None:
    return None if values is None else moment(values)


def _course(name: str, x: np.ndarray | None, y: np.ndarray, least: float | None, xlabel: str) -> str:
    """How a series goes, in words: "loss from 0.7 to 0.002"; few digits, so that another CPU says the same.

    least: below it a logarithmic axis ends, and words, too.  xlabel: what x is called, where the numbers end early.
    """
    good = np.flatnonzero(np.isfinite(y))
    first, last = (
        f"below {plain(least, 1)}" if least is not None and v < least else plain(v, 2 if abs(v) >= 1 else 1)
        for v in map(float, y[good[[0, -1]]])
    )
    way = f"from {first} to {last}" if len(y) > 1 else last
    return f"{name} {way}{_stopped(x, y, int(good[-1]) + 1, xlabel)}"


def _stopped(x: np.ndarray | None, y: np.ndarray, end: int, xlabel: str) -> str:
    """From where on a series has no numbers; empty if its last one is one."""
    if end == len(y):
        return ""
    at = end if x is None else plain(float(x[end]))
    where = f"step {at}" if xlabel in ("", "steps") else f"{xlabel} {at}"
    return f", {'infinite' if np.isinf(y[end:]).all() else 'not a number'} from {where} on"
