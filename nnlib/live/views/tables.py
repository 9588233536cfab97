"""Numbers with names: as bars, and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..numbers import plain
from .base import Put, View, array_of, moment

__all__ = ["Bars", "Matrix"]


@dataclass(frozen=True, eq=False)
class Bars(View):
    """Named values as bars from zero: labels (N), values (N,); `range` fixes the axis so that bars do not jump."""

    labels: Sequence[str]
    values: Any
    range: tuple[float, float] | None = None
    digits: int = 3
    title: str = ""

    def __post_init__(self):
        object.__setattr__(self, "labels", tuple(map(str, self.labels)))
        object.__setattr__(self, "values", array_of(self.values, (len(self.labels),), "Bars.values"))

    def wire(self, put: Put) -> dict:
        limits = None if self.range is None else [float(v) for v in self.range]
        return {"type": "bars", "title": self.title, "words": self.words(), "labels": list(self.labels),
                "values": put(self.values), "range": limits, "digits": self.digits}  # fmt: skip

    def words(self) -> str:
        said = (f"{n} {plain(float(v), 2)}" for n, v in zip(self.labels, moment(self.values), strict=True))
        return f"{self.title or 'Bars'}: {', '.join(said)}."


@dataclass(frozen=True, eq=False)
class Matrix(View):
    """A table of numbers, coloured by value: values (R, C), names of rows and columns.

    digits: how many decimals are shown, one number for all or one for each column.
    """

    values: Any
    rows: Sequence[str] = ()
    columns: Sequence[str] = ()
    range: tuple[float, float] = (-1.0, 1.0)
    digits: int | Sequence[int] = 2
    title: str = ""

    def __post_init__(self):
        values = array_of(self.values, (None, None), "Matrix.values")
        for names, size, what in ((self.rows, 0, "rows"), (self.columns, 1, "columns")):
            if names and len(names) != moment(values).shape[size]:
                raise ValueError(f"Matrix: expected {moment(values).shape[size]} {what}, got {len(names)} names")
        columns = moment(values).shape[1]
        digits = (self.digits,) * columns if isinstance(self.digits, int) else tuple(self.digits)
        if len(digits) != columns:
            raise ValueError(f"Matrix: expected digits for {columns} columns, got {len(digits)}; give one for each")
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "digits", digits)

    def texts(self) -> list[list[str]]:
        """The numbers as they are shown, row by row."""
        return [[f"{v:.{n}f}" for v, n in zip(row, self.digits, strict=True)] for row in moment(self.values)]

    def wire(self, put: Put) -> dict:
        return {"type": "matrix", "title": self.title, "words": self.words(), "values": put(self.values),
                "rows": list(self.rows), "columns": list(self.columns), "range": [float(v) for v in self.range],
                "digits": list(self.digits)}  # fmt: skip

    def words(self) -> str:
        rows, columns = moment(self.values).shape
        body = "; ".join(map(", ".join, self.texts()[:4]))
        return f"{self.title or 'Matrix'} of {rows} by {columns}: {body}{' and so on' if rows > 4 else ''}."
