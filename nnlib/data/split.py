"""Shuffling, and setting examples aside for the test."""

from jax import random

from nnlib.module import Array

__all__ = ["shuffle", "train_test_split"]


def shuffle(key: Array, X: Array, y: Array) -> tuple[Array, Array]:
    """The same examples in random order: X (N, ...), y (N, ...)."""
    if len(X) != len(y):
        raise ValueError(f"expected one target for each example, got {len(y)} for {len(X)}; give as many")
    order = random.permutation(key, len(X))
    return X[order], y[order]


def train_test_split(key: Array, X: Array, y: Array, test: float = 0.25) -> tuple[tuple, tuple]:
    """`(X_train, y_train), (X_test, y_test)`: shuffled, then a share set aside for the test.

    test: the share of the examples, between 0 and 1; ceil(test N) of them, and neither part is ever empty.
    """
    X, y = shuffle(key, X, y)
    n_test = -int(-len(X) * test // 1)
    if not 0 < n_test < len(X):
        raise ValueError(
            f"expected a share that leaves examples on both sides, got {test} of {len(X)}; for instance 0.25"
        )
    return (X[n_test:], y[n_test:]), (X[:n_test], y[:n_test])
