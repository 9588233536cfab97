"""Random numbers for the cases."""

from __future__ import annotations

import numpy as np

__all__ = ["draw"]


def draw(seed: int, *shapes: tuple[int, ...]) -> tuple[np.ndarray, ...]:
    """Arrays of random numbers with two decimals."""
    rng = np.random.default_rng(seed)
    return tuple(rng.normal(size=shape).round(2) for shape in shapes)
