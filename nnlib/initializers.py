"""Initializers: where training starts.

    W = initializer(key, (n_in, n_out))

Each takes a key and the shape of a weight matrix (n_in, n_out), leading axes allowed: with kernels
(k, k, n_in, n_out) each output reads k k n_in numbers, and that product counts. What looks at n_in and n_out
(lecun, glorot, he, orthogonal) needs a shape of two sizes or more, each from 1 up: a ValueError otherwise.
"""

import math
from collections.abc import Callable

import jax
import jax.numpy as jnp

from nnlib.module import Array, as_float

__all__ = [
    "constant", "glorot_normal", "glorot_uniform", "he_normal", "he_uniform", "lecun_normal", "normal", "orthogonal",
    "uniform", "zeros",
]  # fmt: skip


def zeros(key: Array | None, shape: tuple[int, ...]) -> Array:
    """All zeros, whatever the key. Right for biases; with it the units of a layer start equal and stay equal."""
    return jnp.zeros(shape)


def constant(value: float) -> Callable:
    """An initializer that gives the same value everywhere: dense(key, 3, 2, constant(0.1)). No number: a TypeError."""
    value = as_float(value)
    return lambda key, shape: jnp.full(shape, value)


def normal(key: Array, shape: tuple[int, ...]) -> Array:
    """Standard normal numbers, variance 1: N(0, 1)."""
    return jax.random.normal(key, shape)


def uniform(key: Array, shape: tuple[int, ...]) -> Array:
    """Uniform between -1 and 1, variance 1/3: U(-1, 1)."""
    return jax.random.uniform(key, shape, minval=-1.0, maxval=1.0)


def lecun_normal(key: Array, shape: tuple[int, ...]) -> Array:
    """Normal, variance 1 / n_in: N(0, 1 / n_in). Source: LeCun, Bottou, Orr and Mueller, 1998."""
    return math.sqrt(1 / _fans(shape)[0]) * normal(key, shape)


def glorot_normal(key: Array, shape: tuple[int, ...]) -> Array:
    """Normal, variance 2 / (n_in + n_out). Source: Glorot and Bengio, 2010."""
    return math.sqrt(2 / sum(_fans(shape))) * normal(key, shape)


def glorot_uniform(key: Array, shape: tuple[int, ...]) -> Array:
    """Uniform, the same variance: U(-a, a) with a = sqrt(6 / (n_in + n_out)). Source: Glorot and Bengio, 2010."""
    limit = math.sqrt(6 / sum(_fans(shape)))
    return jax.random.uniform(key, shape, minval=-limit, maxval=limit)


def he_normal(key: Array, shape: tuple[int, ...]) -> Array:
    """Normal, variance 2 / n_in: N(0, 2 / n_in). For layers that a ReLU follows. Source: He and others, 2015."""
    return math.sqrt(2 / _fans(shape)[0]) * normal(key, shape)


def he_uniform(key: Array, shape: tuple[int, ...]) -> Array:
    """Uniform, the same variance: U(-a, a) with a = sqrt(6 / n_in). For layers that a ReLU follows."""
    return math.sqrt(6 / _fans(shape)[0]) * uniform(key, shape)


def orthogonal(key: Array, shape: tuple[int, ...]) -> Array:
    """A random rotation: W^T W = I where n_in >= n_out, else W W^T = I, for each matrix of the leading axes.

    Q of a normal matrix's Q R, with the signs of R's diagonal, without which not all rotations were equally
    likely. Source: Saxe, McClelland and Ganguli, 2014.
    """
    _fans(shape)
    *lead, n_in, n_out = shape
    Q, R = jnp.linalg.qr(normal(key, (*lead, max(n_in, n_out), min(n_in, n_out))))
    Q = Q * jnp.where(jnp.diagonal(R, axis1=-2, axis2=-1) < 0, -1, 1)[..., None, :]
    return Q if n_in >= n_out else jnp.swapaxes(Q, -1, -2)


def _fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """How many numbers each output reads, and how many outputs each input feeds."""
    if len(shape) < 2 or min(shape) < 1:
        raise ValueError(f"expected a shape (..., n_in, n_out), sizes from 1, got {tuple(shape)}; use zeros or normal")
    *window, n_in, n_out = shape
    return math.prod(window) * n_in, math.prod(window) * n_out
