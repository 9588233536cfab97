"""From views to a message: JSON plus binary buffers.

What a live function returns is arranged in columns: a tuple's entries stand side by side, an inner tuple or list is
a stack, and a `Note` of its own goes to the status line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.autodiff import Graph

from .views import VIEWS, Film, Note, View

__all__ = ["Columns", "arrange", "pack"]

Columns = tuple[tuple[View, ...], ...]


def arrange(result: Any) -> tuple[Columns, tuple[Note, ...]]:
    """Columns of views, and the notes of the status line.  Raises TypeError if `result` holds anything else."""
    entries = result if isinstance(result, (tuple, list)) else (result,)
    columns, notes = [], []
    for entry in entries:
        stack = tuple(entry) if isinstance(entry, (tuple, list)) else (entry,)
        for view in stack:
            if not isinstance(view, View):
                raise TypeError(_not_a_view(view))
        if isinstance(entry, Note):
            notes.append(entry)
        elif stack:
            columns.append(stack)
    return tuple(columns), tuple(notes)


def _not_a_view(thing: Any) -> str:
    hint = "return Plane(...), Curves(...), a Note, ..."
    if thing is None:
        hint = "does the function end without `return`?"
    if isinstance(thing, (tuple, list)):
        hint = "one level of brackets too many? A tuple holds columns, a tuple inside it a stack"
    if isinstance(thing, Graph):
        hint = "that is a computation; nnlib.live.Graph(...) of it is its picture"
    kind = type(thing).__name__
    known = ", ".join(kind.cls.__name__ for kind in VIEWS)
    return f"a live function returns views ({known}), but this one gave {kind}: {hint}"


def pack(columns: Columns, notes: tuple[Note, ...]) -> tuple[dict, list[bytes]]:
    """The message's `views`, `notes` and `words`, and the buffers that they refer to."""
    buffers: list[bytes] = []

    def put(array: Any, low: float | None = None, high: float | None = None) -> dict:
        data = array.frames if isinstance(array, Film) else np.asarray(array)
        kind, body = _encode(data, low, high)
        buffers.append(body)
        limits = {} if kind != "u2" else {"lo": float(low), "hi": float(high)}
        return {
            "b": len(buffers) - 1,
            "shape": list(data.shape),
            "dtype": kind,
            "film": isinstance(array, Film),
        } | limits

    views = [[_described(view, put) for view in stack] for stack in columns]
    blank = [_blank_notice(v) for stack in columns for v in stack if v.blank]
    words = [view["words"] for stack in views for view in stack] + [note.text for note in notes] + blank
    return {"views": views, "notes": [note.said for note in notes] + blank, "words": " ".join(words)}, buffers


def _described(view: View, put: Callable[..., dict]) -> dict:
    """What the browser gets of a view.  Raises FileNotFoundError if nothing is there that could draw it."""
    VIEWS.front_end(type(view))
    return view.wire(put) | {"kind": view.kind, "title": view.title, "words": view.words()}


def _encode(data: np.ndarray, low: float | None, high: float | None) -> tuple[str, bytes]:
    """Little-endian bytes: 16 bits over [low, high] where a range is given, 32 otherwise."""
    if low is not None:
        share = (np.clip(data, low, high) - low) / (high - low)
        return "u2", np.round(share * 65535).astype("<u2").tobytes()
    if data.dtype == np.uint8:
        return "u1", data.tobytes()
    if np.issubdtype(data.dtype, np.integer):
        return "i4", np.ascontiguousarray(data, "<i4").tobytes()
    return "f4", np.ascontiguousarray(data, "<f4").tobytes()


def _blank_notice(view: View) -> str:
    return f"{view.title or type(view).__name__}: nothing to draw, the values are not numbers (NaN or infinity)."
