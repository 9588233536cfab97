"""Curves, bars, tables and words on paper."""

from __future__ import annotations

import textwrap

import numpy as np
from matplotlib.patches import Rectangle

from ..views import Bars, Curves, Matrix, Note, View, moment, shown_name
from .ink import COLORS, FAINT, RULE, SIZE, TINTS, axes, draw, plain_frame

__all__ = ["light"]


@draw.register
def _(view: Curves, ax) -> None:
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


@draw.register
def _(view: Bars, ax) -> None:
    values = moment(view.values)
    low, high = view.range or (min(0.0, *values), max(0.0, *values))
    colors = view.colors or ["orange" if low < 0 <= v else "blue" for v in values]
    ax.barh(range(len(values)), values, height=0.55, color=[COLORS[color] for color in colors])
    for row, value in enumerate(values):
        shift, side = (4, "left") if value >= 0 else (-4, "right")
        said = f"{value:.{view.digits}f}"
        ax.annotate(said, (value, row), (shift, 0), textcoords="offset points", fontsize=SIZE, va="center", ha=side)
    ax.axvline(0, color=RULE, lw=0.8)
    ax.set_yticks(range(len(values)), view.labels)
    ax.invert_yaxis()
    ax.set_xlim(low - 0.12 * (high - low) * (low < 0), high + 0.12 * (high - low))
    axes(ax, "", "", 3, keep_y=True)


@draw.register
def _(view: Matrix, ax) -> None:
    values = moment(view.values)
    ax.imshow(values, cmap=TINTS, vmin=view.range[0], vmax=view.range[1], aspect="auto")
    size = SIZE if values.shape[1] <= 10 else 0.8 * SIZE
    for (row, column), text in np.ndenumerate(np.array(view.texts())):
        ax.text(column, row, text, ha="center", va="center", fontsize=size)
    ax.set_xticks(range(values.shape[1]), view.columns or [""] * values.shape[1])
    ax.set_yticks(range(values.shape[0]), view.rows or [""] * values.shape[0])
    ax.xaxis.tick_top()
    plain_frame(ax)


def light(view: Matrix, others: list[View], ax) -> None:
    """The entries that `at` lights, here and in the other tables: in a ring, the rest paler; and the sentence below."""
    lit = view.lit(others)
    if lit is None:
        return
    rows, columns = lit.shape
    for row, column in np.argwhere(~lit):
        ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, color="white", alpha=0.6, lw=0))
    top, left = np.argwhere(lit).min(0) - 0.5
    tall, wide = np.ptp(np.argwhere(lit), axis=0) + 1
    width = 1.8 if view.at is not None else 1.2
    ax.add_patch(Rectangle((left, top), wide, tall, fill=False, ec=COLORS["ink"], lw=width, clip_on=False, zorder=3))
    ax.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5))
    if view.at is not None and len(view.says):
        ax.set_xlabel(textwrap.fill(view.says[view.at[0]][view.at[1]], 44), fontsize=SIZE, color=FAINT, loc="left")


@draw.register
def _(view: Note, ax) -> None:
    color = {"plain": COLORS["ink"], "good": COLORS["teal"], "bad": COLORS["orange"]}[view.tone]
    ax.text(0, 1, view.text, va="top", fontsize=SIZE + 1, color=color, wrap=True, transform=ax.transAxes)
    ax.set_axis_off()
