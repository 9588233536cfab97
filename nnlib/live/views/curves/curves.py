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
        said = [
            _course(shown_name(name), moment(y), least)
            for name, (_, y) in self.series.items()
            if name not in self.thin and shown_name(name)
        ]
        return f"{self.title or 'Curves'}: {', '.join(said)}."

    def still(self, ax) -> None:
        draw(self, ax)


def _series(name: str, data: Any) -> tuple[Any, Any]:
    x, y = data if isinstance(data, tuple) and len(data) == 2 else (None, data)
    y = array_of(y, (None,), f"Curves, {name}")
    x = None if x is None else array_of(x, moment(y).shape, f"Curves, x of {name}")
    return x, y


def _course(name: str, y: np.ndarray, least: float | None) -> str:
    """How a series goes, in words: "loss from 0.7 to 0.002"; few digits, so that another CPU says the same.

    least: below it a logarithmic axis ends, and words, too.
    """
    good = y[np.isfinite(y)]
    if not len(good):
        return f"{name} is not a number"
    stopped = "" if np.isfinite(y[-1]) else f", not a number from step {int(np.argmin(np.isfinite(y)))} on"
    first, last = (
        f"below {plain(least, 1)}" if least is not None and v < least else plain(v, 2 if abs(v) >= 1 else 1)
        for v in (float(good[0]), float(good[-1]))
    )
    return f"{name} from {first} to {last}{stopped}"
