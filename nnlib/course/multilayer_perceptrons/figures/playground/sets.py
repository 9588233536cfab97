"""The playground's data: toy sets with as much noise as is wanted, and the learner's own points."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import random

from nnlib.data import blobs, circles, moons, spirals
from nnlib.module import Array

__all__ = ["ROOM", "TOYS", "Data", "held_out", "padded", "split_off", "toy"]

ROOM = 300  # so many examples at most
HELD = 4  # of the learner's own points one of so many is held out for the test


class Data(NamedTuple):
    """Examples in a fixed room: X (300, 2), y (300,), weights (300,) 1 or 0, how many there are, and their places in
    the order of each of 40 epochs, (40, 300)."""

    X: np.ndarray
    y: np.ndarray
    weights: np.ndarray
    count: np.int32
    ranks: np.ndarray


def padded(X: np.ndarray, y: Sequence[int]) -> Data:
    """Examples, filled up to the room with some of weight 0."""
    n = len(y)
    X, y = np.asarray(X, np.float32).reshape(-1, 2), np.asarray(y, np.float32)
    weights = np.pad(np.ones(n, np.float32), (0, ROOM - n))
    return Data(np.pad(X, ((0, ROOM - n), (0, 0))), np.pad(y, (0, ROOM - n)), weights, np.int32(n), _ranks(n))


@lru_cache(maxsize=16)
def _ranks(n: int) -> np.ndarray:
    """Every example's place in the order of each epoch; those of weight 0 come last."""
    draw = np.random.default_rng(n)
    ranks = np.tile(np.arange(ROOM, dtype=np.int32), (40, 1))
    ranks[:, :n] = np.stack([draw.permutation(n) for _ in range(40)])
    return ranks


def held_out(n: int) -> np.ndarray:
    """Which of n points are held out for the test: one of every four, at random, and none of fewer than eight.

    One point more changes nothing for the others.
    """
    fours = n // HELD if n >= 2 * HELD else 0
    return HELD * np.arange(fours) + np.random.default_rng(3).integers(HELD, size=fours)


def split_off(X: np.ndarray, y: np.ndarray) -> tuple[Data, Data]:
    """Training and test."""
    held = np.isin(np.arange(len(y)), held_out(len(y)))
    return padded(X[~held], y[~held]), padded(X[held], y[held])


@partial(jax.jit, static_argnames="n")
def _quadrants(key: Array, n: int, noise: float) -> tuple[Array, Array]:
    """Exclusive or: a square whose quarters take turns, with some room between them."""
    key_place, key_noise = random.split(key)
    X = random.uniform(key_place, (n, 2), minval=0.12, maxval=1.6)
    quarter = jnp.arange(n) * 4 // n  # two of class 0, then two of class 1
    sign = jnp.array([[1, -1], [-1, 1], [1, 1], [-1, -1]])[quarter]
    return X * sign + noise * random.normal(key_noise, (n, 2)), (quarter >= 2).astype(jnp.int32)


TOYS = {"two moons": moons, "circles": circles, "XOR": _quadrants, "spirals": spirals, "two clouds": blobs}


@lru_cache(maxsize=32)
def toy(name: str, noise: float, n: int = ROOM) -> tuple[Data, Data]:
    """Training and test examples of a toy set, n of each; the noise is the standard deviation in each coordinate."""
    return tuple(padded(*TOYS[name](random.key(seed), n, np.float32(noise))) for seed in (0, 1))
