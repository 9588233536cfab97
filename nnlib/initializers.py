"""Initializers: where training starts.

    W = initializer(key, (n_in, n_out))

Each takes a key and the shape of a weight matrix (n_in, n_out), leading axes allowed: with kernels
(k, k, n_in, n_out) each output reads k k n_in numbers, and that product counts.
"""

import math

import jax
import jax.numpy as jnp

from nnlib.module import Array

__all__ = ["glorot_uniform", "he_normal", "normal", "zeros"]


def zeros(key: Array | None, shape: tuple[int, ...]) -> Array:
    """All zeros. Right for biases; with it the units of a layer start equal and stay equal."""
    return jnp.zeros(shape)


def normal(key: Array, shape: tuple[int, ...]) -> Array:
    """Standard normal numbers, variance 1: N(0, 1)."""
    return jax.random.normal(key, shape)


def glorot_uniform(key: Array, shape: tuple[int, ...]) -> Array:
    """Uniform, variance 2 / (n_in + n_out): U(-a, a) with a = sqrt(6 / (n_in + n_out)).

    Source: Glorot and Bengio, 2010.
    """
    n_in, n_out = _fans(shape)
    limit = math.sqrt(6 / (n_in + n_out))
    return jax.random.uniform(key, shape, minval=-limit, maxval=limit)


def he_normal(key: Array, shape: tuple[int, ...]) -> Array:
    """Normal, variance 2 / n_in: N(0, 2 / n_in). For layers that a ReLU follows.

    Source: He, Zhang, Ren and Sun, 2015.
    """
    n_in, _ = _fans(shape)
    return math.sqrt(2 / n_in) * jax.random.normal(key, shape)


def _fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """How many numbers each output reads, and how many outputs each input feeds."""
    if len(shape) < 2 or min(shape) < 1:
        raise ValueError(
            f"expected a shape (..., n_in, n_out) of positive sizes, got {tuple(shape)}; use zeros or normal for others"
        )
    *window, n_in, n_out = shape
    return math.prod(window) * n_in, math.prod(window) * n_out
