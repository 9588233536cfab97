"""Hidden units that measure a distance, beside as many that say on which side."""

from __future__ import annotations

import jax
import numpy as np

from nnlib.live import Curves, Note, Path, Plane
from nnlib.live.inputs import Handle
from nnlib.module import Module

from .sets import seen

__all__ = ["WIDE", "answers", "centres", "radial_views"]

FAR = 4.0  # half of the picture's side: the data end before 2
WIDE = (-FAR, FAR, -FAR, FAR)
SURE = (0.2, 0.8)  # where a network is sure of blue, or of orange
TURN = np.linspace(0, 2 * np.pi, 41)
CIRCLE = np.stack([np.cos(TURN), np.sin(TURN)], axis=1)


def centres(train: tuple, n: int, *moved: Handle) -> np.ndarray:
    """n places (n, 2): the handles', then points of both classes, evenly spread over the training set."""
    rows = np.linspace(0, len(train[0]) - 1, n - len(moved)).round().astype(int)
    return np.stack([handle.xy for handle in moved] + list(train[0][rows])).astype(np.float32)


_wide = jax.jit(lambda *models: [seen(model, FAR) for model in models])


def radial_views(near: Module, side: Module, train: tuple, test: tuple, moved: tuple, here: Handle) -> tuple:
    """Both answers on a part of the plane that reaches far beyond the data, and along a ray from the middle outward.

    near: the radial network, with `centres` and `s`.  side: the perceptrons.  here: the ray's direction and a place.
    """
    fields = [np.asarray(field) for field in _wide(near, side)]
    rings = [Path(centre + float(near.s) * CIRCLE, thin=True) for centre in np.asarray(near.centres)]
    frame = {"points": train, "bounds": WIDE, "contours": SURE}
    first = Plane(fields[0], paths=rings, handles=[*moved, here], title="distance: radial units", **frame)
    second = Plane(fields[1], handles=[here], title="side: perceptrons", **frame)
    return first, second, _ray(near, side, here), _said(near, side, test, here)


_logits = jax.jit(lambda near, side, x: (near(x)[:, 0], side(x)[:, 0]))


def answers(near: Module, side: Module, x: np.ndarray) -> list[np.ndarray]:
    """What both say of x (N, 2): the probability of orange."""
    return [1 / (1 + np.exp(-np.clip(np.asarray(z, float), -60, 60))) for z in _logits(near, side, x)]


def _ray(near: Module, side: Module, here: Handle) -> Curves:
    away = np.linspace(0, 8, 81, dtype=np.float32)
    length = max(float(np.hypot(*here.xy)), 1e-6)
    radial, perceptrons = answers(near, side, away[:, None] * here.xy / length)
    return Curves(
        radial=(away, radial), perceptrons=(away, perceptrons), colors={"radial": "teal", "perceptrons": "purple"},
        xlabel="distance from the middle", xlim=(0, 8), ylim=(-0.02, 1.02), title="answer on the way to the ring",
    )  # fmt: skip


def _said(near: Module, side: Module, test: tuple, here: Handle) -> Note:
    """Both answers at the lone ring, and both test accuracies."""
    X, y = test
    x = np.concatenate([[here.xy], X])
    both = dict(zip(("radial", "perceptrons"), answers(near, side, x), strict=True))
    said = (
        f"{name} {p[0]:.2f} ({np.mean((p[1:] >= 0.5) == y):.0%} of the test points right)" for name, p in both.items()
    )
    return Note(f"At the lone ring: {', '.join(said)}.".replace("%", " %"))
