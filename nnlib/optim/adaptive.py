"""A step size for every weight, from the size of its own past gradients."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from nnlib.module import Array, Module, as_float, buffer
from nnlib.optim.base import Rate, as_rate, rate_at, running_mean

__all__ = ["Adam", "AdamState", "adam"]


def adam(learning_rate: float | Array | Callable, b1: float = 0.9, b2: float = 0.999, eps: float = 1e-8) -> "Adam":
    """Adam: steps of about one learning rate for every weight, whatever the size of its gradient.

    b1 and b2, in [0, 1), say how slowly the two running means forget; eps keeps the division finite.
    """
    return Adam(as_rate(learning_rate), as_float(b1), as_float(b2), as_float(eps))


class AdamState(Module):
    """What Adam remembers: the steps made, and running means of each gradient and of its square."""

    count: Array = buffer()
    mean: Any = buffer()
    square: Any = buffer()


class Adam(Module):
    """Adam.

        t      <- t + 1
        G      <- b1 G + (1 - b1) g                      running mean of the gradient
        M      <- b2 M + (1 - b2) g^2                    running mean of its square
        update = -eta G^ / (sqrt(M^) + eps)              G^ = G / (1 - b1^t), M^ = M / (1 - b2^t)

    G and M start at 0 and are too small at first; the divisions correct that. Source: Kingma and Ba, 2015.
    """

    learning_rate: Rate = buffer()
    b1: Array = buffer()
    b2: Array = buffer()
    eps: Array = buffer()

    def init(self, params: Any) -> AdamState:
        zeros = jax.tree.map(jnp.zeros_like, params)
        return AdamState(jnp.zeros((), jnp.int32), zeros, zeros)

    def update(self, grads: Any, state: AdamState, params: Any = None, **extra: Any) -> tuple[Any, AdamState]:
        count = state.count + 1
        mean = running_mean(state.mean, grads, self.b1)
        square = running_mean(state.square, jax.tree.map(jnp.square, grads), self.b2)
        unbias_mean, unbias_square = 1 / (1 - self.b1**count), 1 / (1 - self.b2**count)
        rate = rate_at(self.learning_rate, state.count)
        updates = jax.tree.map(
            lambda G, M: -rate * (G * unbias_mean) / (jnp.sqrt(M * unbias_square) + self.eps), mean, square
        )
        return updates, AdamState(count, mean, square)
