"""Loss surfaces of real models: one with two weights in all, and a cut through the many of a network.  In float64."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.activations import sigmoid
from nnlib.course.common.surfaces import Surface
from nnlib.data import iris
from nnlib.losses import binary_cross_entropy, squared_error
from nnlib.optim import adam
from nnlib.probe import directions
from nnlib.train import fit

from .networks import new_network

__all__ = ["CUT", "FLOWERS"]

RATE, TRAINED = 0.05, 200  # of Adam, and the number of its steps


def _aside(work: Callable[[], Any]) -> Any:
    """`work()` on a thread of its own: there it computes at once, in float32, also if this one is tracing a program."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


@cache
def _flowers() -> tuple[np.ndarray, np.ndarray]:
    """Petal lengths of 100 irises, standardised, and which of two species each is: 0 versicolor, 1 virginica."""
    table = _aside(lambda: iris(("petal length (cm)",), ("versicolor", "virginica")))
    x = np.asarray(table.X, float)[:, 0]
    return (x - x.mean()) / x.std(), np.asarray(table.y, float)


def flowers(w):
    """The sum over 100 flowers of (sigmoid(w1 x + w2) - t)^2 / 2."""
    x, t = _flowers()
    return jnp.sum(squared_error(sigmoid(w[0] * x + w[1]), t)) / 2


@cache
def _cut() -> tuple:
    """A trained network's weights, two directions as long as they are, and the data, as NumPy float64."""

    def work() -> tuple:
        start, data = new_network()
        model = fit(start, data, binary_cross_entropy, adam(RATE), TRAINED).model
        return model, *jax.jit(directions)(jax.random.key(2), model), data

    return jax.tree.map(lambda leaf: np.asarray(leaf, float), _aside(work))


def network(w):
    """The mean loss of the 2-8-1 network with weights theta + w1 u + w2 v: theta trained, u and v two directions."""
    theta, u, v, (X, y) = _cut()
    moved = jax.tree.map(lambda theta, u, v: theta + w[0] * u + w[1] * v, theta, u, v)
    return jnp.mean(binary_cross_entropy(moved(X), y))


FLOWERS = Surface("two weights, 100 flowers", flowers, (-8.0, 14.0, -11.0, 11.0), (-5.0, 5.0))
CUT = Surface("a cut through a network", network, (-2.0, 2.0, -2.0, 2.0), (-1.5, 1.2))
