"""Batches: where one step would lead, by many samples of the gradient, and how noisy it is."""

from __future__ import annotations

import numpy as np

from nnlib.course.common.surfaces import NOTHING
from nnlib.live import Arrow, Curves, Note
from nnlib.live.controls import Handle, Slider
from nnlib.live.numbers import plain

from .regression import FAR, error, error_plane, gradient, grown, least_squares, petals

__all__ = ["SIZES", "batch_views", "noise_law", "spread"]

SIZES = Slider(stops=(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 150), start=8, label="batch size")
EPOCHS = 5
LOUD = (0.02, 5)  # the ends of the noise's axis: from any start on the picture


def noise_law(X: np.ndarray, d: np.ndarray, w: np.ndarray, size: float | np.ndarray) -> np.ndarray:
    """The standard deviation of a batch's gradient: sqrt((N - B) / (B (N - 1))) sigma.

    B different examples out of N; sigma: that of one example's gradient, over both of its components.
    """
    each = (X @ w - d)[:, None] * X  # (N, 2)
    sigma = np.sqrt(each.var(0).sum())
    return np.sqrt((len(X) - size) / (size * (len(X) - 1))) * sigma


def spread(sampled: np.ndarray, truth: np.ndarray) -> float:
    """The root of the mean square distance of gradients (S, 2) from the true one (2,)."""
    return float(np.sqrt(np.mean(np.linalg.norm(sampled - truth, axis=1) ** 2)))


def batch_views(start: Handle, size: int, rate: float, sampled: np.ndarray, path: np.ndarray) -> tuple:
    """Where one step would lead, 200 times; the training from there; noise against size; the error by epochs."""
    X, d = petals()
    w = np.array([start.x, start.y])
    truth = gradient(X, d, w)
    ends = np.vstack([w - rate * sampled, w - rate * truth])  # (201, 2): squares, and last a circle
    marks = {"arrows": [Arrow(w, ends[-1], color="orange")], "handles": [start], "ring": [len(sampled)]}
    points = ends, [0] * len(sampled) + [1]
    one = error_plane("one step from the ring, drawn 200 times", "standardised", points=points, **marks)
    many = error_plane(f"{EPOCHS} epochs", "standardised", paths=[grown(path)], handles=[start])
    return (one, _noise(w, size, sampled)), (many, _losses(path)), _told(size, w, sampled, path)


def _noise(w: np.ndarray, size: int, sampled: np.ndarray) -> Curves:
    X, d = petals()
    sizes = np.concatenate([np.geomspace(1, 100, 40), 150 - np.geomspace(49, 1, 40)])
    here = max(spread(sampled, gradient(X, d, w)), LOUD[0])
    law = noise_law(X, d, w, sizes)
    return Curves(
        law=(sizes, np.maximum(law, 1e-4)), _here=([size], [here]), thin=("law",), colors={"_here": "blue"}, tall=True,
        title="noise of the gradient", xlabel="batch size", log=True, logx=True, xlim=(1, 150), ylim=LOUD,
    )  # fmt: skip


def _losses(path: np.ndarray) -> Curves:
    X, d = petals()
    above = error(X, d, path) - error(X, d, least_squares(X, d))
    epochs = np.linspace(0, EPOCHS, len(path))
    return Curves(
        error=(epochs, np.clip(above, NOTHING, 1e3)), colors={"error": "orange"}, cursor=True, log=True, tall=True,
        title="error above the smallest", xlabel="epochs", xlim=(0, EPOCHS), ylim=(1e-6, 10),
    )  # fmt: skip


def _told(size: int, w: np.ndarray, sampled: np.ndarray, path: np.ndarray) -> Note:
    X, d = petals()
    noise, law = (value if value > 1e-9 else 0.0 for value in
                  (spread(sampled, gradient(X, d, w)), float(noise_law(X, d, w, size))))  # fmt: skip
    steps = (len(path) - 1) // EPOCHS
    said = f"{steps} step{'s' * (steps > 1)} an epoch. Noise {plain(noise, 2)}, by the law {plain(law, 2)}."
    far = np.abs(path).max(axis=1) >= FAR
    if not far.any():
        return Note(said)
    return Note(f"{said} Diverges, far outside at step {int(np.argmax(far))}: take a smaller rate.", tone="bad")
