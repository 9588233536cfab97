"""Networks by hand, in NumPy: the two passes as the chapter writes them, activations with their slopes, and the data.

A network is two dictionaries by layer, as in the text: W[l] (M_(l-1), M_l) and b[l] (M_l,), from l = 1.  The last layer
is linear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.data import train_test_split, wine, z_score

__all__ = [
    "KINDS", "Layers", "backward", "batches", "cross_entropy", "difference", "forward", "network", "right", "softmax",
    "wines",
]  # fmt: skip

Layers = dict[int, np.ndarray]


def forward(W, b, X, f):
    """Every Z and A, from the first layer to the last."""
    Z, A, L = {}, {0: X}, len(W)
    for l in range(1, L + 1):
        Z[l] = A[l - 1] @ W[l] + b[l]  # (N, M_l)
        A[l] = f(Z[l]) if l < L else Z[l]  # (N, M_l)
    return Z, A


def backward(W, Z, A, delta_L, slope):
    """Every dL/dW, dL/db and delta, from the last layer to the first."""
    L = len(W)
    delta = {L: delta_L}
    for l in range(L - 1, 0, -1):
        delta[l] = (delta[l + 1] @ W[l + 1].T) * slope(Z[l])  # (N, M_l)
    dW = {l: A[l - 1].T @ delta[l] for l in delta}  # (M_(l-1), M_l)
    db = {l: delta[l].sum(axis=0) for l in delta}  # (M_l,)
    return dW, db, delta


def _sigmoid(z):
    return (1 + np.tanh(z / 2)) / 2  # 1 / (1 + exp(-z)), in which nothing can become too large


KINDS: dict[str, tuple[Callable, Callable]] = {  # name: f, f'
    "sigmoid": (_sigmoid, lambda z: _sigmoid(z) * (1 - _sigmoid(z))),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(z.dtype)),
    "identity": (lambda z: z, np.ones_like),
}


def softmax(Z: np.ndarray) -> np.ndarray:
    """Shares that sum to 1 in each row; the largest logit is taken away first, so that nothing becomes too large."""
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


def cross_entropy(logits: np.ndarray, T: np.ndarray) -> float:
    """The mean of -log p at the right class, from logits; T (N, M) has a 1 there."""
    over = logits - logits.max(axis=-1, keepdims=True)
    return float((np.log(np.exp(over).sum(axis=-1)) - (over * T).sum(axis=-1)).mean())


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


def network(seed: int, *widths: int) -> tuple[Layers, Layers]:
    """W and b of a network with these widths: normal weights of variance 1 / n_in, biases 0; float32."""
    draw = np.random.default_rng(seed)
    pairs = list(enumerate(pairwise(widths), 1))
    W = {l: draw.normal(0, n_in**-0.5, (n_in, n_out)).astype(np.float32) for l, (n_in, n_out) in pairs}
    return W, {l: np.zeros(n_out, np.float32) for l, (_, n_out) in pairs}


def difference(ours: Any, theirs: Any) -> str:
    """How far two trees of gradients are apart at most, in words that hold on every computer.

    In units of the largest gradient where that is above 1: float32 has about seven digits, not seven decimals.
    """
    pairs = [(np.asarray(a), np.asarray(c)) for a, c in zip(*map(jax.tree.leaves, (ours, theirs)), strict=True)]
    size = max(1.0, *(float(np.abs(theirs).max()) for _, theirs in pairs))
    largest = max(float(np.abs(ours - theirs).max()) for ours, theirs in pairs) / size
    return "below 1e-6" if largest < 1e-6 else f"{largest:.1g}"


@cache
def wines() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Training and test wines: X (N, 13), in z-scores of the training set, and T (N, 3) with a 1 at the grape."""
    table = wine(None)
    train, test = train_test_split(jax.random.key(0), table.X, table.y)
    scale, one_hot = z_score(train[0]), jnp.eye(3)
    return tuple((np.asarray(scale(X)), np.asarray(one_hot[y])) for X, y in (train, test))
