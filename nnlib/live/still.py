"""The same views on paper: one matplotlib figure for a frame, without pyplot, for stored notebooks and print."""

from __future__ import annotations

import base64
import io
import textwrap
from functools import singledispatch

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from PIL import Image

from .still_graph import draw_graph
from .views import Bars, Curves, Graph, Matrix, Network, Note, Plane, View, moment, shown_name
from .wire import Columns

__all__ = ["bundle", "figure"]

COLORS = {
    "ink": "#1d1e20",
    "blue": "#2f6db5",
    "orange": "#d9731a",
    "teal": "#2b8f8a",
    "purple": "#8e4fb0",
    "grey": "#8a8d93",
}
CLASSES = (("blue", "s"), ("orange", "o"), ("teal", "^"))
FAINT, RULE, SIZE = "#6b6e76", "#dcdee2", 8.5
TINTS = LinearSegmentedColormap.from_list("tints", ["#a9c1e0", "#b9cce5", "#ffffff", "#f2cfae", "#efc49e"])
WIDTH, DPI = 8.4, 160  # inches; shown at 100 pixels an inch, so sharp on fine screens


def bundle(widget, words: str, frame, question=None) -> tuple[dict, dict]:
    """What a notebook stores for a piece: the live widget, a still and a sentence.

    question: a guess that is still asked for; then the still shows the question, not the answer.
    """
    data, metadata = {"text/plain": words}, {}
    live = widget._repr_mimebundle_()
    data = (live[0] if isinstance(live, tuple) else live) | data
    if frame is not None:
        fig = figure(frame.columns, frame.notes) if question is None else _card(question)
        data["image/png"] = base64.b64encode(_png(fig)).decode()
        metadata["image/png"] = {"width": int(100 * WIDTH), "alt": words}
    return data, metadata


def _card(question) -> Figure:
    """A question and its options, as they stand before the veil."""
    lines = [*textwrap.wrap(question.question, 90), "", *(f"○  {option}" for option in question.options)]
    fig = Figure(figsize=(WIDTH, 0.6 + 0.24 * len(lines)), dpi=DPI, facecolor="white")
    height = fig.get_figheight()
    fig.text(0.03, 1 - 0.15 / height, "Your guess first", va="top", fontsize=SIZE, color=FAINT)
    fig.text(0.03, 1 - 0.38 / height, "\n".join(lines), va="top", fontsize=SIZE + 2, linespacing=1.5)
    return fig


def _png(fig: Figure) -> bytes:
    """The figure in 128 colours: a quarter of the size in full colours, and no eye sees the difference."""
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    out = io.BytesIO()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])
    picture.quantize(128, dither=Image.Dither.NONE).save(out, "png")
    return out.getvalue()


def figure(columns: Columns, notes: tuple[Note, ...] = ()) -> Figure:
    """One figure: columns side by side, stacks from top to bottom, the status line below."""
    height = _height(columns)
    fig = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor="white", layout="constrained")
    grid = fig.add_gridspec(1, max(1, len(columns)), width_ratios=[_weight(s) for s in columns] or [1])
    for place, stack in zip(grid, columns, strict=False):
        inner = place.subgridspec(len(stack), 1, height_ratios=_shares(stack))
        for cell, view in zip(inner, stack, strict=True):
            ax = fig.add_subplot(cell)
            ax.set_title(view.title, loc="left", fontsize=SIZE + 0.5, fontweight="bold", color=COLORS["ink"])
            draw(view, ax)
            if isinstance(view, Matrix):
                _light(view, [v for stack in columns for v in stack], ax)
    if notes:
        fig.supxlabel("     ".join(n.text for n in notes), x=0.01, ha="left", fontsize=SIZE, color=FAINT, wrap=True)
    return fig


def _height(columns: Columns) -> float:
    """Inches: more for a plane than for curves, for a stack of three, and for a plane across the whole width."""
    tall = max((len(stack) for stack in columns), default=0)
    planes = [view for stack in columns for view in stack if isinstance(view, Plane)]
    needed = 3.3 if planes else 2.4
    if planes and len(columns) == 1:
        x0, x1, y0, y1 = planes[0].bounds
        whole = (1 + 0.35 * (tall > 1)) * WIDTH * (y1 - y0) / (x1 - x0)
        needed = max(needed, whole) if whole < 1.6 * needed else needed
    graphs = [view for stack in columns for view in stack if isinstance(view, Graph)]
    if graphs:  # as wide as the page, and as tall as that makes it
        needed = min(max(WIDTH / max(view.aspect, 2.2) for view in graphs), 5.0) + 1.6 * (tall > len(graphs))
    needed = max([needed] + [_tall(view, columns) for stack in columns for view in stack if isinstance(view, Network)])
    return 0.45 + needed * (tall > 0) + 0.4 * (tall > 2)


def _tall(view: Network, columns: Columns) -> float:
    """Inches that a network needs, with its sentence, where its letters are as large as others or fill its column."""
    stack = next(s for s in columns if view in s)
    room = WIDTH * _weight(stack) / sum(map(_weight, columns)) - 0.15
    high = view.layout.height + 1.3 * len(still_network.sentence_lines(view)) + 0.3
    return high * min(still_network.LARGEST / 72, room / view.layout.width)


def _shares(stack: tuple[View, ...]) -> list[float]:
    """How tall the views of a stack are: notes are low, and tables among themselves have rows of one height."""
    if all(isinstance(view, Matrix) for view in stack):
        return [len(moment(view.values)) + 0.4 * bool(view.columns) + 0.3 for view in stack]
    return [0.35 if isinstance(view, Note) else 1 for view in stack]


def _weight(stack: tuple[View, ...]) -> float:
    return 1.0 if isinstance(stack[0], Plane) else 1.15


