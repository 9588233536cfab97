"""Descent along the gradient: plain, with momentum, and with Nesterov's look-ahead."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from nnlib.module import Array, Module, buffer
from nnlib.optim.base import Rate, as_rate, rate_at

__all__ = ["SGD", "sgd"]


def sgd(learning_rate: float | Array | Callable) -> "SGD":
    """Gradient descent: w <- w - eta g. Stochastic when g comes from a batch."""
    return SGD(as_rate(learning_rate))


class SGD(Module):
    """Gradient descent.

    update = -eta g                  eta the learning rate, g the gradient
    t      <- t + 1                  steps made; t is the whole state
    """

    learning_rate: Rate = buffer()

    def init(self, params: Any) -> Array:
        return jnp.zeros((), jnp.int32)

    def update(self, grads: Any, state: Array, params: Any = None, **extra: Any) -> tuple[Any, Array]:
        rate = rate_at(self.learning_rate, state)
        return jax.tree.map(lambda g: -rate * g, grads), state + 1
