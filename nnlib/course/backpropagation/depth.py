"""Deep networks, to ask what comes back to the first layer: weights, a signal, and a word for the outcome."""

from __future__ import annotations

from functools import cache, partial

import jax
import numpy as np

from nnlib import initializers

from .network import Layers

__all__ = ["DEEPEST", "INPUT", "SIGNAL", "STARTS", "deep", "lengths", "verdict"]

DEEPEST, WIDTH, EXAMPLES = 30, 32, 64
STARTS = {
    "1/n (LeCun)": "lecun_normal",
    "2/(n + m) (Glorot)": "glorot_uniform",
    "2/n (He)": "he_normal",
    "orthogonal": "orthogonal",
}
INPUT = np.random.default_rng(0).normal(size=(EXAMPLES, WIDTH)).astype(np.float32)
SIGNAL = np.random.default_rng(1).normal(size=(EXAMPLES, WIDTH)).astype(np.float32)  # dL/dZ at the output, of length 1
SIGNAL /= np.linalg.norm(SIGNAL)


@partial(jax.jit, static_argnames="name")
def _weights(name: str) -> jax.Array:
    one = getattr(initializers, name)
    return jax.vmap(lambda key: one(key, (WIDTH, WIDTH)))(jax.random.split(jax.random.key(0), DEEPEST))


@cache
def _drawn(name: str) -> np.ndarray:
    return np.asarray(_weights(name))


def deep(depth: int, start: str, scale: float) -> tuple[Layers, Layers]:
    """W and b of `depth` layers, 32 units wide: an initialization times a scale, biases 0."""
    W = {l: np.float32(scale) * _drawn(STARTS[start])[l - 1] for l in range(1, depth + 1)}
    return W, {l: np.zeros(WIDTH, np.float32) for l in W}


def lengths(by_layer: Layers) -> np.ndarray:
    """The root of the sum of squares of each layer's array, first to last; squared in float64, where 1e-36 is not 0."""
    return np.array([np.sqrt(np.square(by_layer[l], dtype=float).sum()) for l in sorted(by_layer)])


def verdict(norms: np.ndarray) -> str:
    """What became of the gradient on its way to the first layer: it vanishes, explodes or keeps its size."""
    rest = norms[0] / norms[-1]
    return "vanishes" if rest < 1e-3 else "explodes" if rest > 1e3 else "keeps its size"
