"""Twelve networks that differ in nothing but their first weights, side by side."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.layers import Chain, chain
from nnlib.live import Bars, Line, Note, Plane
from nnlib.module import Module, replace

from .sets import FRAME, right, seen
from .tiles import corners, tiled

__all__ = ["GOOD", "TWELVE", "begun_alike", "luck_views"]

GOOD = 0.95  # the share of right answers from which on a network has got it
TWELVE = jax.random.split(jax.random.key(13), 12)
ROWS, COLUMNS = 3, 4


def begun_alike(net: Chain, alike: Any) -> Chain:
    """A network with one hidden layer, in which every hidden unit is a copy of the first, if `alike`."""
    first, f, last = net.layers
    same = jnp.broadcast_to(first.W[:, :1], first.W.shape), jnp.broadcast_to(last.W[:1], last.W.shape)
    first, last = (replace(layer, W=jnp.where(alike, W, layer.W)) for layer, W in zip((first, last), same, strict=True))
    return chain(first, f, last)


def luck_views(models: Module, train: tuple, test: tuple) -> tuple:
    """The boundaries of a stack of twelve networks in one picture, and their test accuracies as bars."""
    share = right(models, *test)
    field, bounds = tiled(_sharper(seen(models).astype(float)), ROWS, COLUMNS)
    places = corners(ROWS, COLUMNS)
    labels = [(x + 0.02, y + 0.9, str(k + 1)) for k, (x, y) in enumerate(places)]
    tiles = Plane(
        field, points=_in_every_tile(train, places), bounds=bounds, contours=(), labels=labels, lines=_rules(),
        title="what each of the twelve says",
    )  # fmt: skip
    bars = Bars(
        [str(k + 1) for k in range(12)], 100 * share, range=(0, 100), digits=0, title="right, of 100 test points",
        colors=["blue" if s > GOOD else "orange" for s in share],
    )  # fmt: skip
    return tiles, bars, _said(share)


def _sharper(said: np.ndarray) -> np.ndarray:
    """The probabilities with four times the logits, so that the boundary shows without a line."""
    odds = np.log(np.clip(said, 1e-6, 1 - 1e-6) / np.clip(1 - said, 1e-6, 1 - 1e-6))
    return 1 / (1 + np.exp(-4 * odds))


def _in_every_tile(train: tuple, places: list) -> tuple:
    """A quarter of the points, in each of the tiles."""
    X, y = (part[1::4] for part in train)
    unit = (X - np.array(FRAME)[::2]) / (FRAME[1] - FRAME[0])
    inside = ((unit > 0) & (unit < 1)).all(axis=1)
    return np.concatenate([unit[inside] + place for place in places]), np.tile(y[inside], len(places))


def _rules() -> list[Line]:
    upright = [Line([1.0, 0.0], -float(x), color="grey") for x in range(1, COLUMNS)]
    return upright + [Line([0.0, 1.0], -float(y), color="grey") for y in range(1, ROWS)]


def _said(share: np.ndarray) -> Note:
    good, low, high = int((share > GOOD).sum()), 100 * share.min(), 100 * share.max()
    return Note(f"{good} of 12 have more than 95 % right. The worst has {low:.0f} %, the best {high:.0f} %.")
