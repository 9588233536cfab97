"""A frame on paper: its views in columns, as one figure; and what a notebook stores of a piece."""

from __future__ import annotations

import base64
import io
import textwrap

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from ..views import Graph, Matrix, Network, NetworkMaps, Note, Plane, View, moment
from ..wire import Columns
from . import graph, network, network_maps, plane  # noqa: F401 (each says how its view is drawn)
from .charts import light
from .ink import COLORS, FAINT, SIZE, draw

__all__ = ["bundle", "figure"]

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
                light(view, [v for stack in columns for v in stack], ax)
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
    networks = [view for stack in columns for view in stack if isinstance(view, (Network, NetworkMaps))]
    needed = max([needed] + [_tall(view, columns) for view in networks])
    return 0.45 + needed * (tall > 0) + 0.4 * (tall > 2)


def _tall(view: Network | NetworkMaps, columns: Columns) -> float:
    """Inches that a network needs, with its sentence, where its letters are as large as others or fill its column."""
    stack = next(s for s in columns if view in s)
    room = WIDTH * _weight(stack) / sum(map(_weight, columns)) - 0.15
    wide, high = view.size
    high += 1.3 * len(network.sentence_lines(view)) + 0.3 if isinstance(view, Network) else 0.3
    return high * min(network.LARGEST / 72, room / wide)


def _shares(stack: tuple[View, ...]) -> list[float]:
    """How tall the views of a stack are: notes are low, and tables among themselves have rows of one height."""
    if all(isinstance(view, Matrix) for view in stack):
        return [len(moment(view.values)) + 0.4 * bool(view.columns) + 0.3 for view in stack]
    return [0.35 if isinstance(view, Note) else 1 for view in stack]


def _weight(stack: tuple[View, ...]) -> float:
    return 1.0 if isinstance(stack[0], Plane) else 1.15
