"""Activations: what a unit does with its input z, element by element; the two softmaxes alone mix their inputs.

z is an array of any shape, or a number, without a unit, and every function keeps its shape. Slopes and other numbers
(a, alpha, beta, low, high) may be traced; out of range none is refused. Where a function or its derivative has no value
at z = 0, the docstring says which one is chosen.
"""

import jax
import jax.numpy as jnp

from nnlib.module import Array

__all__ = [
    "absolute", "elu", "identity", "leaky_relu", "log_softmax", "prelu", "relu", "rrelu", "sigmoid", "sign", "softmax",
    "softplus", "step", "swish", "tanh",
]  # fmt: skip


def identity(z: Array) -> Array:
    """The input itself: f(z) = z, f'(z) = 1."""
    return jnp.asarray(z)


def step(z: Array) -> Array:
    """The threshold: 1 where z >= 0, at 0 by convention, else 0; f' = 0, at 0 too, so no gradient comes through.

    A NaN stays one.
    """
    z = jnp.asarray(z)
    return jnp.where(jnp.isnan(z), z, jnp.where(z >= 0, jnp.ones_like(z), jnp.zeros_like(z)))


def sign(z: Array) -> Array:
    """The threshold with two signs: +1 where z >= 0, else -1; 2 step(z) - 1.

    At z = 0 it is +1 by convention, as the machine must answer one or the other; `jnp.sign` answers 0. f' = 0.
    """
    return 2 * step(z) - 1


def sigmoid(z: Array) -> Array:
    """A soft step between 0 and 1: f(z) = 1 / (1 + exp(-z)), f' = f (1 - f), at most 1/4."""
    z = jnp.asarray(z)
    return jax.nn.sigmoid(z.astype(jnp.result_type(z, float)))


def tanh(z: Array) -> Array:
    """A soft sign between -1 and 1: f(z) = 2 sigmoid(2z) - 1, f' = 1 - f^2, at most 1."""
    return jnp.tanh(jnp.asarray(z))


def relu(z: Array) -> Array:
    """The positive part: f(z) = max(0, z); f' is 1 for z > 0, else 0, at z = 0 by convention."""
    return jax.nn.relu(jnp.asarray(z))


def leaky_relu(z: Array, a: float = 0.01) -> Array:
    """ReLU with a small slope a on the left: f(z) = max(0, z) + a min(0, z). Source: Maas, Hannun and Ng, 2013."""
    return prelu(z, a)


def prelu(z: Array, a: float | Array) -> Array:
    """ReLU with slope a on the left: f(z) = max(0, z) + a min(0, z); f' is 1 or a, and a at z = 0 by convention.

    a: one number, or one for each feature, (C,) for z (..., C). a = 0 is ReLU, 1 the identity, -1 the absolute value.
    Source: He and others, 2015.
    """
    z, a = jnp.asarray(z), jnp.asarray(a)
    return jnp.where(z > 0, z, a * z)


def rrelu(z: Array, key: Array | None = None, low: float = 1 / 8, high: float = 1 / 3) -> Array:
    """ReLU with slopes on the left from U(low, high), one for each number in z; without a key their mean. (Xu, 2015)"""
    z = jnp.asarray(z)
    if key is None:
        return prelu(z, (low + high) / 2)
    return prelu(z, jax.random.uniform(key, jnp.shape(z), jnp.result_type(z, float), low, high))


def absolute(z: Array) -> Array:
    """The absolute value: f(z) = |z|, f' is -1 or 1, and 0 at z = 0 by convention (`jnp.abs` has 1 there)."""
    z = jnp.asarray(z)
    return z * jnp.sign(z)


def elu(z: Array, alpha: float = 1.0) -> Array:
    """ReLU that levels off at -alpha: z if z > 0, else alpha (exp(z) - 1); f' is 1 or f + alpha. (Clevert, 2016)"""
    return jax.nn.elu(jnp.asarray(z), alpha)


def softplus(z: Array) -> Array:
    """A smooth ReLU: f(z) = log(1 + exp(z)), f' = sigmoid(z); at z = 0 it is log 2."""
    return jax.nn.softplus(jnp.asarray(z))


def swish(z: Array, beta: float = 1.0) -> Array:
    """From z/2 (beta = 0) to ReLU: f(z) = z sigmoid(beta z), f' = beta f + sigmoid(beta z) (1 - beta f). SiLU."""
    z = jnp.asarray(z)
    return z * jax.nn.sigmoid(beta * z)


def softmax(z: Array) -> Array:
    """Shares that sum to 1 over the last axis of z (..., M): y_i = exp(z_i) / sum_j exp(z_j).

    dy_i/dz_j = y_i ([i = j] - y_j).
    """
    return jax.nn.softmax(jnp.asarray(z), axis=-1)


def log_softmax(z: Array) -> Array:
    """log softmax(z), for z (..., M), exact where softmax rounds to 0: z_i - log sum_j exp(z_j) over the last axis."""
    return jax.nn.log_softmax(jnp.asarray(z), axis=-1)
