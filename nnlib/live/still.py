"""A frame on paper: its views in columns, as one matplotlib figure without pyplot; and what a notebook stores."""

from __future__ import annotations

import base64
import io
import textwrap
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from .views import Note
from .views.style import COLORS, FAINT, SIZE, WIDTH
from .views.view import Sheet
from .wire import Columns

__all__ = ["figure", "mimebundle"]

DPI = 160  # shown at 100 pixels an inch, so sharp on fine screens


def mimebundle(widget, words: str, frame, question=None) -> tuple[dict, dict]:
    """What a notebook stores for a piece: the live widget, a still and a sentence.

    question: a guess that is still asked for; then the still shows the question, not the answer.
    """
    data, metadata = {"text/plain": words}, {}
    live = widget._repr_mimebundle_()
    data = (live[0] if isinstance(live, tuple) else live) | data
    if frame is None:
        return data, metadata
    try:
        with _own_settings():
            png = _png(figure(frame.columns, frame.notes) if question is None else _card(question))
    except Exception as error:  # of matplotlib, of a view from elsewhere: the live picture must not suffer from it
        why = f"{type(error).__name__}: {error}"
        warnings.warn(f"The picture for the stored notebook cannot be drawn ({why}); the live one can.", stacklevel=2)
        return data, metadata
    data["image/png"] = base64.b64encode(png).decode()
    metadata["image/png"] = {"width": int(100 * WIDTH), "alt": words}
    return data, metadata


@contextmanager
def _own_settings() -> Iterator[None]:
    """Matplotlib as it comes, whatever style or matplotlibrc the learner has."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        yield


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
    fig = Figure(figsize=(WIDTH, _height(columns)), dpi=DPI, facecolor="white", layout="constrained")
    weights = [stack[0].still_weight for stack in columns]
    grid = fig.add_gridspec(1, max(1, len(columns)), width_ratios=weights or [1])
    views = [view for stack in columns for view in stack]
    for place, stack in zip(grid, columns, strict=False):
        inner = place.subgridspec(len(stack), 1, height_ratios=[view.still_share(stack) for view in stack])
        for cell, view in zip(inner, stack, strict=True):
            ax = fig.add_subplot(cell)
            ax.set_title(view.title, loc="left", fontsize=SIZE + 0.5, fontweight="bold", color=COLORS["ink"])
            view.still_among(ax, views)
    if notes:
        fig.supxlabel("     ".join(n.text for n in notes), x=0.01, ha="left", fontsize=SIZE, color=FAINT, wrap=True)
    return fig


def _height(columns: Columns) -> float:
    """Inches: as much as the view that needs the most, and more for a stack of three."""
    tall = max((len(stack) for stack in columns), default=0)
    whole = sum(stack[0].still_weight for stack in columns)
    sheets = [Sheet(WIDTH * stack[0].still_weight / whole, len(columns), tall) for stack in columns]
    needed = [view.still_height(sheet) for sheet, stack in zip(sheets, columns, strict=True) for view in stack]
    return 0.45 + max(needed, default=0) + 0.4 * (tall > 2)
