"""A map on paper."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from ..film import moment
from ..style import COLORS, FAINT, RULE, SIZE, axes
from .ticks import Ticks, number

__all__ = ["draw"]

SIGNED = LinearSegmentedColormap.from_list("signed", [COLORS["blue"], "#ffffff", COLORS["orange"]])
GREYS = LinearSegmentedColormap.from_list("greys", ["#f3f4f5", "#2b2d31"])


def draw(view, ax) -> None:
    """Draws a `HeatMap` into matplotlib axes."""
    shape, shares = view.shape, view.scale.shares(moment(view.values))
    edges = (-0.5, shape[1] - 0.5, -0.5, shape[0] - 0.5)
    ax.add_patch(Rectangle((-0.5, -0.5), shape[1], shape[0], fill=False, hatch="//////", ec=RULE, lw=0, zorder=0))
    ramp = GREYS if view.scale.middle is None else SIGNED
    image = ax.imshow(shares, cmap=ramp, vmin=0, vmax=1, origin="lower", extent=edges, interpolation="nearest")
    _legend(view, image, ax)
    _marks(view, ax)
    ax.set(xlim=edges[:2], ylim=edges[2:] if view.origin == "bottom" else edges[:1:-1])
    ax.set_aspect(shape[1] / shape[0] / view.proportion)
    _axis(ax.yaxis, view.ticks[0], 9)
    _axis(ax.xaxis, view.ticks[1], 5)
    xlocator, ylocator = ax.xaxis.get_major_locator(), ax.yaxis.get_major_locator()
    axes(ax, view.xlabel, view.ylabel, 5)
    ax.xaxis.set_major_locator(xlocator), ax.yaxis.set_major_locator(ylocator)
    ax.add_patch(Rectangle((-0.5, -0.5), shape[1], shape[0], fill=False, ec=RULE, lw=0.8, clip_on=False))


def _legend(view, image, ax) -> None:
    """The scale below the map, with its numbers and what they are."""
    scale = view.scale
    tall = float(np.clip(2.3 / view.proportion, 0.9, 2.3))  # inches, roughly: the map's in a page of three columns
    place = ax.inset_axes((0.15, -0.62 / tall, 0.7, 0.09 / tall))
    bar = ax.figure.colorbar(image, cax=place, orientation="horizontal")
    ends = [("≤ " * scale.below, scale.low), ("", scale.middle), ("≥ " * scale.above, scale.high)]
    texts = [sign + number(value) for sign, value in ends if value is not None]
    bar.set_ticks(np.linspace(0, 1, len(texts)), labels=texts)
    bar.ax.tick_params(length=0, labelsize=SIZE - 0.5, labelcolor=FAINT)
    bar.outline.set(edgecolor=RULE, linewidth=0.8)
    unit = f"{view.quantity}{f' in {view.unit}' * bool(view.unit)}" if view.quantity else view.unit
    gaps = f"hatched: {view.missing}" if np.isnan(moment(view.values)).any() else ""
    bar.set_label("; ".join(filter(None, (unit, gaps))), fontsize=SIZE, color=FAINT)


def _axis(axis, ticks: Ticks, most: int) -> None:
    """As few ticks as fit: round numbers of an axis, or every so many words."""
    size = len(ticks.texts)
    if ticks.kind == "words":
        shown = range(0, size, -(-size // (most if size > most else size)))
        axis.set_ticks(list(shown), [ticks.texts[k] for k in shown])
        return
    numbers = np.log10(ticks.numbers) if ticks.kind == "log" else np.array(ticks.numbers)
    low, high = sorted(numbers[[0, -1]])
    whole = ticks.kind == "log" or all(value.is_integer() for value in ticks.numbers)
    values = MaxNLocator(most if size > most else size, integer=whole, steps=[1, 2, 5, 10]).tick_values(low, high)
    half = 0.5 * (high - low) / (size - 1)
    values = values[(values >= low - half) & (values <= high + half)]
    places = (values - numbers[0]) / (numbers[-1] - numbers[0]) * (size - 1)
    texts = [f"$10^{{{value:.0f}}}$" if ticks.kind == "log" else number(value, 4) for value in values]
    axis.set_ticks(places, texts)


def _marks(view, ax) -> None:
    """The guides, the stars with their words, and the outline of the cell that is chosen."""
    style = {"textcoords": "offset points", "fontsize": SIZE, "color": COLORS["ink"], "va": "center"}
    for row, column, text in view.labels:
        ax.plot(column, row, "*", color=COLORS["ink"], mec="white", mew=0.8, ms=9)
        ax.annotate(text, (column, row), (6, 0), **style)
    if view.chosen is None:
        return
    row, column = view.chosen
    rules = {"lw": 0.7, "color": COLORS["ink"], "alpha": 0.5}
    if view.guide in ("row", "both"):
        ax.axhline(row, **rules)
    if view.guide in ("column", "both"):
        ax.axvline(column, **rules)
    # A cell of a large map is finer than a line: the outline has a least size.
    tall, wide = max(1, view.shape[0] / 28), max(1, view.shape[1] / 28)
    for width, colour in ((3.2, "white"), (1.5, COLORS["ink"])):
        corner = (column - wide / 2, row - tall / 2)
        ax.add_patch(Rectangle(corner, wide, tall, fill=False, ec=colour, lw=width, clip_on=False, zorder=4))
