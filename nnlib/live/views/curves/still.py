"""Curves on paper, with their names at their ends."""

from __future__ import annotations

import numpy as np

from ..film import moment
from ..style import COLORS, SIZE, axes

__all__ = ["draw", "shown_name"]


def shown_name(name: str) -> str:
    """What is written at a series: underscores become blanks; a name that begins with one is not written at all."""
    return "" if name.startswith("_") else name.replace("_", " ")


def draw(view, ax) -> None:
    """Draws `Curves` into matplotlib axes."""
    ends = []
    for name, (x, y) in view.series.items():
        y = moment(y)
        x = np.arange(len(y)) if x is None else moment(x)
        thin = name in view.thin
        mark = "o" if len(y) == 1 else ""
        ax.plot(x, y, marker=mark, ms=6, color=COLORS[view.color(name)], lw=0.9 if thin else 1.7)
        good = np.flatnonzero(np.isfinite(y) & ((y > 0) | (not view.log)))
        if len(good):
            ends.append((float(y[good[-1]]), float(x[good[-1]]), shown_name(name), COLORS[view.color(name)]))
    if view.log and not view.blank:
        ax.set_yscale("log")
    if view.logx:
        ax.set_xscale("log")
    if view.xlim:
        ax.set_xlim(view.xlim)
    if view.ylim:
        ax.set_ylim(view.ylim)
    axes(ax, view.xlabel, view.ylabel, 3, rules=True)
    if view.xlim and view.xlim[1] - view.xlim[0] == 360:  # a full turn has quarters
        ax.set_xticks(np.arange(view.xlim[0], view.xlim[1] + 1, 90))
    if len(view.series) > 1 or not view.title:
        _end_labels(ax, ends)


def _end_labels(ax, ends: list) -> None:
    """Names at the lines' ends, pushed apart so that none covers another."""
    low, high = ax.transData.transform([(0, v) for v in ax.get_ylim()])[:, 1]
    last = -np.inf
    for y, x, name, color in sorted(ends):
        y = np.clip(y, *sorted(ax.get_ylim()))  # at the edge if it lies beyond
        here = ax.transData.transform((x, y))[1]
        last = max(here, last + 0.085 * (high - low))
        shift = (last - here) * 72 / ax.figure.dpi
        ax.annotate(name, (x, y), (5, shift), textcoords="offset points", fontsize=SIZE, color=color, va="center",
                    annotation_clip=False)  # fmt: skip
