"""A learner's own table, as people paste it: two numbers and a class in each row.

    read_points("x;y;sort\\n1,5;2,0;pear\\n3,0;1,0;plum")

Commas, semicolons, tabs or blanks between the columns; decimal commas, unless commas separate; quotes; a line of names
above; comments after #.
"""

import csv
import math
import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

__all__ = ["OwnTable", "read_points"]

SEPARATORS = ";\t,"
LARGE = 1e30  # beyond it, squares are no numbers any more
SIZE = 0.8  # of the picture's unit is a standard deviation


class OwnTable(NamedTuple):
    """Points x (N, 2) in standard deviations times 0.8, and their classes y (N,), int32: y = 1 means classes[1].

    columns: the names of the three that were read, the class last; said: in words what became of the table.
    """

    x: np.ndarray
    y: np.ndarray
    columns: tuple[str, str, str]
    classes: tuple[str, str]
    said: str


def read_points(text: str, most: int = 300) -> OwnTable:
    """The first two columns of a text with numbers, and the last, which names two classes, as points.

    most: of more rows, so many are taken, evenly spread.  A first line "# 1 line of 3" is said again.  Rows with
    something missing are left out and counted.  ValueError, in words for the one who typed it: there are fewer than
    three columns, fewer than two with numbers, no whole row, or not two classes.
    """
    rows = _rows(text)
    if not rows:
        raise ValueError("Nothing to read yet: give a row for each point, such as 1.5, 2.0, red")
    width = max(map(len, rows))
    if width < 3:
        raise ValueError(f"Expected three columns, two numbers and a class, got {width}; put commas between them")
    head = None if any(_number(cell) is not None for cell in rows[0][:-1]) else rows.pop(0)
    names = [name.strip() or f"column {k}" for k, name in enumerate([*(head or []), *[""] * width][:width], 1)]
    first, second = _columns(rows, names)
    full = [row for row in rows if _whole(row, first, second, width)]
    classes = _classes([row[width - 1] for row in full], len(rows), len(rows) - len(full))
    taken = [full[k] for k in np.linspace(0, len(full) - 1, min(most, len(full))).astype(int)]
    x = np.array([[_number(row[first]), _number(row[second])] for row in taken])
    y = np.array([classes.index(row[width - 1]) for row in taken], np.int32)
    if len(set(y.tolist())) < 2:
        raise ValueError(f"All {len(taken)} rows that fit in are {classes[y[0]]!r}; mix the rows of the two classes")
    columns = names[first], names[second], names[width - 1]
    thinned = re.match(r"# 1 line of (\d{1,9})\n", text)
    said = _said(columns, classes, len(rows), len(full), len(taken), thinned[1] if thinned else "")
    return OwnTable(_scaled(x), y, columns, classes, said)


def _rows(text: str) -> list[list[str]]:
    """The cells of every line that has any; the separator is the one that most lines have most often."""
    lines = [line.split("#")[0].strip() for line in text.replace("\0", "").lstrip("\ufeff").splitlines()]
    lines = [line for line in lines if line]
    counts = {mark: sum(line.count(mark) for line in lines[:50]) for mark in SEPARATORS}
    mark = next((mark for mark in SEPARATORS if counts[mark] >= 2 * min(len(lines), 50) * 0.6 > 0), None)
    if mark is None or (mark == "," and _decimal_commas(lines[:50])):
        return [re.split(r"\s+", line) for line in lines]
    try:
        rows = list(csv.reader(lines, delimiter=mark, skipinitialspace=True))
    except csv.Error:  # a quote that does not end, a cell without an end
        rows = [line.split(mark) for line in lines]
    rows = [[cell.strip() for cell in row] for row in rows]
    return [row[:-1] if len(row) > 3 and not row[-1] else row for row in rows if any(row)]  # a separator at the end


def _decimal_commas(lines: Sequence[str]) -> bool:
    """Whether most lines are columns with blanks between them, in which commas stand inside numbers: 1,5 2,5 red."""
    cells = [re.split(r"\s+", line) for line in lines]
    fit = [len(row) > 2 and sum(_number(cell) is not None for cell in row[:-1]) > 1 for row in cells]
    return sum(fit) > 0.6 * len(lines)


def _number(cell: str) -> float | None:
    """The number in a cell, with a point or a comma; None if it is none, or none that can be computed with."""
    text = cell.strip().replace("−", "-")
    if not re.fullmatch(r"[-+]?(\d+[.,]?\d*|[.,]\d+)([eE][-+]?\d+)?", text, re.ASCII):
        return None
    value = float(text.replace(",", "."))
    return value if math.isfinite(value) and abs(value) < LARGE else None


def _columns(rows: Sequence[Sequence[str]], names: Sequence[str]) -> tuple[int, int]:
    """The first two columns of which most cells are numbers; the last one is the class."""
    if not rows:
        raise ValueError("Only a line of names so far: give a row for each point below it, such as 1.5, 2.0, red")
    found = []
    for k in range(len(names) - 1):
        numbers = sum(len(row) > k and _number(row[k]) is not None for row in rows)
        if 2 * numbers > len(rows):
            found.append(k)
    if len(found) < 2:
        k = next(k for k in range(len(names) - 1) if k not in found)
        odd = ((n, row[k]) for n, row in enumerate(rows, 1) if len(row) > k and _number(row[k]) is None)
        line, cell = next(odd, (1, ""))
        got = f"{cell[:20]!r}" if cell else "nothing"
        raise ValueError(
            f"Expected numbers in two columns, got {got} in {names[k][:20]}, row {line}; the class is last"
        )
    return found[0], found[1]


def _whole(row: Sequence[str], first: int, second: int, width: int) -> bool:
    """Whether nothing is missing in a row that is needed."""
    return len(row) == width and None not in (_number(row[first]), _number(row[second])) and bool(row[width - 1])


def _classes(cells: Sequence[str], rows: int, out: int) -> tuple[str, ...]:
    """The two classes, in the order of the alphabet."""
    found = sorted(set(cells))
    if not found:
        raise ValueError(f"No row of the {rows} is whole: two numbers and a class are needed in each")
    if len(found) == 1:
        why = f"; {out} rows have something missing or no number" if out else ""
        raise ValueError(f"Expected two classes in the last column, got only {found[0][:20]!r}{why}")
    if len(found) > 2:
        some = ", ".join(repr(name[:12]) for name in found[:4])
        raise ValueError(f"Expected two classes in the last column, got {len(found)}: {some}; keep the rows of two")
    return tuple(found)


def _scaled(x: np.ndarray) -> np.ndarray:
    """In standard deviations, which fit on the picture; a column that is everywhere the same becomes 0."""
    deviation = x.std(0)
    away = (x - x.mean(0)) / np.where(deviation > 1e-9 * np.abs(x).max(), deviation, np.inf)
    return np.clip(SIZE * away, -1.95, 1.95).astype(np.float32)


def _said(
    columns: Sequence[str], classes: Sequence[str], rows: int, full: int, taken: int, thinned: str
) -> str:  # fmt: skip
    x, y, kind = (name[:20] for name in columns)
    parts = [f"one line of {thinned} is read"] if thinned else []
    parts += [f"{taken} points: {x} and {y}, blue where {kind} is {classes[0][:20]}, orange where {classes[1][:20]}"]
    parts += [f"{rows - full} rows with something missing are left out"] if full < rows else []
    parts += [f"of {full} rows, {taken} are taken, evenly spread"] if taken < full else []
    said = "; ".join(parts) + "."
    return said[0].upper() + said[1:]
