"""A network of little pictures on paper."""

from __future__ import annotations

import numpy as np
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ..film import moment
from ..network.layout import Box, Mark
from ..network.still import LARGEST, write
from ..style import COLORS, RULE, TINTS
from ..view import Sheet

__all__ = ["draw", "inches"]


def draw(view, ax) -> None:
    """Draws `NetworkMaps` into matplotlib axes."""
    wide, tall = view.size
    inches = ax.get_position().width * ax.figure.get_figwidth()
    ax.set(xlim=(-0.1, max(wide, inches * 72 / LARGEST) + 0.1), ylim=(tall + 0.1, -0.1), aspect="equal")
    ax.set_anchor("NW")
    ax.set_axis_off()
    for layer, weights in enumerate(view.weights):
        for (i, j), w in np.ndenumerate(moment(weights)):
            _line(view, ax, view.boxes[layer][i], view.boxes[layer + 1][j], float(w))
    for boxes, maps in zip(view.boxes, view.maps, strict=True):
        for box, picture in zip(boxes, moment(maps), strict=True):
            _picture(ax, box, picture)
    for box, name in zip(view.boxes[0], view.names[0], strict=True):
        write(ax, Mark(box.left - 0.4, box.middle, 0, "end", "ink"), name)
    for (box, *_), said in zip(view.boxes, view.layers, strict=True):
        write(ax, Mark(box.left + box.width / 2, tall - 0.6, 0, "middle", "muted"), said)


def inches(view, sheet: Sheet) -> float:
    """How tall it is where its letters are as large as others or it fills its column."""
    wide, high = view.size
    return (high + 0.3) * min(LARGEST / 72, (sheet.width - 0.15) / wide)


def _line(view, ax, start: Box, end: Box, weight: float) -> None:
    known = np.isfinite(weight)
    bend = (end.left - start.right) / 2
    path = Path([(start.right, start.middle), (start.right + bend, start.middle), (end.left - bend, end.middle),
                 (end.left, end.middle)], [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])  # fmt: skip
    width = 0.4 + 2 * abs(weight if known else 0) / view.heaviest
    color = RULE if not known else COLORS["blue" if weight < 0 else "orange"]
    ax.add_patch(PathPatch(path, fill=False, ec=color, lw=width, alpha=0.6, zorder=1))


def _picture(ax, box: Box, picture: np.ndarray) -> None:
    extent = (box.left, box.right, box.top + box.height, box.top)  # row 0 of the numbers is at the bottom
    ax.imshow(picture, extent=extent, origin="lower", cmap=TINTS, vmin=0, vmax=255, zorder=2, interpolation="bilinear")
    ax.add_patch(Rectangle((box.left, box.top), box.width, box.height, fill=False, ec=COLORS["grey"], lw=0.6, zorder=3))
