"""A plane on paper: its field, and what lies on it."""

from __future__ import annotations

import numpy as np

from ..film import moment
from ..style import CLASSES, COLORS, MARKERS, SIZE, TINTS, axes

__all__ = ["draw"]


def draw(view, ax) -> None:
    """Draws a `Plane` into matplotlib axes."""
    x0, x1, y0, y1 = view.bounds
    if view.field is not None and not view.blank:
        _field(view, moment(view.field), ax)
    for line in view.lines:
        _line(line, view, ax)
    for path in view.paths:
        _path(path, ax)
    for arrow in view.arrows:
        start, end = np.asarray(moment(arrow.start)), np.asarray(moment(arrow.end))
        if np.allclose(start, end):
            continue
        style = {"arrowstyle": "-|>", "color": COLORS[arrow.color], "lw": 1.4, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", end, start, arrowprops=style)
        _tag(ax, end, arrow.label)
    _points(view, ax)
    for h in view.handles:
        ax.plot(h.x, h.y, "o", ms=9, mfc="white", mec=COLORS["ink"], mew=1.6)
    for x, y, text in view.labels:
        ax.annotate(
            text, (x, y), (5, 0), textcoords="offset points", va="center", fontsize=SIZE - 1, color=COLORS["ink"]
        )
    ax.set(xlim=(x0, x1), ylim=(y0, y1), aspect=(x1 - x0) / (y1 - y0) / view.aspect if view.aspect else "equal")
    axes(ax, view.xlabel, view.ylabel, 4)
    for name, axis in (("x", ax.xaxis), ("y", ax.yaxis)):
        if name not in view.axes:
            axis.set_ticks([])


def _field(view, values: np.ndarray, ax) -> None:
    x0, x1, y0, y1 = view.bounds
    low, high = view.range
    half = [(x1 - x0) / (values.shape[1] - 1) / 2, (y1 - y0) / (values.shape[0] - 1) / 2]
    how = "nearest" if view.cells else "bilinear"
    edges = view.bounds if view.cells else (x0 - half[0], x1 + half[0], y0 - half[1], y1 + half[1])
    ax.imshow(values, origin="lower", extent=edges, cmap=TINTS, vmin=low, vmax=high, interpolation=how)
    inside = [level for level in view.contours if values.min() < level < values.max()]
    if inside:
        x, y = np.linspace(x0, x1, values.shape[1]), np.linspace(y0, y1, values.shape[0])
        ax.contour(x, y, values, levels=sorted(inside), colors=COLORS["ink"], linewidths=1.2)


def _path(path, ax) -> None:
    """The whole way, as far as it is made of numbers, and the mark at its end."""
    xy = path.whole
    xy = xy[: int(np.argmin(np.isfinite(xy).all(1)))] if not np.isfinite(xy).all() else xy
    if not len(xy):
        return
    xy = np.clip(xy, -1e6, 1e6)
    ax.plot(*xy.T, color=COLORS[path.color], lw=0.7 if path.thin else 1.4, alpha=0.5 if path.thin else 1)
    if path.mark != "dot":
        ax.plot(*xy[-1], MARKERS[path.mark], color=COLORS[path.color], mec="white", mew=0.8, ms=7)
    _tag(ax, xy[-1], path.label)


def _line(line, view, ax) -> None:
    w, b = np.asarray(moment(line.w), float), float(moment(line.b))
    length = np.hypot(*w)
    if not np.isfinite([*w, b]).all() or length == 0:
        return
    foot, along = -b * w / length**2, np.array([-w[1], w[0]]) / length
    reach = 2 * np.abs(np.array(view.bounds)).max() + np.hypot(*foot)
    ax.plot(*np.array([foot - reach * along, foot + reach * along]).T, color=COLORS[line.color], lw=1.4)
    if line.normal:
        span = view.bounds[1] - view.bounds[0]
        style = {"arrowstyle": "-|>", "color": COLORS[line.color], "lw": 1.4, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", foot + 0.15 * span * w / length, foot, arrowprops=style)


def _points(view, ax) -> None:
    if view.points is None:
        return
    for number, (name, marker) in enumerate(CLASSES):
        own = view.points.x[view.points.y == number]
        ax.scatter(*own.T, s=15, marker=marker, c=COLORS[name], edgecolors="white", linewidths=0.5, zorder=3)
    if len(view.ring):
        ax.scatter(*view.points.x[list(view.ring)].T, s=90, facecolors="none", edgecolors=COLORS["ink"], zorder=4)


def _tag(ax, at, text: str) -> None:
    if text:
        ax.annotate(text, at, (4, 3), textcoords="offset points", fontsize=SIZE, color=COLORS["ink"])
