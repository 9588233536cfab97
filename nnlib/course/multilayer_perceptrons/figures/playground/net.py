"""The playground's networks: any of seven features, up to six hidden layers of up to eight units, one logit.

All sizes are fixed, and what is not wanted is switched off by a 0: other features, widths and activations, layer by
layer, need no new program. Only another number of layers does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from nnlib import activations, probe
from nnlib.layers import Dense, Mask, Sequential, mask, sequential, switch
from nnlib.module import Array

__all__ = [
    "ACTIVATIONS",
    "FEATURES",
    "INITS",
    "WIDEST",
    "Architecture",
    "Layers",
    "answers",
    "features",
    "first_weights",
    "layers_of",
    "make_architecture",
    "network",
]  # fmt: skip

WIDEST = 8
FEATURES = ("x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin πx₁", "sin πx₂")
ACTIVATIONS = ("tanh", "relu", "sigmoid", "identity")  # and the learner's own
INITS = {  # the standard deviation of a weight between n and m units
    "Glorot": lambda n, m: (2 / (n + m)) ** 0.5,
    "He": lambda n, m: (2 / n) ** 0.5,
    "much too small": lambda n, m: 0.01,
    "much too large": lambda n, m: 3.0,
    "all zero": lambda n, m: 0.0,
}
Layers = tuple[tuple[Array, Array], ...]  # of each layer W (n, m) and b (m,); n, m: 7 features, 8 units, 1 logit


class Architecture(NamedTuple):
    """What is switched on: features (7,), units (L, 8), each 0 or 1; and the activations, by number (L,)."""

    features: Array
    units: Array
    activations: Array


def make_architecture(chosen: Sequence[str], layers: Sequence[tuple[int, str]]) -> Architecture:
    """The architecture with these features, and a layer for each (units, activation); "mine" is the learner's own."""
    on = [float(name in chosen) for name in FEATURES]
    units = [[float(place < n) for place in range(WIDEST)] for n, _ in layers]
    kinds = [(*ACTIVATIONS, "mine").index(kind) for _, kind in layers]
    return Architecture(np.float32(on), np.float32(units).reshape(-1, WIDEST), np.int32(kinds))


def first_weights(architecture: Architecture, init: str, seed: int) -> np.ndarray:
    """All numbers in a row: normal weights of the deviation that `init` says, but 0 at units that are off; biases 0."""
    draw, deviation = np.random.default_rng(seed), INITS[init]
    on = [architecture.features, *architecture.units, np.ones(1, np.float32)]
    made = []
    for left, right in pairwise(on):
        scale = deviation(max(left.sum(), 1), right.sum())
        W = draw.normal(0, 1, (len(left), len(right))) * scale * left[:, None] * right
        made += [W.ravel(), np.zeros(len(right))]
    return np.concatenate(made).astype(np.float32)


def layers_of(weights: Array, hidden: int) -> Layers:
    """The numbers of a network, in a row (P,) or of each moment of a film (T, P), as matrices and biases."""
    sizes, layers, at = (len(FEATURES), *[WIDEST] * hidden, 1), [], 0
    for n, m in pairwise(sizes):
        W, b = weights[..., at : at + n * m], weights[..., at + n * m : at + n * m + m]
        layers.append((W.reshape(*W.shape[:-1], n, m), b))
        at += n * m + m
    return tuple(layers)


def features(X: Array) -> Array:
    """The seven features of points, (N, 2) -> (N, 7)."""
    x, y = X[:, 0], X[:, 1]
    return jnp.stack([x, y, x * x, y * y, x * y, jnp.sin(jnp.pi * x), jnp.sin(jnp.pi * y)], axis=1)


def network(weights: Array, architecture: Architecture, mine: Callable, keep: Array | None = None) -> Sequential:
    """The library's model of an architecture, with these weights, in a row (P,); it gives a logit, (N, 1).

    keep: (L, N, 8), what dropout leaves of each unit, 0 or 1 / (1 - p).
    """
    *hidden, last = layers_of(weights, len(architecture.activations))
    layers: list[Any] = [features, mask(architecture.features)]
    for k, (W, b) in enumerate(hidden):
        on = architecture.units[k] if keep is None else architecture.units[k] * keep[k]
        f = switch(architecture.activations[k], *map(partial(getattr, activations), ACTIVATIONS), mine)
        layers += [Dense(W, b), f, mask(on)]
    return sequential(*layers, Dense(*last))


def answers(model: Sequential, X: Array) -> list[Array]:
    """What every layer answers: the features that are on (N, 7), each hidden layer (N, 8), the logit (N, 1)."""
    seen = probe.activations(model, X)
    masked = [a for a, layer in zip(seen, model.layers, strict=True) if isinstance(layer, Mask)]
    return [*masked, seen[-1]]
