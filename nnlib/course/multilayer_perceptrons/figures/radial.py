"""Hidden units that measure a distance, beside as many that say on which side."""

from __future__ import annotations

import jax
import numpy as np

from nnlib.live import Curves, Note, Path, Plane
from nnlib.live.controls import Handle
from nnlib.module import Module

from .sets import GRID, square

__all__ = ["answers", "centres", "radial_views"]

FAR = 4.0  # half of the picture's side: the data end before 2
WIDE = (-FAR, FAR, -FAR, FAR)
SURE = (0.2, 0.8)  # where a network is sure of blue, or of orange
AWAY = np.linspace(0, 8, 81, dtype=np.float32)  # places along the ray
NAMES = ("radial", "perceptrons")
TURN = np.linspace(0, 2 * np.pi, 41)
CIRCLE = np.stack([np.cos(TURN), np.sin(TURN)], axis=1)


def centres(train: tuple, n: int, *moved: Handle) -> np.ndarray:
    """n places (n, 2): the handles', then points of both classes, evenly spread over the training set."""
    rows = np.linspace(0, len(train[0]) - 1, n - len(moved)).round().astype(int)
    return np.stack([handle.xy for handle in moved] + list(train[0][rows])).astype(np.float32)


_logits = jax.jit(lambda model, x: model(x)[:, 0])


def answers(near: Module, side: Module, x: np.ndarray) -> list[np.ndarray]:
    """What both say of x (N, 2): the probability of orange, (N,) each."""
    z = _logits(near, x), _logits(side, x)
    return [1 / (1 + np.exp(-np.clip(np.asarray(each, float), -60, 60))) for each in z]


def radial_views(near: Module, side: Module, train: tuple, test: tuple, moved: tuple, here: Handle) -> tuple:
    """Both answers on a part of the plane that reaches far beyond the data, and along a ray from the middle outward.

    near: the radial network, with `centres` and `s`.  side: the perceptrons.  here: the ray's direction and a place.
    """
    ray = AWAY[:, None] * here.xy / max(float(np.hypot(*here.xy)), 1e-6)
    x = np.concatenate([square(FAR), ray, [here.xy], test[0]])  # all at once: one program
    parts = [np.split(p, np.cumsum([GRID * GRID, len(AWAY), 1])) for p in answers(near, side, x)]
    rings = [Path(centre + float(near.s) * CIRCLE, thin=True) for centre in np.asarray(near.centres)]
    frame = {"points": train, "bounds": WIDE, "contours": SURE}
    fields = [field.reshape(GRID, GRID) for field, *_ in parts]
    first = Plane(fields[0], paths=rings, handles=[*moved, here], title="distance: radial units", **frame)
    second = Plane(fields[1], handles=[here], title="side: perceptrons", **frame)
    return first, second, _ray(*(on_ray for _, on_ray, *_ in parts)), _said(parts, test[1])


def _ray(radial: np.ndarray, perceptrons: np.ndarray) -> Curves:
    return Curves(
        radial=(AWAY, radial), perceptrons=(AWAY, perceptrons), colors={"radial": "teal", "perceptrons": "purple"},
        xlabel="distance", xlim=(0, 8), ylim=(-0.02, 1.02), title="answer on the way to the ring",
    )  # fmt: skip


def _said(parts: list, y: np.ndarray) -> Note:
    """Both answers at the lone ring, and both test accuracies."""
    at = (f"{name} {here[0]:.2f}" for name, (_, _, here, _) in zip(NAMES, parts, strict=True))
    right = (f"{100 * np.mean((tested >= 0.5) == y):.0f} %" for *_, tested in parts)
    return Note(f"At the lone ring: {', '.join(at)}. Test points right: {' and '.join(right)}.")
