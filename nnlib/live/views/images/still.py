"""Pictures on paper."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from ...numbers import plain
from ..film import moment
from ..style import CLASSES, COLORS, FAINT, RULE, SIZE, TINTS

__all__ = ["across", "draw"]

GAP = 0.08  # between two pictures, as a share of the wider side
MISSING = "#eeeff1"


def across(count: int, size: tuple[int, int], aspect: float, given: int | None) -> int:
    """How many pictures stand in a row, so that all are largest on paper `aspect` times as wide as high.

    given: the number that was asked for, if any.
    """
    count, (height, width) = max(1, count), size
    if given is not None:
        return min(given, count)
    tiles = [min(aspect / n / width, 1 / -(-count // n) / height) for n in range(1, count + 1)]
    return 1 + int(np.argmax(np.round(tiles, 9)))


def draw(view, ax) -> None:
    """Draws an `Images` into matplotlib axes: x and y count pixels, y downward."""
    height, width = view.size
    box = ax.get_position()
    fig = ax.figure
    aspect = box.width * fig.get_figwidth() / max(box.height * fig.get_figheight(), 1e-6)
    columns = across(len(view), view.size, max(aspect, 0.3), view.columns)
    gap = GAP * max(height, width)
    step = width + gap, height + gap + (0.16 * max(height, width) if view.captions else 0)
    for k, colours in enumerate(_coloured(view)):
        row, column = divmod(k, columns)
        _tile(view, ax, k, colours, column * step[0], row * step[1])
    rows = -(-max(1, len(view)) // columns)
    edge = 0.1 * gap
    ax.set(xlim=(-edge, columns * step[0] - gap + edge), ylim=(rows * step[1] - gap + edge, -edge), aspect="equal")
    ax.set_anchor("NW")
    ax.set_xticks([]), ax.set_yticks([])
    for side in ax.spines.values():
        side.set_visible(False)
    ax.set_xlabel(_key(view), fontsize=SIZE, color=FAINT, loc="left")


def _tile(view, ax, k: int, colours: np.ndarray, left: float, top: float) -> None:
    height, width = view.size
    edges = (left, left + width, top + height, top)
    ax.imshow(colours, extent=edges, interpolation="nearest" if max(view.size) < 160 else "antialiased")
    bad = ~np.isfinite(np.atleast_3d(moment(view.pictures)[k].astype(float))).all(-1)
    for row, column in np.argwhere(bad)[:2000]:
        corner = (left + column, top + row)
        ax.add_patch(Rectangle(corner, 1, 1, fill=False, ec=COLORS["grey"], lw=0, hatch="////"))
    chosen = view.chosen is not None and int(view.chosen) == k
    ring = {"ec": COLORS["ink"], "lw": 1.8, "zorder": 3} if chosen else {"ec": RULE, "lw": 0.7}
    ax.add_patch(Rectangle((left, top), width, height, fill=False, clip_on=False, **ring))
    _points(view, ax, left, top)
    if view.captions:
        room = int(max(4, 1.5 * len(view.captions[k])))
        text = view.captions[k] if len(view.captions[k]) <= room else view.captions[k][: room - 1] + "…"
        color = COLORS["ink"] if chosen else FAINT
        ax.text(left, top + 1.02 * height, text, va="top", fontsize=0.85 * SIZE, color=color)


def _points(view, ax, left: float, top: float) -> None:
    """The points on one picture, whose corner is there; what lies outside of it is left out."""
    if not view.points:
        return
    height, width = view.size
    x, y = view.points.x.T
    inside = (x > 0) & (x < width) & (y > 0) & (y < height)
    for number, (name, marker) in enumerate(CLASSES):
        own = inside & (view.points.y == number)
        ax.scatter(left + x[own], top + y[own], s=9, marker=marker, c=COLORS[name], edgecolors="white", linewidths=0.4)


def _coloured(view) -> np.ndarray:
    """The pictures as colours (N, H, W, 3)."""
    levels = view.levels
    numbers = moment(levels.bytes).astype(float)
    missing = (numbers == 255) & levels.missing
    share = np.clip(numbers / levels.top, 0, 1)
    if view.scale == "colour":
        missing = missing.any(-1)
        colours = share
    else:
        colours = _toned(share, view.scale)
    return np.where(missing[..., None], to_rgb(MISSING), colours)


def _toned(share: np.ndarray, scale: str) -> np.ndarray:
    """Colours for shares from 0 to 1 of the way from one end of a scale to the other."""
    if scale == "classes":
        return TINTS(share)[..., :3]
    white, ink = np.ones(3), np.array(to_rgb(COLORS["ink"]))
    if scale == "signed":
        t = 2 * share[..., None] - 1
        end = np.where(t < 0, to_rgb(COLORS["blue"]), to_rgb(COLORS["orange"]))
        return white + (end - white) * np.abs(t)
    low, high = (white, ink) if scale == "grey" else (np.zeros(3), white)
    return low + (high - low) * share[..., None]


def _key(view) -> str:
    """What the scale says, in words: paper has no swatch that could be pointed at."""
    levels = view.levels
    low, high = levels.ends
    said = {
        "grey": f"white {low}, black {high}: {view.says}", "light": f"black {low}, white {high}: {view.says}",
        "signed": f"blue {low}, white 0, orange {high}: {view.says}", "colour": "",
        "classes": f"blue below {plain(levels.middle)}, orange above: {view.says}",
    }[view.scale]  # fmt: skip
    return (said if len(view) else "no pictures") + (", hatched: not a number" if levels.missing else "")
