"""One hidden layer and a linear output, for a function on an interval: all trained, or only the output solved for."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.activations import relu, sigmoid, tanh
from nnlib.losses import squared_error
from nnlib.module import Array, Module, buffer
from nnlib.optim import adam, cosine
from nnlib.train import fit

from .targets import TARGETS, largest_error, samples

__all__ = ["ACTIVATIONS", "MOST", "WAYS", "WIDTHS", "Shallow", "approximate", "errors_by_width", "hidden", "trained"]

MOST = 64  # units
WIDTHS = (1, 2, 4, 8, 16, 32, 64)
STEPS, RATE, SEEN = 1000, 0.03, 101  # of the training: Adam's steps, its first rate, the examples
ACTIVATIONS = {
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-np.clip(z, -500, 500))),
    "ReLU": lambda z: np.maximum(z, 0),
}
WAYS = ("all weights trained", "only the output")
# The row: 1 + 2 + 4 + ... + 64 units for WIDTHS, and 64 for the net asked for. Whose unit, and the how-manieth of it.
OWNER = np.repeat(np.arange(len(WIDTHS) + 1), [*WIDTHS, MOST])
PLACE = np.concatenate([np.arange(n) for n in (*WIDTHS, MOST)])


class Shallow(NamedTuple):
    """y = c + sum_j v_j f(w_j x + b_j); w, b, v (units,)."""

    w: np.ndarray
    b: np.ndarray
    v: np.ndarray
    c: float
    activation: str

    def parts(self, x: np.ndarray) -> np.ndarray:
        """What each unit adds: (points, units)."""
        return ACTIVATIONS[self.activation](np.outer(x, self.w) + self.b) * self.v

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return self.parts(x).sum(1) + self.c


class Row(Module):
    """Several nets side by side, in one row of hidden units: each unit adds to one of the outputs.

    h = f(x w + b), y = (h v) M + c for x (N, 1): M (units, nets) says whose unit it is; 0 for one that is off.
    """

    w: Array
    b: Array
    v: Array
    c: Array
    M: Array = buffer()
    kind: Array = buffer()  # which of the activations, by number

    def __call__(self, x: Array) -> Array:
        h = jax.lax.switch(self.kind, [tanh, sigmoid, relu], x * self.w + self.b)
        return (h * self.v) @ self.M + self.c


def hidden(activation: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A hidden layer at random, w, b (MOST,): each unit bends at a place drawn from the interval, some more sharply."""
    rng = np.random.default_rng(seed)
    place, sign = rng.uniform(-1, 1, MOST), rng.choice([-1.0, 1.0], MOST)
    slope = np.ones(MOST) if activation == "ReLU" else np.exp(rng.uniform(np.log(2), np.log(16), MOST))
    return sign * slope, -sign * slope * place


def approximate(target: str, units: int, activation: str, way: str, seed: int) -> Shallow:
    """The net of that many units for a target, one of TARGETS, in one of the WAYS."""
    if way == WAYS[0]:
        return trained(target, units, activation, seed)[units]
    return solved(target, units, activation, seed)


@lru_cache(maxsize=128)
def solved(target: str, units: int, activation: str, seed: int) -> Shallow:
    """The hidden layer as it was drawn; v and c by least squares."""
    w, b = (each[:units] for each in hidden(activation, seed))
    x, d = samples(target)
    H = np.column_stack([ACTIVATIONS[activation](np.outer(x, w) + b), np.ones(len(x))])
    *v, c = np.linalg.lstsq(H, d, rcond=1e-6)[0]
    return Shallow(w, b, np.array(v), float(c), activation)


@lru_cache(maxsize=128)
def trained(target: str, units: int, activation: str, seed: int) -> dict[int, Shallow]:
    """Nets that were trained from the same draw, by their units: all of WIDTHS, and the one that is asked for."""
    w, b = hidden(activation, seed)
    x, kind = np.linspace(-1, 1, SEEN), list(ACTIVATIONS).index(activation)
    owner = np.where(np.append(WIDTHS, units)[OWNER] > PLACE, OWNER, -1)  # of each unit in the row; -1: it is off
    M = np.float32(owner[:, None] == np.arange(len(WIDTHS) + 1))
    start = np.float32([w[PLACE], b[PLACE]])
    *row, c = map(np.float64, _train(np.float32(x), np.float32(TARGETS[target](x)), *start, M, kind))
    nets = ((*(each[owner == k] for each in row), float(c[k]), activation) for k in range(len(c)))
    return {len(net[0]): Shallow(*net) for net in nets}


@jax.jit
def _train(x: Array, d: Array, w: Array, b: Array, M: Array, kind: Array) -> tuple[Array, Array, Array, Array]:
    """w, b, v, c after STEPS steps of Adam from v = 0 and c = 0, its rate falling to a hundredth.

    Adam's step in a weight knows nothing of the others, nor of the loss's scale: the nets do not notice each other.
    """
    row = Row(w, b, jnp.zeros_like(w), jnp.zeros(M.shape[1]), M, kind)
    wanted = jnp.broadcast_to(d[:, None], (len(d), M.shape[1]))
    rate = cosine(RATE, RATE / 100, STEPS)
    row = fit(row, (x[:, None], wanted), squared_error, adam(rate), STEPS).model
    return row.w, row.b, row.v, row.c


def errors_by_width(target: str, activation: str, seed: int, units: int = MOST) -> dict[str, dict[int, float]]:
    """For each of the WAYS the largest error in the interval, by the number of units: WIDTHS, and `units`."""
    x, d = samples(target)
    widths = sorted({*WIDTHS, units})
    nets = trained(target, units, activation, seed), {n: solved(target, n, activation, seed) for n in widths}
    return {way: {n: largest_error(known[n](x), d) for n in widths} for way, known in zip(WAYS, nets, strict=True)}
