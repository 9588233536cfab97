"""Sixty-four learning rates at once: accuracy by epoch for all of them, one of them picked."""

from __future__ import annotations

import jax
import numpy as np

from nnlib.live import Curves, Note, Path, Plane
from nnlib.live.controls import Handle
from nnlib.live.numbers import plain
from nnlib.module import Module
from nnlib.probe import boundary

from .sets import FRAME, GRID

__all__ = ["RATES", "fan_views", "rate_at"]

RATES = (10 ** (np.arange(64) / 12 - 3)).astype(np.float32)  # twelve to every power of ten
LOW, HIGH = np.log10(RATES[[0, -1]].astype(float))
HALF = (HIGH - LOW) / (len(RATES) - 1) / 2  # of the height of a row
EVERY = 5  # epochs between two moments: an odd number, so that a leap to and fro shows
PALE = 0.87  # the accuracy that is drawn white: about what a straight line reaches on the moons


def rate_at(at: Handle) -> int:
    """The number of the rate that is pointed at."""
    return int(np.clip(round((at.y - LOW) / (HIGH - LOW) * (len(RATES) - 1)), 0, len(RATES) - 1))


def fan_views(films: Module, share: np.ndarray, train: tuple, at: Handle) -> tuple:
    """The fan, what the network that is pointed at says, and the course of its training.

    films: a model for each rate and moment, (64, T, ...).  share: their test accuracy, (64, T).
    """
    share = np.asarray(share, float)
    epochs = float(EVERY) * np.arange(share.shape[1])
    steps = float(epochs[-1])
    row, moment = rate_at(at), int(np.abs(epochs - at.x).argmin())
    half = epochs[1] / 2
    line = Path([[0, np.log10(RATES[row])], [steps, np.log10(RATES[row])]], thin=True)
    heat = Plane(
        share, range=(PALE - 0.13, PALE + 0.13), contours=(), cells=True, aspect=1.0, handles=[at], paths=[line],
        bounds=(-half, steps + half, LOW - HALF, HIGH + HALF), axes="xy", xlabel="epochs", ylabel="log₁₀ η",
        title="accuracy, a row for each rate",
    )  # fmt: skip
    said = np.nan_to_num(boundary(jax.tree.map(lambda leaf: leaf[row, moment], films), FRAME, GRID), nan=0.5)
    plane = Plane(said, train, bounds=FRAME, title=f"η = {plain(float(RATES[row]), 2)}, epoch {epochs[moment]:.0f}")
    return heat, plane, _course(epochs, share, row, moment), _said(share, row)


def _course(epochs: np.ndarray, share: np.ndarray, row: int, moment: int) -> Curves:
    return Curves(
        _this=(epochs, share[row]), _here=([epochs[moment]], [share[row, moment]]),
        colors={"_this": "ink", "_here": "orange"}, xlabel="epochs", xlim=(0, epochs[-1]), ylim=(0.3, 1.02),
        title="test accuracy of this row",
    )  # fmt: skip


def _said(share: np.ndarray, row: int) -> Note:
    """Where this rate ends, and which rates end within 2 % of the best, as a mean over the last five moments."""
    late = share[:, -5:].mean(axis=1)
    good = np.flatnonzero(late > late.max() - 0.02)
    low, high = (plain(float(RATES[k]), 1) for k in good[[0, -1]])
    return Note(f"This rate ends at {100 * late[row]:.0f} %. Rates from {low} to {high} come near the best.")
