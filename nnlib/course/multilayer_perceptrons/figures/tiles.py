"""Many small pictures in one: tiles in rows and columns, the first at the top left."""

from __future__ import annotations

import numpy as np

__all__ = ["corners", "tiled"]


def tiled(pictures: np.ndarray, rows: int, columns: int, gap: int = 0, fill: float = 0.0) -> tuple[np.ndarray, tuple]:
    """Pictures (N, h, w), row 0 at the bottom, as one field, and its bounds, in which a tile is 1 wide and 1 high.

    gap: cells of the value `fill` above and at the right of each picture; `fill` is also where there is none.
    """
    _, h, w = pictures.shape
    field = np.full((rows * (h + gap), columns * (w + gap)), fill, np.float32)
    for k, picture in enumerate(pictures[: rows * columns]):
        row, column = divmod(k, columns)
        bottom, left = (rows - 1 - row) * (h + gap), column * (w + gap)
        field[bottom : bottom + h, left : left + w] = picture
    return field, (0.0, float(columns), 0.0, float(rows))


def corners(rows: int, columns: int) -> list[tuple[int, int]]:
    """The lower left corner of each tile."""
    return [(column, rows - 1 - row) for row in range(rows) for column in range(columns)]
