"""A pad to draw on.

It stands beside the views; in a piece in which an `Images` is given its value as it is, that picture is the pad.  The
value remembers the control it came from (`source`); nothing else connects the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..control import Control
from .ink import Drawing, drawn, packed

__all__ = ["DrawingInput", "drawing"]

MOST = 128  # pixels on a side: more could not be told apart on a pad


@dataclass(frozen=True, kw_only=True)
class DrawingInput(Control):
    """The control behind a drawing; `pen` is how many pixels wide it draws."""

    start: Drawing
    pen: float
    kind = "drawing"
    place, drawn_at_once = "above", True

    @property
    def value(self):
        return self.start

    def encode(self, value):
        return packed(_checked(value, self.start.shape))

    def decode(self, wire, name):
        if not isinstance(wire, str):
            raise TypeError(f"expected a drawing as a text, got {type(wire).__name__}")
        made = drawn(*self.start.shape, wire)
        made.source = name
        return made

    def ends(self):
        return [self.encode(np.full(self.start.shape, level)) for level in (0.0, 0.5, 1.0)]

    def details(self):
        height, width = self.start.shape
        return {"height": height, "width": width, "pen": self.pen}


def drawing(
    height: int, width: int, start: Any = None, *, pen: float | None = None, label: str = "", help: str = "",
    same: str = "",
) -> DrawingInput:  # fmt: skip
    """A pad of height x width pixels to draw on; the function gets a `Drawing`, an array (height, width) from 0 to 1.

    start: what is drawn at first, an array (height, width) of numbers from 0 (paper) to 1 (ink); nothing if None.
    pen: its width in pixels; if None, a fourteenth of the longer side and at least 1.2, so that digits on 28 x 28 look
    like those of MNIST.
    label, help, same: as of every `Control`.
    Raises ValueError if there are no pixels, or more than 128 on a side, or `start` or `pen` does not fit.
    """
    if not all(isinstance(n, (int, np.integer)) and 1 <= n <= MOST for n in (height, width)):
        raise ValueError(f"drawing: expected 1 to {MOST} pixels on a side, got {height} x {width}; draw it smaller")
    pen = max(1.2, max(height, width) / 14) if pen is None else float(pen)
    if not 0.5 <= pen <= max(2, height, width):
        raise ValueError(f"drawing: expected a pen of 0.5 to {max(2, height, width)} pixels, got {pen}; try 2")
    blank = np.zeros((height, width))
    first = drawn(height, width, packed(_checked(blank if start is None else start, blank.shape)))
    return DrawingInput(start=first, pen=round(pen, 2), label=label, help=help, same=same)


def _checked(value: Any, shape: tuple[int, int]) -> np.ndarray:
    """Pixels of that shape, all from 0 to 1.  Raises ValueError if `value` is no such array."""
    pixels = np.asarray(value, np.float64)
    if pixels.shape != shape:
        raise ValueError(f"expected a drawing of shape {shape}, got {pixels.shape}; crop it, or reshape it")
    if not np.isfinite(pixels).all():
        raise ValueError("expected numbers from 0 to 1, got NaN or infinity; replace them first")
    if pixels.min() < 0 or pixels.max() > 1:
        low, high = pixels.min(), pixels.max()
        raise ValueError(f"expected numbers from 0 (paper) to 1 (ink), got {low:g} to {high:g}; divide by the largest")
    return pixels
