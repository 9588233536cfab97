"""Deep networks, to ask what comes back to the first layer: weights, a signal, and a word for the outcome.

In float64: where a gradient explodes, so does the rounding in it.
"""

from __future__ import annotations

from functools import cache, partial

import jax
import numpy as np

from nnlib import initializers
from nnlib.autodiff.two_passes import Layers
from nnlib.live import Curves, Note
from nnlib.live.numbers import plain

__all__ = ["DEEPEST", "INPUT", "SIGNAL", "STARTS", "deep", "depth_views", "lengths", "verdict"]

DEEPEST, WIDTH, EXAMPLES = 30, 32, 64
STARTS = {
    "1/n (LeCun)": "lecun_normal",
    "2/(n + m) (Glorot)": "glorot_uniform",
    "2/n (He)": "he_normal",
    "orthogonal": "orthogonal",
}
INPUT = np.random.default_rng(0).normal(size=(EXAMPLES, WIDTH))
SIGNAL = np.random.default_rng(1).normal(size=(EXAMPLES, WIDTH))  # dL/dZ at the output, of length 1
SIGNAL /= np.linalg.norm(SIGNAL)


@partial(jax.jit, static_argnames="name")
def _weights(name: str) -> jax.Array:
    one = getattr(initializers, name)
    return jax.vmap(lambda key: one(key, (WIDTH, WIDTH)))(jax.random.split(jax.random.key(0), DEEPEST))


@cache
def _drawn(name: str) -> np.ndarray:
    return np.asarray(_weights(name), float)


def deep(depth: int, start: str, scale: float) -> tuple[Layers, Layers]:
    """W and b of `depth` layers, 32 units wide: an initialisation times a scale, biases 0."""
    W = {l: scale * _drawn(STARTS[start])[l - 1] for l in range(1, depth + 1)}
    return W, {l: np.zeros(WIDTH) for l in W}


def lengths(by_layer: Layers) -> np.ndarray:
    """The root of the sum of squares of each layer's array, first to last; squared in float64, where 1e-36 is not 0."""
    return np.array([np.sqrt(np.square(by_layer[l], dtype=float).sum()) for l in sorted(by_layer)])


def verdict(norms: np.ndarray) -> str:
    """What becomes of the gradient on its way to the first layer; within a factor of 10, it keeps its size."""
    words = ("vanishes", "shrinks", "keeps its size", "grows", "explodes")
    return words[int(np.searchsorted((1e-3, 1e-1, 1e1, 1e3), norms[0] / norms[-1]))]


AXES = {"log": True, "xlim": (1, DEEPEST), "ylim": (1e-20, 1e20), "xlabel": "layer"}


def depth_views(delta: Layers, A: Layers) -> tuple[Curves, Curves, Note]:
    """The length of delta, and how large the activations are, layer by layer; on axes that stay where they are."""
    norms = lengths(delta)
    sizes = lengths({l: A[l] for l in delta}) / np.sqrt(EXAMPLES * WIDTH)  # the root of the mean square
    layers = np.arange(1, len(norms) + 1)
    factor = (norms[0] / norms[-1]) ** (1 / (len(norms) - 1))
    return (
        Curves(delta=(layers, norms), title="backward: length of delta", colors={"delta": "orange"}, **AXES),
        Curves(a=(layers, sizes), title="forward: size of a", **AXES),
        Note(f"Times {factor:.2f} in each layer; {plain(norms[0], 2)} arrives at the first: it {verdict(norms)}."),
    )
