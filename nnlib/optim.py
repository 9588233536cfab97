"""Optimizers: from a gradient to the next step.

    updates, state = optimizer.update(gradients, state, params)
    params = apply_updates(params, updates)               # params + updates

An optimizer is a value, like a model: its hyper-parameters are arrays, so that `adam(0.03)` and `adam(0.1)`
run the same compiled program. `init` and `update` are what optax calls by these names: any of its optimizers
works in `nnlib.train`, and ours work in `optax.chain`.

A learning rate is a number, or a schedule: a function from the number of steps already made to a number. A
schedule that is a Module keeps its own numbers movable; a plain function is compiled in.
"""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from nnlib.module import Array, Module, as_float, as_module, buffer

__all__ = ["SGD", "Adam", "AdamState", "adam", "apply_updates", "sgd"]

Rate = Array | Module


def apply_updates(params: Any, updates: Any) -> Any:
    """The parameters after a step: params + updates, array by array, in the parameters' own types."""
    return jax.tree.map(lambda p, u: (p + u).astype(jnp.result_type(p)), params, updates)


def sgd(learning_rate: float | Array | Callable) -> "SGD":
    """Gradient descent: w <- w - eta g. Stochastic when g comes from a batch."""
    return SGD(_rate(learning_rate))


def adam(learning_rate: float | Array | Callable, b1: float = 0.9, b2: float = 0.999, eps: float = 1e-8) -> "Adam":
    """Adam: steps of about one learning rate for every weight, whatever the size of its gradient.

    b1 and b2, in [0, 1), say how slowly the two running means forget; eps keeps the division finite.
    """
    return Adam(_rate(learning_rate), as_float(b1), as_float(b2), as_float(eps))


class SGD(Module):
    """Gradient descent.

    update = -eta g                  eta the learning rate, g the gradient
    t      <- t + 1                  steps made; t is the whole state
    """

    learning_rate: Rate = buffer()

    def init(self, params: Any) -> Array:
        return jnp.zeros((), jnp.int32)

    def update(self, grads: Any, state: Array, params: Any = None) -> tuple[Any, Array]:
        rate = _rate_at(self.learning_rate, state)
        updates = jax.tree.map(lambda g: -rate * g, grads)
        return updates, state + 1


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

    def update(self, grads: Any, state: AdamState, params: Any = None) -> tuple[Any, AdamState]:
        count = state.count + 1
        mean = _running_mean(state.mean, grads, self.b1)
        square = _running_mean(state.square, jax.tree.map(jnp.square, grads), self.b2)
        unbias_mean, unbias_square = 1 / (1 - self.b1**count), 1 / (1 - self.b2**count)
        rate = _rate_at(self.learning_rate, state.count)
        updates = jax.tree.map(
            lambda G, M: -rate * (G * unbias_mean) / (jnp.sqrt(M * unbias_square) + self.eps), mean, square
        )
        return updates, AdamState(count, mean, square)


def _rate(learning_rate: float | Array | Callable) -> Rate:
    return as_module(learning_rate) if callable(learning_rate) else as_float(learning_rate)


def _rate_at(learning_rate: Rate, count: Array) -> Array:
    """The learning rate of the step after `count` steps."""
    return learning_rate(count) if callable(learning_rate) else learning_rate


def _running_mean(old: Any, new: Any, keep: Array) -> Any:
    """keep old + (1 - keep) new, array by array, in the old one's type."""
    return jax.tree.map(lambda o, n: (keep * o + (1 - keep) * n).astype(o.dtype), old, new)
