"""The data of the chapter's own training, wines of three grapes; and what is counted on them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.data import train_test_split, wine, z_score

__all__ = ["batches", "difference", "right", "wine_sets"]


@cache
def wine_sets() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Training and test wines: X (N, 13), in z-scores of the training set, and T (N, 3) with a 1 at the grape."""
    table = wine(None)
    train, test = train_test_split(jax.random.key(0), table.X, table.y)
    scale, one_hot = z_score(train[0]), jnp.eye(3)
    return tuple((np.asarray(scale(X)), np.asarray(one_hot[y])) for X, y in (train, test))


def right(logits: np.ndarray, T: np.ndarray) -> float:
    """How many of the examples have their largest logit at the right class, in per cent."""
    return 100 * float((logits.argmax(axis=-1) == T.argmax(axis=-1)).mean())


def batches(size: int, batch: int, steps: int, seed: int = 0) -> Iterator[np.ndarray]:
    """The rows of each step's mini-batch: epochs of ceil(size / batch) steps, each in a new order."""
    draw, per_epoch = np.random.default_rng(seed), -(-size // batch)
    for step in range(steps):
        if step % per_epoch == 0:
            order = draw.permutation(size)
        yield order[step % per_epoch * batch :][:batch]


def difference(ours: Any, theirs: Any) -> str:
    """How far two trees of gradients are apart at most, in words that hold on every computer.

    In units of the largest gradient where that is above 1: float32 has about seven digits, not seven decimals.
    """
    pairs = [(np.asarray(a), np.asarray(c)) for a, c in zip(*map(jax.tree.leaves, (ours, theirs)), strict=True)]
    size = max(1.0, *(float(np.abs(theirs).max()) for _, theirs in pairs))
    largest = max(float(np.abs(ours - theirs).max()) for ours, theirs in pairs) / size
    return "below 1e-6" if largest < 1e-6 else f"{largest:.1g}"
