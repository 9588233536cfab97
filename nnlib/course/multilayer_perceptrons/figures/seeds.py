"""Twelve networks that differ in nothing but their first weights, side by side."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.layers import Sequential, sequential
from nnlib.live import Bars, Images, Note
from nnlib.module import Array, Module, replace

from .sets import FRAME, GRID, right, seen

__all__ = ["GOOD", "TWELVE", "begun_alike", "seeds_views"]

GOOD = 0.95  # the share of right answers from which on a network has got it
TWELVE = jax.random.split(jax.random.key(13), 12)


def begun_alike(net: Sequential, alike: Any) -> Sequential:
    """A network with one hidden layer, in which every hidden unit is a copy of the first, if `alike`."""
    first, f, last = net.layers
    same = jnp.broadcast_to(first.W[:, :1], first.W.shape), jnp.broadcast_to(last.W[:1], last.W.shape)
    first, last = (replace(layer, W=jnp.where(alike, W, layer.W)) for layer, W in zip((first, last), same, strict=True))
    return sequential(first, f, last)


def seeds_views(models: Module, train: tuple, test: tuple) -> tuple:
    """What each of a stack of twelve networks says of the plane, and their test accuracies as bars."""
    share = right(models, *test)
    tiles = Images(
        seen(models)[:, ::-1], [str(k + 1) for k in range(12)], "classes", columns=4, points=_places(*train),
        says="probability of class 1", title="what each of the twelve says",
    )  # fmt: skip
    bars = Bars(
        [str(k + 1) for k in range(12)], 100 * share, range=(0, 100), digits=0, title="right, of 100 test points",
        colors=["blue" if s > GOOD else "orange" for s in share],
    )  # fmt: skip
    return tiles, bars, _said(share)


def _places(X: Array, y: Array) -> tuple[np.ndarray, np.ndarray]:
    """A quarter of the points, as places on a picture of GRID by GRID pixels, whose row 0 is at the top."""
    left, right, bottom, top = FRAME
    x1, x2 = X[1::4].T
    return GRID * np.stack([(x1 - left) / (right - left), (top - x2) / (top - bottom)], axis=-1), y[1::4]


def _said(share: np.ndarray) -> Note:
    good, low, high = int((share > GOOD).sum()), 100 * share.min(), 100 * share.max()
    return Note(f"{good} of 12 have more than 95 % right. The worst has {low:.0f} %, the best {high:.0f} %.")
