"""Noise in the gradients of a race, the same for every runner."""

from __future__ import annotations

from functools import cache

import numpy as np

__all__ = ["normal"]


@cache
def normal(steps: int) -> np.ndarray:
    """The noise of every race, in units of its size: (steps, 2)."""
    return np.random.default_rng(0).normal(size=(steps, 2))
