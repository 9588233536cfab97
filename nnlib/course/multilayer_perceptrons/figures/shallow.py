"""One hidden layer and a linear output, for a function on an interval: all trained, or only the output solved for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.activations import relu, sigmoid, tanh
from nnlib.layers import Dense, Sequential, mask, sequential, switch
from nnlib.losses import squared_error
from nnlib.module import Array
from nnlib.optim import adam, cosine
from nnlib.train import fit

from .targets import TARGETS, largest_error, samples

__all__ = ["ACTIVATIONS", "MOST", "WAYS", "WIDTHS", "Shallow", "approximate", "errors_by_width", "hidden", "trained"]

MOST = 64  # units
WIDTHS = (1, 2, 4, 8, 16, 32, 64)
STEPS, RATE, SEEN = 1000, 0.03, 101  # of the training: Adam's steps, its first rate, the examples
ROOM = 402  # places at most at which a net is asked
ACTIVATIONS = ("tanh", "sigmoid", "ReLU")
WAYS = ("all weights trained", "only the output")


class Shallow(NamedTuple):
    """y = c + sum_j v_j f(w_j x + b_j): MOST hidden units, of which the first `units` are switched on."""

    model: Sequential
    units: int

    def parts(self, x: np.ndarray) -> np.ndarray:
        """What each unit adds at the places x (N,): (N, units).  In float64."""
        return self._says(x)[0][:, : self.units]

    def answers(self, x: np.ndarray) -> np.ndarray:
        """y at the places x: (N,).  In float64."""
        return self._says(x)[1]

    def _says(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        with jax.enable_x64(True):  # always as many places, so that one program does
            said = _says(self.model, np.resize(np.asarray(x, float), (ROOM, 1)))
            return tuple(np.asarray(each)[: len(x)] for each in said)


@jax.jit
def _says(model: Sequential, x: Array) -> tuple[Array, Array]:
    *layers, last = model.layers
    return sequential(*layers)(x) * last.W[:, 0], model(x)[:, 0]


def _net(w: Array, b: Array, v: Array, c: Array, units: Array, activation: Array) -> Sequential:
    """The network with these numbers, each (MOST,) but c, units and the activation's number."""
    f = switch(activation, tanh, sigmoid, relu)
    return sequential(Dense(w[None], b), f, mask(np.arange(MOST) < units), Dense(v[:, None], c[None]))


def hidden(activation: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A hidden layer at random, w, b (MOST,): each unit bends at a place drawn from the interval, some more sharply."""
    rng = np.random.default_rng(seed)
    place, sign = rng.uniform(-1, 1, MOST), rng.choice([-1.0, 1.0], MOST)
    slope = np.ones(MOST) if activation == "ReLU" else np.exp(rng.uniform(np.log(2), np.log(16), MOST))
    return sign * slope, -sign * slope * place


def approximate(target: str, units: int, activation: str, way: str, seed: int) -> Shallow:
    """The net of that many units for a target, one of TARGETS, in one of the WAYS."""
    return (trained if way == WAYS[0] else solved)(target, units, activation, seed)


@lru_cache(maxsize=256)
def solved(target: str, units: int, activation: str, seed: int) -> Shallow:
    """The hidden layer as it was drawn; v and c by least squares."""
    x, d = samples(target)
    kind = ACTIVATIONS.index(activation)
    with jax.enable_x64(True):
        unsolved = _net(*map(np.asarray, hidden(activation, seed)), np.ones(MOST), np.zeros(()), units, kind)
    H = np.column_stack([Shallow(unsolved, units).parts(x), np.ones(len(x))])
    *v, c = np.linalg.lstsq(H, d, rcond=1e-6)[0]
    *layers, _ = unsolved.layers
    output = Dense(np.pad(v, (0, MOST - units))[:, None], np.array([c]))
    return Shallow(sequential(*layers, output), units)


@lru_cache(maxsize=256)
def trained(target: str, units: int, activation: str, seed: int) -> Shallow:
    """The net after training: its hidden layer begins as it was drawn, its output at 0."""
    start = np.float32(hidden(activation, seed))
    x = np.linspace(-1, 1, SEEN)
    data = np.float32(x[:, None]), np.float32(TARGETS[target](x))
    model = _train(data, *start, units, ACTIVATIONS.index(activation))
    return Shallow(jax.tree.map(_exact, model), units)


def _exact(leaf: Array) -> np.ndarray:
    """In float64, what has a fraction."""
    return np.asarray(leaf, float if jnp.issubdtype(leaf.dtype, jnp.floating) else None)


@jax.jit
def _train(data: tuple, w: Array, b: Array, units: Array, activation: Array) -> Sequential:
    """The net after STEPS steps of Adam, its rate falling to a hundredth."""
    net = _net(w, b, jnp.zeros(MOST), jnp.zeros(()), units, activation)
    return fit(net, data, squared_error, adam(cosine(RATE, RATE / 100, STEPS)), STEPS).model


def errors_by_width(target: str, activation: str, seed: int, units: int = MOST) -> dict[str, dict[int, float]]:
    """For each of the WAYS the largest error in the interval, by the number of units: WIDTHS, and `units`."""
    x, d = samples(target)
    widths = sorted({*WIDTHS, units})
    with ThreadPoolExecutor(2) as threads:  # two trainings side by side
        nets = list(threads.map(lambda n: trained(target, n, activation, seed), widths))
    known = nets, [solved(target, n, activation, seed) for n in widths]
    errors = [[largest_error(net.answers(x), d) for net in each] for each in known]
    return {way: dict(zip(widths, each, strict=True)) for way, each in zip(WAYS, errors, strict=True)}
