"""Where the parts of a network's picture stand: units in layers, numbers in them and on the lines between; all in em.

Up to four layers of four units, every number has its own place and none covers another.  In larger networks units are
small, show one number each, and the numbers of lines are shown beside the units for one chosen unit only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .spots import EDGE, columns, spots

__all__ = ["LINE", "SMALL", "Box", "Layout", "Mark", "is_backward", "layout"]

SMALL, LINE = 0.92, 1.22  # small print, and how tall a line of it is
CHAR, BOLD = 0.62, 0.72  # how wide a letter is, of small print too, and of a name
PAD, HEAD, FOOT = 0.7, 1.6, 2.1
Rows = Sequence[tuple[str, str, str]]  # of one layer: what a row is called, its numbers' array, the array beside it


@dataclass(frozen=True)
class Box:
    """One unit: its left upper corner and its size."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True)
class Mark:
    """A text, or a number of an array: at most `width` wide, its middle at the height y.

    of: () for the picture, (layer, unit) for a unit, (layer, i, j) for the line from its unit i to the next one's j.
    """

    x: float
    y: float
    width: float
    anchor: str = "middle"
    tone: str = "ink"
    text: str = ""
    array: str = ""
    of: tuple[int, ...] = ()

    @property
    def span(self) -> tuple[float, float]:
        """From where to where it reaches."""
        left = self.x - self.width * {"start": 0, "middle": 0.5, "end": 1}[self.anchor]
        return left, left + self.width


@dataclass(frozen=True)
class Layout:
    """All places.  dense: the lines' numbers are shown for one unit only, `beside` em from the units at their other
    ends, each `number` em wide."""

    width: float
    height: float
    boxes: tuple[tuple[Box, ...], ...]
    marks: tuple[Mark, ...]
    dense: bool
    beside: float
    number: float

    def beside_units(self, layer: int, unit: int, gradients: bool) -> list[Mark]:
        """The numbers of one unit's lines in a large network: each stands beside the unit at the line's other end."""
        found = []
        for k, side in ((layer - 1, 1), (layer + 1, -1)):
            for i, box in enumerate(self.boxes[k] if 0 <= k < len(self.boxes) else ()):
                first = box.right + self.beside if side > 0 else box.left - self.beside - self.number * gradients
                of = (k, i, unit) if side > 0 else (layer, unit, i)
                kinds = [("w", "ink"), ("g", "orange")][: 1 + gradients]
                found += [
                    Mark(first + self.number * n, box.middle, self.number, "start" if side > 0 else "end", tone,
                         array=f"{kind}{of[0]}", of=of) for n, (kind, tone) in enumerate(kinds)
                ]  # fmt: skip
        return found


def layout(names: Sequence[Sequence[str]], rows: Sequence[Rows], layers: Sequence[str], *, digits: int, chars: int,
           gradients: bool) -> Layout:  # fmt: skip
    """names of all units, rows of each layer, names of the layers; chars: the length of the longest number."""
    dense = len(names) > 4 or max(map(len, names)) > 4
    number = max(chars, digits + 3) * CHAR * SMALL
    size = (number + 0.3, LINE * (2 if gradients and not dense else 1))
    rows = [_one_row(r) for r in rows] if dense else rows
    widths = [_box_width(n, r, number, dense) for n, r in zip(names, rows, strict=True)]
    heights = [1.75 if dense else 2.1 if not r else HEAD + LINE * len(r) + 0.35 for r in rows]
    pitch = max(max(heights) + (0.5 if dense else 1.5), 0 if dense else 2.1 * size[1])
    tall = pitch * max(map(len, names)) - (pitch - max(heights))
    middles = [[tall / 2 + pitch * (k - (len(n) - 1) / 2) for k in range(len(n))] for n in names]
    gaps = [_gap(len(a), len(b), size, dense, len(names) > 4, pitch) for a, b in pairwise(names)]
    lefts = [sum(widths[:k]) + sum(gaps[:k]) for k in range(len(names))]
    boxes = tuple(
        tuple(Box(left, y - high / 2, wide, high) for y in ys)
        for left, wide, high, ys in zip(lefts, widths, heights, middles, strict=True)
    )
    marks = [mark for k, layer in enumerate(boxes) for mark in _in_units(k, layer, names[k], rows[k], number, dense)]
    if not dense:
        marks += [m for k in range(len(gaps)) for m in _on_lines(k, boxes[k], boxes[k + 1], size, number, gradients)]
    marks += _below(boxes, layers, tall + FOOT / 2 + 0.2, gradients)
    foot = FOOT if any(layers) or gradients else 0.1
    return Layout(boxes[-1][0].right, tall + foot, boxes, tuple(marks), dense, 0.5, number + 0.5)


