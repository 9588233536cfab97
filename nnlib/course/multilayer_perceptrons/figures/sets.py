"""Four sets of points that no line separates, each drawn to train on and to test on."""

from __future__ import annotations

from functools import cache, lru_cache, partial

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.activations import sigmoid
from nnlib.data import circles, moons, spirals
from nnlib.module import Array, Module
from nnlib.probe import predictions

__all__ = ["GRID", "SETS", "draw", "quarters", "right", "seen", "square"]

TRAINED, TESTED, GRID = 100, 300, 40  # points to train on, others to test on; cells of a picture, each way
FRAME = (-2.0, 2.0, -2.0, 2.0)


@partial(jax.jit, static_argnames="n")
def quarters(key: Array, n: int, noise: float) -> tuple[Array, Array]:
    """Four clouds around (+-1, +-1) in the classes of XOR: X (n, 2), y (n,); `noise` is their standard deviation."""
    corner = 4 * jnp.arange(n) // n
    centre = 2.0 * jnp.stack([corner % 2, corner // 2], axis=-1) - 1
    return centre + noise * jax.random.normal(key, (n, 2)), (corner % 2) ^ (corner // 2)


SETS = {"moons": moons, "circles": circles, "XOR": quarters, "spirals": spirals}


@lru_cache(maxsize=8)
def draw(name: str, noise: float, seed: int = 0) -> tuple[tuple, tuple]:
    """Points to train on, X (100, 2) and y (100,), half of each class, and 300 others of the same kind to test on."""
    if name not in SETS:
        raise ValueError(f"draw: expected one of {', '.join(SETS)}, got {name!r}; choose one of these")
    X, y = map(np.asarray, SETS[name](jax.random.key(seed), TRAINED + TESTED, np.float32(noise)))
    train = np.arange(len(y)) % 4 == 0  # the classes come one after another: a quarter of each
    return (X[train], y[train]), (X[~train], y[~train])


@cache
def square(half: float) -> np.ndarray:
    """The points of a picture's cells, row by row from the bottom: (GRID * GRID, 2)."""
    x, y = np.meshgrid(*[np.linspace(-half, half, GRID, dtype=np.float32)] * 2)
    return np.stack([x, y], axis=-1).reshape(-1, 2)


def seen(models: Module, half: float = 2.0) -> np.ndarray:
    """What each of a stack of models with one logit says of the square from -half to half: (T, GRID, GRID)."""
    return np.asarray(sigmoid(predictions(models, square(half)))).reshape(-1, GRID, GRID)


def right(models: Module, X: Array, y: Array) -> Array:
    """The share of right answers of each of a stack of models with one logit, which say class 1 from 0 up: (T,)."""
    return ((predictions(models, X)[..., 0] >= 0) == (y == 1)).mean(axis=-1)