@singledispatch
def draw(view: View, ax) -> None:
    """Draws one view into matplotlib axes."""
    raise TypeError(f"still: no drawing is known for {type(view).__name__}")


@draw.register
def _(view: Plane, ax) -> None:
    x0, x1, y0, y1 = view.bounds
    if view.field is not None and not view.blank:
        _field(view, moment(view.field), ax)
    for line in view.lines:
        _line(line, view, ax)
    for path in view.paths:
        xy = moment(path.xy) if not isinstance(path.xy, list) else np.asarray(path.xy)
        ax.plot(*np.asarray(xy).T, color=COLORS[path.color], lw=1.4)
        _tag(ax, xy[-1], path.label)
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
    ax.set(xlim=(x0, x1), ylim=(y0, y1), aspect="equal")
    _axes(ax, view.xlabel, view.ylabel, 4)
    for name, axis in (("x", ax.xaxis), ("y", ax.yaxis)):
        if name not in view.axes:
            axis.set_ticks([])


def _field(view: Plane, values: np.ndarray, ax) -> None:
    x0, x1, y0, y1 = view.bounds
    low, high = view.range
    half = [(x1 - x0) / (values.shape[1] - 1) / 2, (y1 - y0) / (values.shape[0] - 1) / 2]
    edges = (x0 - half[0], x1 + half[0], y0 - half[1], y1 + half[1])
    ax.imshow(values, origin="lower", extent=edges, cmap=TINTS, vmin=low, vmax=high, interpolation="bilinear")
    inside = [level for level in view.contours if values.min() < level < values.max()]
    if inside:
        x, y = np.linspace(x0, x1, values.shape[1]), np.linspace(y0, y1, values.shape[0])
        ax.contour(x, y, values, levels=sorted(inside), colors=COLORS["ink"], linewidths=1.2)


def _line(line, view: Plane, ax) -> None:
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


def _points(view: Plane, ax) -> None:
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


@draw.register
def _(view: Curves, ax) -> None:
    ends = []
    for name, (x, y) in view.series.items():
        y = moment(y)
        x = np.arange(len(y)) if x is None else moment(x)
        thin = name in view.thin
        mark = "o" if len(y) == 1 else ""
        ax.plot(x, y, marker=mark, ms=6, color=COLORS[view.color(name)], lw=0.9 if thin else 1.7)
        good = np.flatnonzero(np.isfinite(y))
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
    _axes(ax, view.xlabel, view.ylabel, 3, rules=True)
    if len(view.series) > 1 or not view.title:
        _end_labels(ax, ends)


def _end_labels(ax, ends: list) -> None:
    """Names at the lines' ends, pushed apart so that none covers another."""
    low, high = ax.transData.transform([(0, v) for v in ax.get_ylim()])[:, 1]
    last = -np.inf
    for y, x, name, color in sorted(ends):
        here = ax.transData.transform((x, np.clip(y, *sorted(ax.get_ylim()))))[1]
        last = max(here, last + 0.085 * (high - low))
        shift = (last - here) * 72 / ax.figure.dpi
        ax.annotate(name, (x, y), (5, shift), textcoords="offset points", fontsize=SIZE, color=color, va="center",
                    annotation_clip=False)  # fmt: skip


@draw.register
def _(view: Bars, ax) -> None:
    values = moment(view.values)
    ax.barh(range(len(values)), values, height=0.55, color=[COLORS["blue" if v < 0 else "orange"] for v in values])
    for row, value in enumerate(values):
        shift, side = (4, "left") if value >= 0 else (-4, "right")
        said = f"{value:.{view.digits}f}"
        ax.annotate(said, (value, row), (shift, 0), textcoords="offset points", fontsize=SIZE, va="center", ha=side)
    ax.axvline(0, color=RULE, lw=0.8)
    ax.set_yticks(range(len(values)), view.labels)
    ax.invert_yaxis()
    low, high = view.range or (min(0.0, *values), max(0.0, *values))
    ax.set_xlim(low - 0.12 * (high - low) * (low < 0), high + 0.12 * (high - low))
    _axes(ax, "", "", 3, keep_y=True)


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
    _plain_frame(ax)


def _light(view: Matrix, others: list[View], ax) -> None:
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
def _(view: Graph, ax) -> None:
    draw_graph(view, ax, COLORS, FAINT, RULE)


@draw.register
def _(view: Note, ax) -> None:
    color = {"plain": COLORS["ink"], "good": COLORS["teal"], "bad": COLORS["orange"]}[view.tone]
    ax.text(0, 1, view.text, va="top", fontsize=SIZE + 1, color=color, wrap=True, transform=ax.transAxes)
    ax.set_axis_off()


def _axes(ax, xlabel: str, ylabel: str, ticks: int, rules: bool = False, keep_y: bool = False) -> None:
    """Few ticks, thin lines, labels in a quiet colour."""
    ax.set_xlabel(xlabel, fontsize=SIZE, color=FAINT, loc="right")
    ax.set_ylabel(ylabel, fontsize=SIZE, color=FAINT, loc="top")
    if ax.get_xscale() == "linear":
        ax.xaxis.set_major_locator(MaxNLocator(ticks))
    if not keep_y and ax.get_yscale() == "linear":
        ax.yaxis.set_major_locator(MaxNLocator(ticks))
    if rules:
        ax.grid(axis="y", color=RULE, lw=0.6)
        ax.set_axisbelow(True)
    _plain_frame(ax)


def _plain_frame(ax) -> None:
    ax.tick_params(length=0, labelsize=SIZE, labelcolor=FAINT)
    ax.minorticks_off()
    for side in ax.spines.values():
        side.set_visible(False)


from . import still_network  # noqa: E402 (it registers its drawing with `draw`, above)
