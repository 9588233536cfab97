"""A table of numbers, whose entries may light those of other tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..film import array_of, moment
from ..view import Put, View
from .still import draw, light

__all__ = ["MEETS", "Matrix"]

MEETS = ("row i", "row j", "column i", "column j", "entry", "all")


@dataclass(frozen=True, eq=False)
class Matrix(View):
    """A table of numbers, coloured by value: values (R, C), names of rows and columns.

    range: (low, high), blue at the one and orange at the other.
    digits: how many decimals are shown, one number for all or one for each column.
    meets: for other matrices of the piece, by `name` or title, which of their entries meet in entry (i, j) of this
    one: "row i", "row j", "column i", "column j", "entry" or "all"; pointing at an entry lights them.
    says: a sentence for each entry, shown under the table.  at: the entry (i, j) that is lit while nobody points.
    Raises ValueError if values, rows, columns, digits, says or at do not fit one another, or `meets` has another word.
    """

    values: Any
    rows: Sequence[str] = ()
    columns: Sequence[str] = ()
    range: tuple[float, float] = (-1.0, 1.0)
    digits: int | Sequence[int] = 2
    title: str = ""
    name: str = ""
    meets: Mapping[str, str] = field(default_factory=dict)
    says: Sequence[Sequence[str]] = ()
    at: tuple[int, int] | None = None

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
        self._check_lights()

    def _check_lights(self) -> None:
        """Raises ValueError where `meets`, `says` or `at` does not fit the table."""
        shape = moment(self.values).shape
        for name, rule in self.meets.items():
            if rule not in MEETS:
                raise ValueError(f"Matrix.meets[{name!r}]: expected one of {', '.join(MEETS)}, got {rule!r}")
        if len(self.says) and ([len(row) for row in self.says] != [shape[1]] * shape[0]):
            rows = [len(row) for row in self.says]
            raise ValueError(f"Matrix.says: expected {shape[0]} rows of {shape[1]} sentences, got rows of {rows}")
        if self.at is not None and (
            len(self.at) != 2 or not all(0 <= k < n for k, n in zip(self.at, shape, strict=True))
        ):
            raise ValueError(f"Matrix.at: expected (row, column) in a table of shape {shape}, got {self.at}")

    @property
    def called(self) -> str:
        """What other matrices call this one."""
        return self.name or self.title

    def lit(self, others: Sequence[View]) -> np.ndarray | None:
        """Which entries are lit while nobody points, as booleans of the table's shape; None if `others` light nothing.

        others: all views of the piece, this one too.
        """
        sources = [v for v in others if isinstance(v, Matrix) and v.at is not None]
        rules = [("entry", v.at) if v is self else (v.meets.get(self.called), v.at) for v in sources]
        lights = [_met(rule, at, moment(self.values).shape) for rule, at in rules if rule]
        return np.logical_or.reduce(lights) if lights else None

    def texts(self) -> list[list[str]]:
        """The numbers as they are shown, row by row; no minus stands before a nought."""
        rows = moment(self.values).astype(float)
        return [[f"{round(v, n) + 0.0:.{n}f}" for v, n in zip(row, self.digits, strict=True)] for row in rows]

    def wire(self, put: Put) -> dict:
        return {"values": put(self.values), "rows": list(self.rows), "columns": list(self.columns),
                "range": [float(v) for v in self.range], "digits": list(self.digits), "name": self.called,
                "meets": dict(self.meets), "says": [list(map(str, row)) for row in self.says],
                "at": None if self.at is None else [int(k) for k in self.at]}  # fmt: skip

    def words(self) -> str:
        rows, columns = moment(self.values).shape
        body = "; ".join(map(", ".join, self.texts()[:4]))
        said = f" {self.says[self.at[0]][self.at[1]]}" if self.at is not None and len(self.says) else ""
        return f"{self.title or 'Matrix'} of {rows} by {columns}: {body}{' and so on' if rows > 4 else ''}.{said}"

    def still(self, ax) -> None:
        draw(self, ax)

    def still_among(self, ax, views) -> None:
        draw(self, ax)
        light(self, self.lit(views), ax)

    def still_share(self, stack) -> float:
        """Tables among themselves have rows of one height."""
        alone = all(isinstance(view, Matrix) for view in stack)
        return len(moment(self.values)) + 0.4 * bool(self.columns) + 0.3 if alone else 1.0


def _met(rule: str, at: tuple[int, int], shape: tuple[int, int]) -> np.ndarray:
    """The entries of a table of `shape` that meet in entry `at` of another one."""
    row, column = np.indices(shape)
    i, j = at
    rules = {"row i": row == i, "row j": row == j, "column i": column == i, "column j": column == j}
    return (rules | {"entry": (row == i) & (column == j), "all": row == row})[rule]
