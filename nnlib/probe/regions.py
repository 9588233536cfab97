"""Networks of ReLUs are piecewise linear: their pieces, counted and cut."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.activations import relu
from nnlib.layers import Dense
from nnlib.module import Array, Function, Module, as_float
from nnlib.probe.layers import activations, layers
from nnlib.probe.plane import grid

__all__ = ["kinks", "linear_regions"]


def linear_regions(model: Module, bounds: tuple, n: int) -> Array:
    """The linear region of each point of a grid, by number from 0 on: (n,) or (n, n).

    A region is where the same ReLUs are on, and there the model is linear. max + 1 of them meet the grid; narrower ones
    are missed. model: a chain of layers that are linear, and `relu`. bounds: (low, high) or (left, right, bottom, top).
    """
    points = jnp.linspace(*map(as_float, bounds), n)[:, None] if len(bounds) == 2 else grid(bounds, n)
    on = [jnp.ones((len(points), 1), bool)]  # one that is on everywhere, for a model without a relu
    for a, layer in zip(activations(model, points), layers(model), strict=True):
        on += [a.reshape(len(points), -1) > 0] if _is_relu(layer) else []
    words = jnp.packbits(jnp.concatenate(on, axis=1), axis=1).T  # (P, units + 1) -> (units / 8, P)
    order = jnp.lexsort(words)
    new = (words[:, order[1:]] != words[:, order[:-1]]).any(0)
    number = jnp.zeros(len(points), jnp.int32).at[order[1:]].set(jnp.cumsum(new, dtype=jnp.int32))
    return number.reshape((n,) * (len(bounds) // 2))


def kinks(model: Module, start: Any, end: Any) -> np.ndarray:
    """Where the line from `start` to `end` goes from one linear region into the next: all t in (0, 1), ascending.

        x(t) = start + t (end - start)

    start, end: (D,). model: a chain of Dense layers and `relu`. Between two places each unit's input is linear in t, so
    its zero is found by a division; each layer cuts the pieces that the layers before it have left. Exact, in NumPy and
    float64, as the number of places differs from model to model.
    """
    t, h = np.array([0.0, 1.0]), np.stack([np.asarray(start, float), np.asarray(end, float)])  # (2, D)
    for layer in layers(model):
        if isinstance(layer, Dense):
            h = h @ np.asarray(layer.W, float) + np.asarray(layer.b, float)  # (places, units)
        elif _is_relu(layer):
            t, h = _cut(t, h)
            h = np.maximum(h, 0)
        else:
            raise TypeError(f"kinks: expected a chain of Dense layers and relu, got {layer} in it; take those out")
    return t[1:-1][np.diff(t[:-1]) > 1e-12]  # units that change at the same place count once


def _cut(t: np.ndarray, h: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places t and the units' inputs h there, with the places where one of them changes sign."""
    piece, unit = np.nonzero(h[:-1] * h[1:] < 0)
    before, after = h[piece, unit], h[piece + 1, unit]
    share = before / (before - after)
    new_h = h[piece] + share[:, None] * (h[piece + 1] - h[piece])
    new_h[np.arange(len(unit)), unit] = 0.0
    t = np.append(t, t[piece] + share * (t[piece + 1] - t[piece]))
    order = np.argsort(t, kind="stable")
    return t[order], np.append(h, new_h, axis=0)[order]


def _is_relu(layer: Module) -> bool:
    return isinstance(layer, Function) and layer.f in (relu, jax.nn.relu)
