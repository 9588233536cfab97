"""Sixty-four learning rates at once: accuracy by epoch for all of them, one of them picked."""

from __future__ import annotations

import jax
import numpy as np

from nnlib.live import Cell, Curves, HeatMap, Note, Plane
from nnlib.live.numbers import plain
from nnlib.module import Module
from nnlib.probe import boundary

from .sets import FRAME, GRID

__all__ = ["RATES", "learning_rate_views"]

RATES = (10 ** (np.arange(64) / 12 - 3)).astype(np.float32)  # twelve to every power of ten
EVERY = 5  # epochs between two moments: an odd number, so that a leap to and fro shows
PALE = 0.87  # the accuracy that is drawn white: about what a straight line reaches on the moons


def learning_rate_views(films: Module, share: np.ndarray, train: tuple, at: Cell) -> tuple:
    """All of them as a map, what the network that is pointed at says, and the course of its training.

    films: a model for each rate and moment, (64, T, ...).  share: their test accuracy, (64, T).
    at: the rate, and the moment.
    """
    share = np.asarray(share, float)
    epochs = EVERY * np.arange(share.shape[1])
    heat = HeatMap(
        share, rows=RATES, columns=epochs, range=(PALE - 0.13, PALE + 0.13), middle=PALE, origin="bottom", aspect=1.0,
        cell=at, guide="row", xlabel="epochs", ylabel="η", quantity="accuracy", title="accuracy, a row for each rate",
    )  # fmt: skip
    said = np.nan_to_num(boundary(jax.tree.map(lambda leaf: leaf[at.place], films), FRAME, GRID), nan=0.5)
    plane = Plane(said, train, bounds=FRAME, title=f"η = {plain(float(RATES[at.row]), 2)}, epoch {epochs[at.column]}")
    return heat, plane, _course(epochs, share, at), _said(share, at.row)


def _course(epochs: np.ndarray, share: np.ndarray, at: Cell) -> Curves:
    return Curves(
        _this=(epochs, share[at.row]), _here=([epochs[at.column]], [share[at.place]]),
        colors={"_this": "ink", "_here": "orange"}, xlabel="epochs", xlim=(0, epochs[-1]), ylim=(0.3, 1.02),
        title="test accuracy of this row",
    )  # fmt: skip


def _said(share: np.ndarray, row: int) -> Note:
    """Where this rate ends, and which rates end within 2 % of the best, as a mean over the last five moments."""
    late = share[:, -5:].mean(axis=1)
    good = np.flatnonzero(late > late.max() - 0.02)
    low, high = (plain(float(RATES[k]), 1) for k in good[[0, -1]])
    return Note(f"This rate ends at {100 * late[row]:.0f} %. Rates from {low} to {high} come near the best.")
