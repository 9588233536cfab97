"""Shuffling, and setting examples aside: once for the test, or k times. The key says in which order."""

import jax.numpy as jnp
from jax import random

from nnlib.given import check_sizes
from nnlib.module import Array

__all__ = ["k_fold", "shuffle", "train_test_split"]


def shuffle(key: Array, X: Array, y: Array) -> tuple[Array, Array]:
    """The same examples in random order: X (N, ...), y (N, ...). Another N in y is a ValueError."""
    if len(X) != len(y):
        raise ValueError(f"expected one target for each example, got {len(y)} for {len(X)}; give as many")
    order = random.permutation(key, len(X))
    return X[order], y[order]


def train_test_split(key: Array, X: Array, y: Array, test: float = 0.25) -> tuple[tuple, tuple]:
    """`(X_train, y_train), (X_test, y_test)`: shuffled, then a share set aside for the test.

    X (N, ...), y (N, ...). test: the share of the examples, between 0 and 1; ceil(test N) of them. ValueError: a share
    that would leave one part empty, or another N in y.
    """
    X, y = shuffle(key, X, y)
    n_test = -int(-len(X) * test // 1)
    if not 0 < n_test < len(X):
        raise ValueError(f"expected a share that leaves examples on both sides, got {test} of {len(X)}; such as 0.25")
    return (X[n_test:], y[n_test:]), (X[:n_test], y[:n_test])


def k_fold(key: Array, n: int, k: int = 5) -> list[tuple[Array, Array]]:
    """The rows to train on and the rows held out, k times: `[(train, held_out), ...]`, int32.

    The n examples are put in random order and cut into k parts; each part is held out once, so each example is
    held out exactly once. The sizes of the parts differ by at most one. Both fix the shapes; 2 <= k <= n, or a
    ValueError.
    """
    check_sizes("k_fold", 2, n=n, k=k)
    if k > n:
        raise ValueError(f"k_fold: expected 2 <= k <= n, got k = {k} and n = {n}; choose fewer parts or more examples")
    parts = jnp.array_split(random.permutation(key, n), k)
    return [(jnp.concatenate(parts[:i] + parts[i + 1 :]), part) for i, part in enumerate(parts)]
