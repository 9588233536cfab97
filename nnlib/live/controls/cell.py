"""One cell of a map that is chosen in a view.

The value that the function gets remembers the control it came from (`source`); a `HeatMap` that is given such a value
lets it be chosen by hand.  Nothing else connects the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from .control import Control

__all__ = ["Cell", "CellInput", "cell"]


class Cell(NamedTuple):
    """One cell of a map by its row and column, counted from 0 as in an array: `values[at.place]`."""

    row: int
    column: int
    source: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """(row, column), as an index of the map's array."""
        return self.row, self.column

    def as_code(self, script: Any) -> str:
        """An expression that gives this cell; `script` is told the name in it."""
        script.name("Cell", Cell)
        return f"Cell({self.row}, {self.column})"


@dataclass(frozen=True, kw_only=True)
class CellInput(Control):
    """The control behind one cell that is chosen, in a map of `shape` (rows, columns)."""

    start: Cell
    shape: tuple[int, int]
    kind = "cell"
    place, drawn_at_once = "view", True

    @property
    def value(self):
        return self.start

    def encode(self, value):
        place = tuple(value)[:2]
        whole = len(place) == 2 and all(isinstance(k, (int, float)) and int(k) == k for k in place)
        if not whole or not all(0 <= k < size for k, size in zip(place, self.shape, strict=True)):
            rows, columns = self.shape
            raise ValueError(
                f"expected (row, column) from (0, 0) to ({rows - 1}, {columns - 1}), got {place}; "
                "count from 0, or give the map's shape with of=(rows, columns)"
            )
        return [int(k) for k in place]

    def decode(self, wire, name):
        return Cell(*self.encode(wire), name)

    def ends(self):
        rows, columns = self.shape
        return [[0, 0], [rows // 2, columns // 2], [rows - 1, columns - 1]]

    def details(self):
        return {"shape": list(self.shape)}


def cell(row: int, column: int, *, of: tuple[int, int], label: str = "", help: str = "", same: str = "") -> CellInput:
    """A cell to choose in the `HeatMap` that is given it as `cell`.  The function gets a `Cell` (row, column).

    row, column: where it is at first, counted from 0.  of: the map's shape (rows, columns).
    label, help, same: as of every `Control`; the label stands beside the outline.
    Raises ValueError if `of` is no shape, or the cell does not lie in a map of that shape.
    """
    shape = tuple(int(size) for size in of)
    if len(shape) != 2 or min(shape) < 1:
        raise ValueError(f"cell: expected of=(rows, columns), each at least 1, got {of}; give the map's shape")
    made = CellInput(start=Cell(0, 0), shape=shape, label=label, help=help, same=same)
    try:
        start = Cell(*made.encode((row, column)))
    except ValueError as error:
        raise ValueError(f"cell: {error}") from None
    return CellInput(start=start, shape=shape, label=label, help=help, same=same)
