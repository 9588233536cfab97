"""One hidden layer and a linear output, for a function on an interval: all trained, or only the output solved for."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.activations import relu, sigmoid, tanh
from nnlib.layers import Dense, chain
from nnlib.live import Curves, Note
from nnlib.live.numbers import plain
from nnlib.losses import squared_error
from nnlib.module import Array, Module, buffer
from nnlib.optim import adam, cosine
from nnlib.train import fit

from .targets import TARGETS, largest_error, samples

__all__ = [
    "ACTIVATIONS",
    "MOST",
    "WAYS",
    "WIDTHS",
    "Shallow",
    "approximate",
    "approximation_views",
    "errors_by_width",
    "hidden",
]  # fmt: skip

MOST = 64  # units
WIDTHS = (1, 2, 4, 8, 16, 32, 64)
STEPS, RATE, SEEN = 1000, 0.03, 101  # of the training: Adam's steps, its first rate, the examples
ACTIVATIONS = {
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-np.clip(z, -500, 500))),
    "ReLU": lambda z: np.maximum(z, 0),
}
WAYS = ("all weights trained", "output alone, solved for")
SHORT = dict(zip(WAYS, ("trained", "solved"), strict=True))
SIDE = np.linspace(-1.5, 1.5, 241)  # what is drawn: the interval, and beyond its ends
HIGH = 2.0  # the picture's upper edge
LEAST = 1e-5  # where the axis of the errors ends


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


class Bend(Module):
    """One of the activations, by number, for the units that are on."""

    kind: Array = buffer()
    on: Array = buffer()

    def __call__(self, z: Array) -> Array:
        return jax.lax.switch(self.kind, [tanh, sigmoid, relu], z) * self.on


def hidden(activation: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A hidden layer at random, w, b (MOST,): each unit bends at a place drawn from the interval, some more sharply."""
    rng = np.random.default_rng(seed)
    place, sign = rng.uniform(-1, 1, MOST), rng.choice([-1.0, 1.0], MOST)
    slope = np.ones(MOST) if activation == "ReLU" else np.exp(rng.uniform(np.log(2), np.log(16), MOST))
    return sign * slope, -sign * slope * place


@lru_cache(maxsize=256)
def approximate(target: str, units: int, activation: str, way: str, seed: int) -> Shallow:
    """The net of that many units for a target, one of TARGETS, in one of the WAYS."""
    w, b = hidden(activation, seed)
    if way == WAYS[0]:
        x = np.linspace(-1, 1, SEEN)
        kind, on = list(ACTIVATIONS).index(activation), np.arange(MOST) < units
        trained = _trained(np.float32(x), np.float32(TARGETS[target](x)), np.float32(w), np.float32(b), on, kind)
        w, b, v, c = (np.asarray(each, float) for each in trained)
        return Shallow(w[:units], b[:units], v[:units], float(c), activation)
    x, d = samples(target)
    H = np.column_stack([ACTIVATIONS[activation](np.outer(x, w[:units]) + b[:units]), np.ones(len(x))])
    *v, c = np.linalg.lstsq(H, d, rcond=1e-6)[0]
    return Shallow(w[:units], b[:units], np.array(v), float(c), activation)


@jax.jit
def _trained(x: Array, d: Array, w: Array, b: Array, on: Array, kind: Array) -> tuple[Array, Array, Array, Array]:
    """w, b, v, c after STEPS steps of Adam from output weights 0, its rate falling to a hundredth."""
    model = chain(Dense(w[None] * on, b * on), Bend(kind, on), Dense(jnp.zeros((MOST, 1)), jnp.zeros(1)))
    rate = cosine(RATE, RATE / 100, STEPS)
    model = fit(model, (x[:, None], d[:, None]), squared_error, adam(rate), STEPS).model
    first, _, last = model.layers
    return first.W[0], first.b, last.W[:, 0], last.b[0]


def errors_by_width(target: str, activation: str, seed: int) -> dict[str, dict[int, float]]:
    """For each of the WAYS the largest error in the interval, by the number of units."""
    x, d = samples(target)

    def error(way: str, units: int) -> float:
        return largest_error(approximate(target, units, activation, way, seed)(x), d)

    return {way: {units: error(way, units) for units in WIDTHS} for way in WAYS}


def approximation_views(target: str, net: Shallow, errors: dict[str, dict[int, float]]) -> tuple[Curves, Curves, Note]:
    """The target, the net and what each unit adds to it; the largest error by width; what they are in words.

    errors: for each of the WAYS its largest error, by the number of units.
    """
    x, d = samples(target)
    answer = net(SIDE)
    picture = Curves(
        _parts=_joined(net.parts(SIDE)), _ends=([-1, -1, np.nan, 1, 1], [HIGH, -HIGH, np.nan, HIGH, -HIGH]),
        target=(x, d), net=(SIDE, np.where(np.abs(answer) < HIGH, answer, np.nan)), thin=("_parts", "_ends"),
        colors={"target": "blue", "net": "orange"}, xlabel="x", xlim=(-1.5, 1.5), ylim=(-HIGH, HIGH), tall=True,
        title="the net, and what its units add",
    )  # fmt: skip
    return picture, _by_width(errors, len(net.w), largest_error(net(x), d)), Note(_said(net, x, d))


def _joined(parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Many lines over SIDE (points, lines) as one, with a gap between two of them, and where they leave the picture."""
    parts = np.where(np.abs(parts) < 1.2 * HIGH, parts, np.nan).T
    gaps = np.full((len(parts), 1), np.nan)
    return np.tile(np.append(SIDE, np.nan), len(parts)), np.hstack([parts, gaps]).ravel()


def _by_width(errors: dict[str, dict[int, float]], units: int, error: float) -> Curves:
    lines = {SHORT[way]: (list(known), np.maximum(list(known.values()), LEAST)) for way, known in errors.items()}
    return Curves(
        **lines, _here=([units], [max(error, LEAST)]), thin=("solved",),
        colors={"trained": "ink", "_here": "orange"}, log=True, logx=True, xlim=(1, MOST), ylim=(LEAST, 3), tall=True,
        title="largest error in the interval", xlabel="units",
    )  # fmt: skip


def _said(net: Shallow, x: np.ndarray, d: np.ndarray) -> str:
    off = np.abs(net(x) - d)
    units, place = len(net.w), plain(float(x[np.argmax(off)]), 2).replace("-", "−")
    unit = "unit" if units == 1 else "units"
    return f"{units} {unit}, {3 * units + 1} weights: largest error {plain(float(off.max()), 2)}, at x = {place}."
