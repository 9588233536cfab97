"""A table on paper."""

from __future__ import annotations

import textwrap

import numpy as np
from matplotlib.patches import Rectangle

from ..film import moment
from ..style import COLORS, FAINT, SIZE, TINTS, plain_frame

__all__ = ["draw", "light"]


def draw(view, ax) -> None:
    """Draws a `Matrix` into matplotlib axes."""
    values = moment(view.values)
    ax.imshow(values, cmap=TINTS, vmin=view.range[0], vmax=view.range[1], aspect="auto")
    size = SIZE if values.shape[1] <= 10 else 0.8 * SIZE
    for (row, column), text in np.ndenumerate(np.array(view.texts())):
        ax.text(column, row, text, ha="center", va="center", fontsize=size)
    ax.set_xticks(range(values.shape[1]), view.columns or [""] * values.shape[1])
    ax.set_yticks(range(values.shape[0]), view.rows or [""] * values.shape[0])
    ax.xaxis.tick_top()
    plain_frame(ax)


def light(view, lit: np.ndarray | None, ax) -> None:
    """The entries that `at` lights, here and in the other tables: in a ring, the rest paler; and the sentence below."""
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
