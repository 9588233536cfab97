"""Arrays of views: checked, as they are sent, and over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Film", "array_of", "film", "grown", "moment"]


@dataclass(frozen=True, eq=False)
class Film:
    """An array whose first axis is time."""

    frames: np.ndarray

    def __len__(self) -> int:
        return len(self.frames)


def film(frames: Any) -> Film:
    """Marks the first axis of `frames` (T, ...) as time: a `player` shows one entry at a time, the last one at first.

    Raises ValueError if there is no entry, or no axis.
    """
    frames = single(frames)
    if frames.ndim == 0 or len(frames) == 0:
        raise ValueError(f"film: expected an array (T, ...) with at least one frame, got shape {frames.shape}")
    return Film(frames)


def single(values: Any) -> np.ndarray:
    """As float32, in which pictures are sent; what is too large for it becomes infinite, without a warning."""
    with np.errstate(over="ignore"):
        return np.asarray(values, np.float32)


def moment(array: Film | np.ndarray, index: int = -1) -> np.ndarray:
    """One entry of a film (the last by default); any other array as it is."""
    return array.frames[index] if isinstance(array, Film) else array


def array_of(value: Any, shape: tuple[int | None, ...], what: str) -> np.ndarray | Film:
    """`value` as float32 of `shape` (None: any length), films one axis more.  Raises ValueError if it does not fit."""
    array = value if isinstance(value, Film) else single(value)
    got = moment(array).shape
    if len(got) != len(shape) or any(want not in (None, have) for want, have in zip(shape, got, strict=True)):
        want = "(" + ", ".join("any" if n is None else str(n) for n in shape) + ("," if len(shape) == 1 else "") + ")"
        raise ValueError(f"{what}: expected shape {want}, got {got}; reshape it, or mark a time axis with film(...)")
    return array


def grown(value: Any, shape: tuple[int, ...], what: str) -> np.ndarray | Film:
    """`array_of` for something that has one entry more at every moment: (T, *shape), or a film of its entries."""
    if isinstance(value, Film) and value.frames.shape[1:] == shape:
        return value
    return array_of(value, (None, *shape), what)
