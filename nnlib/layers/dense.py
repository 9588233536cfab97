"""The fully connected layer: every output reads every input."""

from collections.abc import Callable

import jax.numpy as jnp

from nnlib.given import as_features, check_sizes
from nnlib.initializers import glorot_uniform
from nnlib.module import Array, Module

__all__ = ["Dense", "dense"]


class Dense(Module):
    """A fully connected layer, without its activation.

        Z = X W + b

    Shapes: X (..., D), the input x of a call; W (D, M), b (M,), Z (..., M). Another number of features is a ValueError.
    """

    W: Array
    b: Array

    def __call__(self, x: Array) -> Array:
        return as_features("Dense", x, len(self.W)) @ self.W + self.b  # (..., D) -> (..., M)


def dense(key: Array, n_in: int, n_out: int, init: Callable = glorot_uniform) -> Dense:
    """A dense layer to train, `Dense` with D = n_in and M = n_out: W = init(key, (n_in, n_out)), biases 0.

    n_in, n_out: whole numbers from 1 up, or a ValueError. init: as in `nnlib.initializers`.
    """
    check_sizes("dense", 1, n_in=n_in, n_out=n_out)
    return Dense(init(key, (n_in, n_out)), jnp.zeros(n_out))
