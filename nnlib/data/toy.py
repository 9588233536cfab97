"""Toy sets: points in the plane, in two classes, drawn from a key.

    X, y = moons(key, 300, noise=0.1)

Each set is drawn with a key and gives n points: X (n, 2), float, and y (n,), int32 in {0, 1}; class 0 comes first and
has the odd point. An n that is no whole number from 1 up is a ValueError, a key that is none a TypeError. `noise` is
the standard deviation of the normal noise added to every coordinate, in the units of the plane; like the other numbers
but n, it may be traced. All sets lie around the origin, between about -1.5 and 1.5.
"""

from functools import partial

import jax
import jax.numpy as jnp
from jax import random

from nnlib.given import check_key, check_sizes
from nnlib.module import Array

__all__ = ["GATES", "blobs", "circles", "gate", "moons", "spirals"]

GATES = {  # the answers to the inputs 00, 01, 10, 11
    "and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "nand": (1, 1, 1, 0), "nor": (1, 0, 0, 0),
    "xor": (0, 1, 1, 0), "xnor": (1, 0, 0, 1),
}  # fmt: skip


@partial(jax.jit, static_argnames="n")
def moons(key: Array, n: int = 300, noise: float = 0.1) -> tuple[Array, Array]:
    """Two half circles of radius 1, each with an end inside the other."""
    y = _classes("moons", key, n)
    key_angle, key_noise = random.split(key)
    angle = jnp.pi * (random.uniform(key_angle, (n,)) - y)  # class 0 the upper half, class 1 the lower
    centre = jnp.where(y, 0.5, -0.5)
    X = jnp.stack([centre + jnp.cos(angle), jnp.sin(angle) + jnp.where(y, 0.25, -0.25)], axis=-1)
    return _blur(key_noise, X, noise), y


@partial(jax.jit, static_argnames="n")
def circles(key: Array, n: int = 300, noise: float = 0.1, inner: float = 0.5) -> tuple[Array, Array]:
    """A circle of radius 1 (class 0) around one of radius `inner` (class 1), in the units of the plane."""
    y = _classes("circles", key, n)
    key_angle, key_noise = random.split(key)
    X = jnp.where(y, inner, 1.0)[:, None] * _directions(2 * jnp.pi * random.uniform(key_angle, (n,)))
    return _blur(key_noise, X, noise), y


@partial(jax.jit, static_argnames="n")
def spirals(key: Array, n: int = 300, noise: float = 0.05, turns: float = 1.5) -> tuple[Array, Array]:
    """Two arms that wind `turns` times around the origin, half a turn apart; radius up to 1.5."""
    y = _classes("spirals", key, n)
    key_radius, key_noise = random.split(key)
    along = jnp.sqrt(random.uniform(key_radius, (n,)))  # the root spreads the points evenly over the arm
    X = 1.5 * along[:, None] * _directions(2 * jnp.pi * turns * along + jnp.pi * y)
    return _blur(key_noise, X, noise), y


@partial(jax.jit, static_argnames="n")
def blobs(key: Array, n: int = 300, noise: float = 0.3, distance: float = 2.0) -> tuple[Array, Array]:
    """Two round clouds, their centres `distance` apart along the diagonal, in the units of the plane."""
    y = _classes("blobs", key, n)
    centre = jnp.where(y, 0.5, -0.5) * distance / jnp.sqrt(2.0)
    return _blur(key, jnp.stack([centre, centre], axis=-1), noise), y


def gate(name: str) -> tuple[Array, Array]:
    """The truth table of a gate with two inputs: X (4, 2), the rows 00, 01, 10, 11, and its answers (4,), int32.

    name: one of `GATES`, in small or large letters; any other is a ValueError.
    """
    if name.lower() not in GATES:
        raise ValueError(f"expected a gate, one of {', '.join(GATES)}, got {name!r}; choose one of these")
    X = jnp.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return X, jnp.array(GATES[name.lower()], jnp.int32)


def _classes(who: str, key: Array, n: int) -> Array:
    """Half zeros, then half ones: (n,)."""
    check_key(who, key)
    check_sizes(who, 1, n=n)
    return (jnp.arange(n) >= (n + 1) // 2).astype(jnp.int32)


def _directions(angle: Array) -> Array:
    """Points of the unit circle: (N,) -> (N, 2)."""
    return jnp.stack([jnp.cos(angle), jnp.sin(angle)], axis=-1)


def _blur(key: Array, X: Array, noise: float) -> Array:
    return X + noise * random.normal(key, X.shape)
