"""A computation graph on paper: the last moment, with every value and every gradient."""

from __future__ import annotations

import itertools

from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path as Outline

from ..style import COLORS, FAINT, RULE
from .captions import Captions

__all__ = ["draw"]

MARGIN, FOOT = 0.5, 2.6  # em
LONG = 6  # signs that fit into half a box; what is longer is written smaller


def draw(view, ax) -> None:
    """Draws a `Graph` into axes whose unit is the em of its layout."""
    layout = view.layout()
    width, height = layout.width + 2 * MARGIN, layout.height + 2 * MARGIN + FOOT
    ax.set(xlim=(-MARGIN, width - MARGIN), ylim=(height - MARGIN, -MARGIN), aspect="equal")
    ax.set_axis_off()
    em = min(0.9 * ax.figure.get_figwidth() * 72 / width, 0.8 * ax.figure.get_figheight() * 72 / height, 11.0)  # points
    wire = view.wire(lambda *_: {})
    lit = set(wire["path"])
    for k, (route, edge) in enumerate(zip(layout.routes, wire["edges"], strict=True)):
        color, thick = (COLORS["orange"], 1.6) if k in lit else (RULE, 0.9)
        ax.add_patch(PathPatch(_bent(route.corners), fc="none", ec=color, lw=thick, zorder=1))
        box = {"boxstyle": "square,pad=0.12", "fc": "white", "ec": "none"}
        at = (route.label.x, route.label.y)
        ax.text(*at, edge["text"], fontsize=0.8 * em, color=COLORS["orange"] if k in lit else FAINT, ha="center",
                va="center", bbox=box if edge["text"] else None, zorder=2)  # fmt: skip
    for node in wire["nodes"]:
        _node(node, ax, em)
    says = wire["pathSays"] or _result(view)
    ax.text(0, layout.height + MARGIN + 1.0, says, fontsize=0.9 * em, color=FAINT, va="center")


def _result(view) -> str:
    return Captions(view.graph).forward(view.graph.outputs[0])


def _node(node: dict, ax, em: float) -> None:
    x, y, w, h = node["box"]
    number = node["kind"] == "number"
    style = {"fc": "#f6f7f9" if not number else "white", "ec": FAINT if node["kind"] == "folded" else RULE, "zorder": 3}
    shape = f"round,pad=0,rounding_size={min(0.5, h / 2)}"
    ax.add_patch(FancyBboxPatch((x - w / 2, y - h / 2), w, h, boxstyle=shape, lw=0.8, **style))
    write = {"va": "center", "ha": "center", "zorder": 4}
    ax.text(x, y if number else y - h / 4, node["heading"], fontsize=0.82 * em, color=FAINT, **write)
    if number:
        return
    alone = not node["gradient"]
    for at, what, color in ((x if alone else x - w / 4, "value", "ink"), (x + w / 4, "gradient", "orange")):
        size = (0.9 if len(node[what]) <= LONG else 0.76) * em
        ax.text(at, y + h / 4, node[what], color=COLORS[color], fontsize=size, fontweight="bold", **write)


def _bent(corners) -> Outline:
    """Straight from an even corner to the next, bent from an odd one on."""
    points, codes = [corners[0]], [Outline.MOVETO]
    for k, ((x0, y0), (x1, y1)) in enumerate(itertools.pairwise(corners)):
        if k % 2 == 0:
            points, codes = [*points, (x1, y1)], [*codes, Outline.LINETO]
        else:
            middle = (x0 + x1) / 2
            points += [(middle, y0), (middle, y1), (x1, y1)]
            codes += [Outline.CURVE4] * 3
    return Outline(points, codes)
