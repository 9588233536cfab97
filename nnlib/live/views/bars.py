"""Named values as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..numbers import plain
from .film import array_of, moment
from .style import COLORS, RULE, SIZE, axes, check_color
from .view import Put, View

__all__ = ["Bars"]


@dataclass(frozen=True, eq=False)
class Bars(View):
    """Named values as bars from zero: labels (N), values (N,); `range` fixes the axis so that bars do not jump.

    digits: how many decimals are shown.
    colors: one for each bar (see `Line`); if none, blue, and orange for what is positive where values have a sign.
    Raises ValueError if there is not a value for each label, or not a known colour for each where there are some.
    """

    labels: Sequence[str]
    values: Any
    range: tuple[float, float] | None = None
    digits: int = 3
    title: str = ""
    colors: Sequence[str] = ()

    def __post_init__(self):
        if self.colors and len(self.colors) != len(self.labels):
            raise ValueError(f"Bars: expected {len(self.labels)} colors, one for each bar, got {len(self.colors)}")
        for color in self.colors:
            check_color(color, "Bars.colors")
        object.__setattr__(self, "labels", tuple(map(str, self.labels)))
        object.__setattr__(self, "values", array_of(self.values, (len(self.labels),), "Bars.values"))

    def wire(self, put: Put) -> dict:
        limits = None if self.range is None else [float(v) for v in self.range]
        return {"labels": list(self.labels), "values": put(self.values), "range": limits, "digits": self.digits,
                "colors": list(self.colors)}  # fmt: skip

    def words(self) -> str:
        bars = zip(self.labels, moment(self.values), strict=True)
        said = [f"{n} {plain(float(v), 2)}" for n, v in bars if not np.isnan(v)]  # what is not a number has no bar
        return f"{self.title or 'Bars'}: {', '.join(said) or 'no numbers'}."

    def still(self, ax) -> None:
        values = moment(self.values)
        low, high = self.range or (min(0.0, *values), max(0.0, *values))
        colors = self.colors or ["orange" if low < 0 <= v else "blue" for v in values]
        ax.barh(range(len(values)), values, height=0.55, color=[COLORS[color] for color in colors])
        for row, value in enumerate(values):
            shift, side = (4, "left") if value >= 0 else (-4, "right")
            said = f"{value:.{self.digits}f}"
            ax.annotate(said, (value, row), (shift, 0), textcoords="offset points", fontsize=SIZE, va="center", ha=side)
        ax.axvline(0, color=RULE, lw=0.8)
        ax.set_yticks(range(len(values)), self.labels)
        ax.invert_yaxis()
        ax.set_xlim(low - 0.12 * (high - low) * (low < 0), high + 0.12 * (high - low))
        axes(ax, "", "", 3, keep_y=True)
