"""A small real network, as it starts, and 1,024 trainings of it, one for each combination of two numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import jax
import numpy as np

from nnlib.course.common.optimizers import chosen
from nnlib.data import moons
from nnlib.layers import mlp
from nnlib.losses import binary_cross_entropy
from nnlib.module import Module
from nnlib.train import fit, sweep

from .pairs import AMONG, PAIRS, RUN_STEPS, SIZE

__all__ = ["POINTS", "Trained", "network_map", "new_network"]

POINTS = 100


@lru_cache(maxsize=16)
def new_network(seed: int = 4) -> tuple:
    """A 2-8-1 network (tanh) as it starts, and its data: 100 points of two moons, X (100, 2) and y (100,)."""
    with jax.ensure_compile_time_eval():  # numbers, also for who asks for them first while a program is made
        return mlp(jax.random.key(seed), 2, 8, 1), moons(jax.random.key(1), POINTS, noise=0.15)


class Trained(NamedTuple):
    """All runs of a map: the mean loss after the last step (32, 32), before each step (32, 32, 200), and the models."""

    final: np.ndarray
    losses: np.ndarray
    models: Module


@lru_cache(maxsize=2)  # a megabyte each
def network_map(name: str, seed: int = 0) -> Trained:
    """1,024 trainings of a 2-8-1 network on 100 points, 200 steps each."""
    pair = PAIRS[name]
    models = jax.tree.map(lambda leaf: leaf[None], new_network(seed)[0])
    numbers = {key: np.float32(values).ravel() for key, values in pair.all().items()}
    runs = sweep(_train, numbers=numbers, place=np.int32([pair.place]), model=models)
    return jax.tree.map(lambda leaf: np.asarray(leaf).reshape(SIZE, SIZE, *leaf.shape[3:]), runs)


def _train(numbers: dict, place: jax.Array, model: Module) -> Trained:
    """What `sweep` runs for each combination of the optimizer's numbers."""
    _, (X, y) = new_network()
    run = fit(model, (X, y), binary_cross_entropy, chosen(place, numbers, AMONG), RUN_STEPS)
    return Trained(binary_cross_entropy(run.model(X), y).mean(), run.losses, run.model)
