"""The fully connected layer: every output reads every input."""

from collections.abc import Callable

import jax.numpy as jnp

from nnlib.initializers import glorot_uniform
from nnlib.module import Array, Module

__all__ = ["Dense", "dense"]


class Dense(Module):
    """A fully connected layer, without its activation.

        Z = X W + b

    Shapes: X (..., D), W (D, M), b (M,), Z (..., M).
    """

    W: Array
    b: Array

    def __call__(self, x: Array) -> Array:
        x = jnp.asarray(x)
        if x.shape[-1:] != self.W.shape[:1]:
            raise ValueError(
                f"Dense: expected inputs of shape (..., {self.W.shape[0]}), got {x.shape}; features go last, "
                "and W is (inputs, outputs)"
            )
        return x @ self.W + self.b  # (..., D) -> (..., M)


def dense(key: Array, n_in: int, n_out: int, init: Callable = glorot_uniform) -> Dense:
    """A dense layer to train: weights from the initializer, biases 0."""
    if min(n_in, n_out) < 1:
        raise ValueError(f"expected at least one input and one output, got {n_in} and {n_out}; widths start at 1")
    return Dense(init(key, (n_in, n_out)), jnp.zeros(n_out))
