"""The fully connected layer: every output reads every input."""

from collections.abc import Callable

import jax.numpy as jnp

from nnlib.initializers import glorot_uniform
from nnlib.module import Array, Module, check_features, check_sizes

__all__ = ["Dense", "dense"]


class Dense(Module):
    """A fully connected layer, without its activation.

        Z = X W + b

    Shapes: X (..., D), W (D, M), b (M,), Z (..., M).
    """

    W: Array
    b: Array

    def __call__(self, x: Array) -> Array:
        check_features("Dense", x, len(self.W))
        return jnp.asarray(x) @ self.W + self.b  # (..., D) -> (..., M)


def dense(key: Array, n_in: int, n_out: int, init: Callable = glorot_uniform) -> Dense:
    """A dense layer to train: weights from the initializer, biases 0."""
    check_sizes("dense", 1, n_in=n_in, n_out=n_out)
    return Dense(init(key, (n_in, n_out)), jnp.zeros(n_out))
