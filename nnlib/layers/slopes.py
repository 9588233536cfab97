"""Activations that are layers: a left slope that is learned, or drawn at random while training."""

import jax.numpy as jnp

from nnlib.activations import prelu, rrelu
from nnlib.given import as_features, check_sizes
from nnlib.module import Array, Module, as_float, buffer

__all__ = ["PReLU", "RReLU", "prelu_layer", "rrelu_layer"]


class PReLU(Module):
    """Parametric ReLU: f(z) = max(0, z) + a min(0, z) with a trained: a () for all features, or (C,) for z (..., C).

    Another number of features is then a ValueError.
    """

    a: Array

    def __call__(self, z: Array) -> Array:
        return prelu(as_features("PReLU", z, len(self.a)) if self.a.ndim else z, self.a)


class RReLU(Module):
    """Randomised ReLU: f(z) = max(0, z) + a min(0, z), to train with a from U(low, high), drawn for each number.

    To predict, a is the mean of low and high. z: any shape. Training without a key is a ValueError.
    """

    low: Array = buffer()
    high: Array = buffer()

    def __call__(self, z: Array) -> Array:
        return rrelu(z, None, self.low, self.high)

    def train_call(self, z: Array, key: Array | None) -> tuple[Array, "RReLU"]:
        if key is None:
            raise ValueError("RReLU: expected a key to draw slopes with, got None; give one: fit(..., key=key)")
        return rrelu(z, key, self.low, self.high), self


def prelu_layer(n: int | None = None, a: float = 0.25) -> PReLU:
    """A learned slope, at first a: one for all features, or one for each of n. a: a number, or it is a TypeError.

    n: None, or a whole number from 1 up, or it is a ValueError.
    """
    if n is not None:
        check_sizes("prelu_layer", 1, n=n)
    return PReLU(as_float(a) if n is None else jnp.full(n, as_float(a)))


def rrelu_layer(low: float = 1 / 8, high: float = 1 / 3) -> RReLU:
    """Slopes at random from low to high, which may be traced; what is no number is a TypeError."""
    return RReLU(as_float(low), as_float(high))
