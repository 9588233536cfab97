"""Activations: what a unit does with its input z, element by element.

    sigmoid(z) = 1 / (1 + exp(-z))

Every function keeps the shape of z. Where a function or its derivative has no value at z = 0, the docstring
says which one is chosen.
"""

import jax
import jax.numpy as jnp

from nnlib.module import Array

__all__ = ["identity", "relu", "sigmoid", "sign", "step", "tanh"]


def identity(z: Array) -> Array:
    """The input itself: f(z) = z, f'(z) = 1."""
    return z


def step(z: Array) -> Array:
    """The threshold: 1 where z >= 0, else 0.

    At z = 0 it is 1 by convention. Its derivative is 0 everywhere (at 0 too, by convention), so no gradient
    comes through it.
    """
    return jnp.where(jnp.asarray(z) >= 0, jnp.ones_like(z), jnp.zeros_like(z))


def sign(z: Array) -> Array:
    """The threshold with two signs: +1 where z >= 0, else -1; 2 step(z) - 1.

    At z = 0 it is +1 by convention, as the machine must answer one or the other (z/|z| has no value there,
    and `jnp.sign` answers 0). Its derivative is 0 everywhere.
    """
    return 2 * step(z) - 1


def sigmoid(z: Array) -> Array:
    """A soft step between 0 and 1: f(z) = 1 / (1 + exp(-z)), f' = f (1 - f), at most 1/4."""
    return jax.nn.sigmoid(z)


def tanh(z: Array) -> Array:
    """A soft sign between -1 and 1: f(z) = 2 sigmoid(2z) - 1, f' = 1 - f^2, at most 1."""
    return jnp.tanh(z)


def relu(z: Array) -> Array:
    """The positive part: f(z) = max(0, z); f'(z) is 1 for z > 0, else 0.

    It has no derivative at z = 0; 0 is chosen by convention.
    """
    return jax.nn.relu(z)
