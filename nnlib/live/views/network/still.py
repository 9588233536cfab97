"""A network on paper, drawn where its layout says; letters are outlines, so that they scale with the drawing."""

from __future__ import annotations

import textwrap
from functools import lru_cache

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from ..film import moment
from ..style import COLORS, FAINT, RULE, SIZE
from ..view import Sheet
from .layout import LINE, SMALL, Box, Mark

__all__ = ["LARGEST", "draw", "inches", "write"]

LARGEST = 1.15 * SIZE  # points in an em, at most
TONES = {"ink": COLORS["ink"], "name": COLORS["ink"], "muted": FAINT, "orange": COLORS["orange"]}


def draw(view, ax) -> None:
    """Draws a `Network` into matplotlib axes."""
    where = view.layout
    inches = ax.get_position().width * ax.figure.get_figwidth()
    ax.set(xlim=(-0.1, max(where.width, inches * 72 / LARGEST) + 0.1), ylim=(where.height, -0.1), aspect="equal")
    ax.set_anchor("NW")
    ax.set_axis_off()
    for layer, weights in enumerate(view.weights):
        for (i, j), w in np.ndenumerate(moment(weights)):
            _line(view, ax, (layer, i, j), float(w))
    for layer, boxes in enumerate(where.boxes):
        for unit, box in enumerate(boxes):
            _unit(view, ax, (layer, unit), box)
    for mark in where.marks:
        write(ax, mark, view.text(mark), away=_away(view, mark.of))
    if view.lit and where.dense:
        for mark in where.beside_units(*view.lit, gradients="g0" in view.arrays):
            write(ax, mark, view.text(mark))
    lines = _sentence_lines(view)
    for k, line in enumerate(lines):
        write(ax, Mark(0, where.height + 0.6 + LINE * k, 0, "start", "muted"), line)
    ax.set_ylim(where.height + LINE * len(lines) + 0.2, -0.1)


def _sentence_lines(view) -> list[str]:
    """What stands below: of the unit that is lit, or of the last moment."""
    said = view.sentence(*view.lit) if view.lit else view.says[-1] if view.says else ""
    return textwrap.wrap(said, int(view.layout.width / 0.58))


def inches(view, sheet: Sheet) -> float:
    """How tall it is, with its sentence, where its letters are as large as others or it fills its column."""
    wide, high = view.size
    high += 1.3 * len(_sentence_lines(view)) + 0.3
    return high * min(LARGEST / 72, (sheet.width - 0.15) / wide)


def _away(view, of: tuple[int, ...]) -> bool:
    """Whether another unit is lit, and the line is none of its own."""
    if view.lit is None or len(of) < 3:
        return False
    layer, i, j = of
    return tuple(view.lit) not in ((layer, i), (layer + 1, j))


def _line(view, ax, of: tuple[int, int, int], weight: float) -> None:
    layer, i, j = of
    start, end = view.layout.boxes[layer][i], view.layout.boxes[layer + 1][j]
    known = np.isfinite(weight)
    color = RULE if not known else COLORS["blue" if weight < 0 else "orange"]
    width = 0.5 + 2 * abs(weight if known else 0) / view.heaviest
    alpha = 0.12 if _away(view, of) else 0.9 if view.lit else 0.5
    bend = (end.left - start.right) / 2 if view.layout.dense else 0
    path = Path([(start.right, start.middle), (start.right + bend, start.middle), (end.left - bend, end.middle),
                 (end.left, end.middle)], [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])  # fmt: skip
    ax.add_patch(PathPatch(path, fill=False, ec=color, lw=width, alpha=alpha, zorder=1))


def _unit(view, ax, of: tuple[int, int], box: Box) -> None:
    chosen = view.lit is not None and tuple(view.lit) == of
    edge, width = (COLORS["ink"], 1.2) if chosen else (RULE, 0.8)
    style = "round,pad=0,rounding_size=0.5"
    ax.add_patch(FancyBboxPatch((box.left, box.top), box.width, box.height, style, fc="#f6f7f9", ec=edge, lw=width,
                                mutation_aspect=1, zorder=2))  # fmt: skip


def write(ax, mark: Mark, text: str, away: bool = False) -> None:
    """The text at its mark; on a line with a halo of the page."""
    if not text:
        return
    bold = mark.tone == "name"
    outline, width = _outline(text, 1.0 if bold else SMALL, bold)
    left = mark.x - width * {"start": 0, "middle": 0.5, "end": 1}[mark.anchor]
    path = Affine2D().scale(1, -1).translate(left, mark.y + 0.34 * SMALL).transform_path(outline)
    alpha = 0.25 if away else 1.0
    if len(mark.of) == 3 and not away:
        ax.add_patch(PathPatch(path, fc="white", ec="white", lw=3, zorder=3))
    ax.add_patch(PathPatch(path, fc=TONES[mark.tone], lw=0, alpha=alpha, zorder=4))


@lru_cache(maxsize=2048)
def _outline(text: str, size: float, bold: bool) -> tuple[TextPath, float]:
    """The letters' outlines in em, and how wide they are."""
    outline = TextPath((0, 0), text, size=size, prop=FontProperties(weight="bold" if bold else "normal"))
    return outline, float(outline.get_extents().x1)
