"""Rows and columns of numbers as colours, with axes, a scale, and a cell that can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...controls import Cell
from ..film import Film, array_of, moment
from ..view import Put, Sheet, View
from .scale import Scale, scale
from .still import draw
from .ticks import Ticks, number, ticks

__all__ = ["HeatMap"]

MOST = 256  # rows, and columns: more are finer than the screen
GUIDES = ("", "row", "column", "both")


@dataclass(frozen=True, eq=False)
class HeatMap(View):
    """A map of numbers: values (R, C) as colours, each in a cell that says its number when it is pointed at.

    values: (R, C), or a film of them; NaN is hatched, infinity has the colour of the scale's end.
    rows, columns: what stands at each, numbers or words; equal distances or equal ratios make an axis; None counts.
    xlabel, ylabel: what the columns and the rows are ("learning rate").
    origin: "top" or "bottom", where row 0 is.  aspect: the map's width / height; None: square cells, within reason.
    range: (low, high), the scale's ends; None: of the numbers.  log: by logarithm.
    middle: where a signed scale is white, blue below it and orange above; None: grey, paler where the number is lower.
    quantity, unit: what the numbers are ("accuracy") and in what ("ms").  missing: the word for NaN.
    cell: what `cell(...)` gave the function (then it is chosen by hand), or (row, column), which is outlined.
    guide: faint lines through that cell, "row", "column" or "both".  labels: (row, column, text), each with a star.
    Raises ValueError if values, rows, columns, range, middle, cell or labels do not fit one another, no value is a
    number and no range is given, there are more than 256 rows or columns, or origin or guide is another word.
    """

    values: Any
    rows: Sequence[Any] | None = None
    columns: Sequence[Any] | None = None
    range: tuple[float, float] | None = None
    middle: float | None = None
    log: bool = False
    quantity: str = ""
    unit: str = ""
    missing: str = "no number"
    origin: str = "top"
    aspect: float | None = None
    cell: Cell | tuple[int, int] | None = None
    guide: str = ""
    labels: Sequence[tuple[int, int, str]] = ()
    title: str = ""
    xlabel: str = ""
    ylabel: str = ""
    still_weight = 1.0

    def __post_init__(self):
        put = object.__setattr__
        put(self, "values", array_of(self.values, (None, None), "HeatMap.values"))
        if not all(1 <= size <= MOST for size in self.shape):
            raise ValueError(
                f"HeatMap.values: expected 1 to {MOST} rows and columns, got {self.shape}; take means of neighbours"
            )
        for name, one, known in (("origin", self.origin, ("top", "bottom")), ("guide", self.guide, GUIDES)):
            if one not in known:
                raise ValueError(f"HeatMap.{name}: expected one of {', '.join(map(repr, known))}, got {one!r}")
        put(self, "_rows", ticks(self.rows, self.shape[0], "HeatMap.rows", "row"))
        put(self, "_columns", ticks(self.columns, self.shape[1], "HeatMap.columns", "column"))
        put(self, "_scale", scale(self.values, self.range, self.middle, self.log))
        if self.cell is not None:
            self._check(self.cell, "cell")
        for row, column, _ in self.labels:
            self._check((row, column), "labels")

    def _check(self, place: Any, what: str) -> None:
        """Raises ValueError if `place` is no (row, column) of this map."""
        if len(place) < 2 or not all(0 <= k < size for k, size in zip(place[:2], self.shape, strict=True)):
            raise ValueError(
                f"HeatMap.{what}: expected (row, column) in a map of shape {self.shape}, got {tuple(place)[:2]}; "
                "count from 0, and give `cell` the map's shape with of=(rows, columns)"
            )

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return moment(self.values).shape

    @property
    def ticks(self) -> tuple[Ticks, Ticks]:
        """What stands at the rows, and at the columns."""
        return self._rows, self._columns

    @property
    def scale(self) -> Scale:
        """From numbers to colours."""
        return self._scale

    @property
    def chosen(self) -> tuple[int, int] | None:
        """The cell that is outlined."""
        return None if self.cell is None else (int(self.cell[0]), int(self.cell[1]))

    @property
    def proportion(self) -> float:
        """The map's width / height."""
        return self.aspect or float(np.clip(self.shape[1] / self.shape[0], 0.5, 3.0))

    @property
    def blank(self) -> bool:
        """Whether no value is a number."""
        return bool(np.isnan(moment(self.values)).all())

    def wire(self, put: Put) -> dict:
        gaps = np.isnan(self.values.frames if isinstance(self.values, Film) else self.values)
        return {
            "values": put(self.values), "rows": self._rows.wire(), "columns": self._columns.wire(),
            "scale": self.scale.wire(), "quantity": self.quantity, "measure": self.unit, "missing": self.missing,
            "gaps": bool(gaps.any()), "upward": self.origin == "bottom", "aspect": self.proportion,
            "cell": self.chosen and {"edit": getattr(self.cell, "source", "") or None, "at": list(self.chosen)},
            "guide": self.guide, "labels": [{"at": [int(r), int(c)], "text": text} for r, c, text in self.labels],
            "xlabel": self.xlabel, "ylabel": self.ylabel,
        }  # fmt: skip

    def said(self, place: tuple[int, int]) -> str:
        """A cell in words: what stands at its row and its column, and its number.  place: (row, column)."""
        value = float(moment(self.values)[place])
        text = self.missing if np.isnan(value) else f"{number(value)} {self.unit}".rstrip()
        names = zip((self.ylabel or "row", self.xlabel or "column"), self.ticks, place, strict=True)
        where = ", ".join(f"{name} {one.texts[k]}" for name, one, k in names)
        return f"{where}: {f'{self.quantity} {text}'.lstrip()}"

    def words(self) -> str:
        sizes = zip(("row", "column"), self.shape, (self.ylabel, self.xlabel), self.ticks, strict=True)
        axes = [f"{n} {line}{'s' * (n > 1)}, {name} {one.texts[0]} to {one.texts[-1]}" for line, n, name, one in sizes]
        parts = [part.replace(",  ", ", ") for part in axes] + [self._spread()]
        parts += [f"{text} at {self.said((row, column))}" for row, column, text in self.labels[:4]]
        parts += [f"chosen is {self.said(self.chosen)}"] if self.chosen else []
        return f"{self.title or 'Map'}: {'; '.join(parts)}."

    def _spread(self) -> str:
        """Between which numbers the map lies, and how many cells have none."""
        values = moment(self.values)
        there, gaps = values[~np.isnan(values)], int(np.isnan(values).sum())
        ends = (number(float(there.min())), number(float(there.max()))) if len(there) else ()
        spread = f"{self.quantity or 'numbers'} from {' to '.join(ends)} {self.unit}".rstrip()
        return ", ".join([spread] * bool(ends) + [f"{self.missing} in {gaps} of {values.size} cells"] * bool(gaps))

    def still(self, ax) -> None:
        draw(self, ax)

    def still_height(self, sheet: Sheet) -> float:
        """With room for the scale below it."""
        return float(np.clip(sheet.width / self.proportion, 1.4, 2.9)) + 0.8
