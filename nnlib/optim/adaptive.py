"""A step size for every weight, from the size of its own gradients so far.

learning_rate, eta in the formulas: a number from 0 up, or a schedule. eps: from 0 up, in the unit of a gradient; it
keeps the division finite where there was no gradient yet. All numbers may be traced. One that is out of its range is a
ValueError, what is no number a TypeError. g is a gradient, M a memory of its shape that starts at 0.
"""

from typing import Any, ClassVar

import jax
import jax.numpy as jnp

from nnlib.module import Array, Module, as_float, buffer
from nnlib.optim.base import ByArray, Optimizer, Rate, as_rate, as_typed, rate_at
from nnlib.optim.transforms import Chained, chain, decoupled_decay

__all__ = ["AdaGrad", "Adam", "AdamState", "RMSProp", "adagrad", "adam", "adamw", "rmsprop"]


def adagrad(learning_rate: Rate, eps: float = 1e-8) -> "AdaGrad":
    """AdaGrad: steps that shrink with all the gradients a weight has had; see `AdaGrad`."""
    return AdaGrad(as_rate(learning_rate), as_float(eps, "eps", 0))


def rmsprop(learning_rate: Rate, b: float = 0.9, eps: float = 1e-8) -> "RMSProp":
    """RMSProp: AdaGrad with a memory that fades, the faster the nearer b, in [0, 1), is to 0; see `RMSProp`."""
    return RMSProp(as_rate(learning_rate), as_float(b, "b", 0, 1), as_float(eps, "eps", 0))


def adam(learning_rate: Rate, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8) -> "Adam":
    """Adam: steps of about one learning_rate, whatever the gradient's size; see `Adam`.

    beta1, beta2: in [0, 1), how slowly it forgets gradients and their squares.
    """
    return Adam(
        as_rate(learning_rate), as_float(beta1, "beta1", 0, 1), as_float(beta2, "beta2", 0, 1), as_float(eps, "eps", 0)
    )


def adamw(
    learning_rate: Rate, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8, weight_decay: float = 0.01
) -> Chained:
    """Adam and weight decay beside it: update = -eta (Adam's step + weight_decay w). (Loshchilov, Hutter, 2019)

    beta1, beta2, eps: as for `adam`. weight_decay: from 0 up, the share of w that a step of rate 1 would take away.
    """
    return chain(adam(learning_rate, beta1, beta2, eps), decoupled_decay(weight_decay, learning_rate))


class AdaGrad(ByArray):
    """AdaGrad: M <- M + g^2, update = -eta g / (sqrt(M) + eps): M only grows. (Duchi, Hazan and Singer, 2011)"""

    eps: Array = buffer()

    def step(self, g: Array, M: Array, eta: Array) -> tuple[Array, Array]:
        M = M + g**2
        return -eta * g / (jnp.sqrt(M) + self.eps), M


class RMSProp(ByArray):
    """RMSProp: M <- b M + (1 - b) g^2, update = -eta g / (sqrt(M) + eps). Source: Tieleman and Hinton, 2012."""

    b: Array = buffer()
    eps: Array = buffer()

    def step(self, g: Array, M: Array, eta: Array) -> tuple[Array, Array]:
        M = self.b * M + (1 - self.b) * g**2
        return -eta * g / (jnp.sqrt(M) + self.eps), M


class AdamState(Module):
    """What Adam remembers: the steps made, and running means of each gradient and of its square."""

    count: Array = buffer()  # t, int32
    mean: Any = buffer()  # G, as the parameters
    square: Any = buffer()  # M, as the parameters


class Adam(Optimizer):
    """Adam, with an `AdamState`.

        t      <- t + 1
        G      <- beta1 G + (1 - beta1) g                running mean of the gradient
        M      <- beta2 M + (1 - beta2) g^2              running mean of its square
        update = -eta G^ / (sqrt(M^) + eps)              G^ = G / (1 - beta1^t), M^ = M / (1 - beta2^t)

    G and M start at 0 and are too small at first; the divisions correct that. Source: Kingma and Ba, 2015.
    """

    packs: ClassVar[bool] = True

    learning_rate: Rate = buffer()
    beta1: Array = buffer()
    beta2: Array = buffer()
    eps: Array = buffer()

    def init(self, params: Any) -> AdamState:
        zeros = jax.tree.map(jnp.zeros_like, params)
        return AdamState(jnp.zeros((), jnp.int32), zeros, zeros)

    def update(self, grads: Any, state: AdamState, params: Any = None, **extra: Any) -> tuple[Any, AdamState]:
        t = state.count + 1
        mean = jax.tree.map(lambda G, g: self.beta1 * G + (1 - self.beta1) * g, state.mean, grads)
        square = jax.tree.map(lambda M, g: self.beta2 * M + (1 - self.beta2) * g**2, state.square, grads)
        mean, square = as_typed(mean, state.mean), as_typed(square, state.square)
        unbias_mean, unbias_square = 1 / (1 - self.beta1**t), 1 / (1 - self.beta2**t)
        rate = rate_at(self.learning_rate, state.count)
        updates = jax.tree.map(
            lambda G, M: -rate * (G * unbias_mean) / (jnp.sqrt(M * unbias_square) + self.eps), mean, square
        )
        return as_typed(updates, grads), AdamState(t, mean, square)
