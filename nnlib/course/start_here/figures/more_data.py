"""How many examples it takes, and how large a network."""

from __future__ import annotations

from functools import cache

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.data import spirals
from nnlib.layers import Sequential, mlp, narrow
from nnlib.live import Curves, Note, Plane, live, log_slider, slider
from nnlib.losses import binary_cross_entropy
from nnlib.optim import adam
from nnlib.probe import boundary
from nnlib.train import fit

from .one_network import KEY, PLANE, share_right

__all__ = ["examples"]

SIZES = (10, 20, 50, 100, 200, 400)
TEST = spirals(jax.random.key(99), 1000)

WIDTHS, MOST = (2, 8, 32), 32
DRAWS = 3  # every point of the curves is the mean over so many data sets and starts


@jax.jit
def _network(key: jax.Array, units: int | jax.Array) -> Sequential:
    """Two layers of 32 units, of which only `units` are switched on: so one program serves every width."""
    return narrow(mlp(key, 2, MOST, MOST, 1), units, units)


@jax.jit
def _shuffled(key: jax.Array) -> tuple[jax.Array, jax.Array]:
    """As many points of the spirals as the largest size, in random order."""
    X, y = spirals(key, max(SIZES))
    order = jax.random.permutation(key, max(SIZES))
    return X[order], y[order]


@jax.jit
def _learn(model: Sequential, X: jax.Array, y: jax.Array, size: int | jax.Array) -> Sequential:
    """The model trained on the first `size` points; the others have weight 0, so one program serves every size."""
    weights = (jnp.arange(len(y)) < size).astype(float)
    return fit(model, (X, y, weights), binary_cross_entropy, adam(0.03), 300).model


@cache
def _scores() -> np.ndarray:
    """Accuracy on new points for each of WIDTHS and SIZES, (3, 6): 54 networks, trained in one call."""
    keys = jax.random.split(jax.random.key(7), DRAWS)
    draws = [_shuffled(key) for key in keys]
    runs = [(_network(k, w), *d, n) for w in WIDTHS for n in SIZES for k, d in zip(keys, draws, strict=True)]
    stacked = jax.tree.map(lambda *leaves: np.stack(leaves), *runs)  # every leaf (54, ...)
    right = jax.jit(jax.vmap(lambda *run: share_right(_learn(*run), *TEST)))(*stacked)
    return np.asarray(right).reshape(len(WIDTHS), len(SIZES), DRAWS).mean(axis=-1)


@live(examples=log_slider(10, 400, 50), units=slider(1, 32, 8, label="units in a layer"))
def examples(examples, units):
    """More data and a larger network: accuracy on a thousand new points, and the boundary for one size."""
    X, y = map(np.asarray, _shuffled(jax.random.key(5)))  # in NumPy, to be cut at any size
    model = _learn(_network(KEY, units), X, y, examples)
    right, shown = 100 * share_right(model, *TEST), slice(int(examples))
    curves = {f"{width} units": (SIZES, 100 * row) for width, row in zip(WIDTHS, _scores(), strict=True)}
    return (
        Plane(boundary(model, PLANE, 80), (X[shown], y[shown]), bounds=PLANE),
        Curves(
            **curves,
            this_network=([examples], [right]),
            thin=curves,
            title="% right on new points (lines: mean of three networks)",
            xlabel="examples",
            ylim=(40, 100),
            logx=True,
        ),
        Note(f"{right:.0f} % of new points right"),
    )
