"""Pixels as a short text: how a drawing crosses the wire, and how it stands in code.

A byte for each pixel, 00 for paper to ff for ink, as two hexadecimal digits, row by row from the top; several alike are
written once, with their number in brackets: "00(29)7fff(3)" is 29 pixels of paper, one half grey, three of ink.  Most
of a drawing is paper, so this is shorter than the bytes themselves, and it is JSON as every value of a control is.
"""

from __future__ import annotations

import re
import textwrap
from itertools import groupby
from typing import Any

import numpy as np

__all__ = ["Drawing", "drawn", "packed", "unpacked"]

TOP = 255
RUN = re.compile(r"([0-9a-f]{2})(?:\(([1-9][0-9]{0,6})\))?")


class Drawing(np.ndarray):
    """A drawing: an array (H, W) of float32, 0 for paper to 1 for ink, which remembers its control (`source`).

    A view that is given it as it is can be drawn on.  What is computed from it is an array like any other.
    """

    source = ""

    def __array_finalize__(self, base: Any) -> None:
        self.source = ""

    def __array_wrap__(self, array: Any, context: Any = None, return_scalar: bool = False) -> Any:
        return array[()] if return_scalar else np.asarray(array)

    def as_code(self, script: Any) -> str:
        """An expression that gives this drawing; `script` is told the name in it.

        Raises ValueError if it is only a row or a column of one, (W,) or (H,).
        """
        script.name("drawn", drawn)
        height, width = self.shape
        lines = textwrap.wrap(packed(self), 96, break_on_hyphens=False)
        if len(lines) == 1:
            return f'drawn({height}, {width}, "{lines[0]}")'
        body = "\n".join(f'        "{line}"' for line in lines)
        return f"drawn(\n        {height}, {width},\n{body},\n    )"


def drawn(height: int, width: int, text: str) -> Drawing:
    """The drawing (height, width) of a text, as `code` prints it: "00(29)7fff(3)" is 29 pixels of paper, and so on.

    Raises ValueError if the text is none of this kind, or of another number of pixels.
    """
    array = unpacked(text, height * width).reshape(height, width).view(Drawing)
    array.flags.writeable = False  # it is the value of a control, which nobody else may change
    return array


def packed(pixels: Any) -> str:
    """The text for an array of numbers from 0 to 1, in steps of 1/255."""
    levels = np.round(np.asarray(pixels, np.float64).ravel() * TOP).astype(int).tolist()
    runs = ((level, len(list(same))) for level, same in groupby(levels))
    return "".join(f"{level:02x}({count})" if count > 1 else f"{level:02x}" for level, count in runs)


def unpacked(text: str, size: int) -> np.ndarray:
    """The numbers (size,) for a text, float32.  Raises ValueError if the text gives no such number of pixels."""
    runs = [(int(level, 16), int(count or 1)) for level, count in RUN.findall(text)]
    if RUN.sub("", text):
        raise ValueError(f'drawn: expected a text like "00(29)7fff(3)", got {text[:40]!r}; copy it whole')
    if (count := sum(count for _, count in runs)) != size:
        raise ValueError(f"drawn: expected {size} pixels, got a text of {count}; give it the drawing's own size")
    levels, counts = zip(*runs, strict=True)
    return (np.repeat(levels, counts) / TOP).astype(np.float32)