def _one_row(rows: Rows) -> Rows:
    """The row that a small unit shows: its activation, or the last one forward."""
    forward = [row for row in rows if row[1] and not is_backward(row[0])]
    return [row for row in forward if row[0] == "a"] or [row for row in forward if row[0] != "b"][-1:]


def is_backward(key: str) -> bool:
    """Whether numbers called so come on the way back: δ, dL/dz, ∂L/∂z."""
    return key[:1] in "δ∂d" and key != "d"


def _letters(texts: Sequence[str], each: float = CHAR) -> float:
    return max(map(len, texts), default=0) * each


def _box_width(names: Sequence[str], rows: Rows, number: float, dense: bool) -> float:
    if dense:
        return _letters(names, BOLD) + 2 * 0.5 + (number + 0.4 if rows else 0)
    keys, beside = _letters([key for key, *_ in rows]), any(row[2] for row in rows)
    inside = keys + 0.5 + number * (1 + beside) + 0.7 * beside if rows else 0
    return max(inside, _letters(names, BOLD)) + 2 * PAD


def _gap(n: int, m: int, size: tuple[float, float], dense: bool, deep: bool, pitch: float) -> float:
    """How far apart two layers stand: room for the columns of numbers, and no line steeper than need be."""
    if dense:
        return 2 * size[0] + (1.6 if deep else 4.0)
    return max(columns(n, m) * (size[0] + 0.35) + 2 * EDGE, 8.0 if n * m == 1 else 11.0, 0.45 * pitch * max(n, m))


def _in_units(layer: int, boxes: Sequence[Box], names: Sequence[str], rows: Rows, number: float, dense: bool):
    """The marks of a layer's units: its name, and row by row what it is called, its number and the one beside it."""
    beside = not dense and any(row[2] for row in rows)
    for unit, (box, name) in enumerate(zip(boxes, names, strict=True)):
        of, wide = (layer, unit), len(name) * BOLD
        if dense or not rows:
            x, anchor = (box.left + 0.5, "start") if rows else (box.left + box.width / 2, "middle")
            yield Mark(x, box.middle, wide, anchor, "name", name, of=of)
        else:
            yield Mark(box.left + PAD, box.top + 0.3 + HEAD / 2, wide, "start", "name", name, of=of)
        for k, (key, array, other) in enumerate(rows):
            tone = "orange" if is_backward(key) else "ink"
            y = box.middle if dense else box.top + HEAD + 0.1 + LINE * (k + 0.5)
            end = box.right - (0.5 if dense else PAD + beside * (number + 0.7))
            if not dense:
                yield Mark(box.left + PAD, y, len(key) * CHAR, "start", "muted", key, of=of)
            yield Mark(end, y, number, "end", tone, array=array, of=of)
            if other and not dense:
                yield Mark(box.right - PAD, y, number, "end", "orange", array=other, of=of)


def _on_lines(layer: int, left: Sequence[Box], right: Sequence[Box], size, number: float, gradients: bool):
    """The marks of the lines from one layer to the next: the weight, and below it its slope."""
    start, gap = left[0].right, right[0].left - left[0].right
    shares = spots(tuple(b.middle for b in left), tuple(b.middle for b in right), gap, size)
    for (i, j), share in shares.items():
        x, y = start + gap * share, left[i].middle + share * (right[j].middle - left[i].middle)
        of = (layer, i, j)
        yield Mark(x, y - gradients * LINE / 2, number, array=f"w{layer}", of=of)
        if gradients:
            yield Mark(x, y + LINE / 2, number, tone="orange", array=f"g{layer}", of=of)


def _below(boxes: Sequence[Sequence[Box]], layers: Sequence[str], y: float, gradients: bool) -> list[Mark]:
    """The layers' names, those at the edges kept within the picture, and what the two numbers of a line are."""
    marks, end = [], boxes[-1][0].right
    for (box, *_), name in zip(boxes, layers, strict=False):
        wide = len(name) * CHAR
        x = min(max(box.left + box.width / 2, wide / 2), end - wide / 2)
        marks += [Mark(x, y, wide, tone="muted", text=name)] if name else []
    if gradients:
        left = marks[0].span[1] + 1 if layers[0] else 0
        middle = max((boxes[0][0].right + boxes[1][0].left) / 2 - 1.0, left + CHAR)
        marks += [Mark(middle, y, CHAR, "end", "ink", "w"), Mark(middle + 0.4, y, 5 * CHAR, "start", "orange", "dL/dw")]
    return marks
