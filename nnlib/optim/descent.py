"""Descent along the gradient: plain, with momentum, and with Nesterov's look-ahead.

learning_rate, eta in the formulas: a number from 0 up, or a schedule. a: the momentum, in [0, 1), the share of the
velocity that is kept. Both may be traced. A number out of its range is a ValueError, what is no number a TypeError.
g is a gradient, v the velocity, of its shape, 0 at first.
"""

from typing import Any, ClassVar

import jax

from nnlib.module import Array, as_float, buffer
from nnlib.optim.base import ByArray, Memory, Optimizer, Rate, as_rate, as_typed, rate_at

__all__ = ["SGD", "Momentum", "Nesterov", "momentum", "nesterov", "sgd"]


def sgd(learning_rate: Rate) -> "SGD":
    """Gradient descent: w <- w - eta g, with eta the learning_rate. Stochastic when g comes from a batch."""
    return SGD(as_rate(learning_rate))


def momentum(learning_rate: Rate, a: float = 0.9) -> "Momentum":
    """Momentum: the step is a velocity, of which the share a is kept each time; see `Momentum`."""
    return Momentum(as_rate(learning_rate), as_float(a, "a", 0, 1))


def nesterov(learning_rate: Rate, a: float = 0.9) -> "Nesterov":
    """Nesterov's momentum: the gradient is taken where the velocity alone would lead, at w + a v; see `Nesterov`."""
    return Nesterov(as_rate(learning_rate), as_float(a, "a", 0, 1))


class SGD(Optimizer):
    """Gradient descent: update = -eta g, eta the learning rate, g the gradient. The state is t, the steps made."""

    packs: ClassVar[bool] = True

    learning_rate: Rate = buffer()

    def update(self, grads: Any, state: Array, params: Any = None, **extra: Any) -> tuple[Any, Array]:
        rate = rate_at(self.learning_rate, state)
        return as_typed(jax.tree.map(lambda g: -rate * g, grads), grads), state + 1


class Momentum(ByArray):
    """Gradient descent with a velocity: v <- a v - eta g, update = v. Source: Polyak, 1964."""

    a: Array = buffer()

    def step(self, g: Array, v: Array, eta: Array) -> tuple[Array, Array]:
        v = self.a * v - eta * g
        return v, v


class Nesterov(ByArray):
    """Nesterov's momentum, on the look-ahead point: v <- a v - eta g, update = a v - eta g with the new v.

    The parameters are w + a v, not the textbook's w: g is then simply their gradient, and both end at the same
    place. `position(params, state)` gives w. Source: Nesterov, 1983.
    """

    a: Array = buffer()

    def step(self, g: Array, v: Array, eta: Array) -> tuple[Array, Array]:
        v = self.a * v - eta * g
        return self.a * v - eta * g, v

    def position(self, params: Any, state: Memory) -> Any:
        """The textbook's point, behind the look-ahead: w = params - a v, with v from the state."""
        return as_typed(jax.tree.map(lambda p, v: p - self.a * v, params, state.memory), params)
