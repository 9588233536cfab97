"""Looking inside: what a model answers everywhere on a plane.

    values = on_grid(model, bounds, n)        # (n, n, ...)

`bounds` are (left, right, bottom, top), in the units of the two inputs, and n is how many points stand along each side.
Rows go from bottom to top and columns from left to right, as in `imshow(values, origin="lower", extent=bounds)`.
Bounds that are not four numbers are a ValueError or a TypeError; an n that is no whole number from 1 up is a
ValueError.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.activations import sigmoid
from nnlib.given import check_sizes
from nnlib.module import Array, Module, as_float, shown

__all__ = ["as_bounds", "boundary", "grid", "on_grid"]


def grid(bounds: tuple, n: int) -> Array:
    """The points of an n by n grid that reaches the bounds, row by row from bottom to top: (n*n, 2).

    ValueError: bounds that are not four; TypeError: what is no number among them.
    """
    return _grid(*as_bounds(bounds), n)


def as_bounds(bounds: tuple) -> list[Array]:
    """The four bounds as arrays: left, right, bottom, top; other bounds are an error."""
    if len(bounds) != 4 or any(map(np.ndim, bounds)):
        raise ValueError(f"expected bounds (left, right, bottom, top), got {shown(tuple(bounds))}; give four")
    return list(map(as_float, bounds))


@partial(jax.jit, static_argnames="n")
def _grid(left: Array, right: Array, bottom: Array, top: Array, n: int) -> Array:
    check_sizes("grid", 1, n=n)
    x, y = jnp.meshgrid(jnp.linspace(left, right, n), jnp.linspace(bottom, top, n))  # (n, n) each
    return jnp.stack([x, y], axis=-1).reshape(n * n, 2)


def on_grid(f: Callable[[Array], Array], bounds: tuple, n: int) -> Array:
    """The values of f at the points of the grid: (n, n, ...), where f takes points (n*n, 2) and gives (n*n, ...)."""
    values = f(grid(bounds, n))
    return values.reshape(n, n, *values.shape[1:])


def boundary(model: Any, bounds: tuple, n: int) -> Array:
    """The probability of class 1 everywhere, for a model with one logit z: sigmoid(z), (n, n).

    model: a Module, or a function of points, (n*n, 2) -> (n*n,) or (n*n, 1); more logits, or none, are a ValueError.
    The boundary is where it is 1/2. For every frame of a film, (T, n, n):
    `jax.vmap(lambda model: boundary(model, bounds, n))(film)`.
    """
    if isinstance(model, Module):  # a value, so that one program serves every model of this make
        return _boundary(model, *as_bounds(bounds), n)
    return _probability(on_grid(model, bounds, n), n)


@partial(jax.jit, static_argnames="n")
def _boundary(model: Module, left: Array, right: Array, bottom: Array, top: Array, n: int) -> Array:
    return _probability(on_grid(model, (left, right, bottom, top), n), n)


def _probability(logits: Array, n: int) -> Array:
    if logits.shape not in ((n, n), (n, n, 1)):
        raise ValueError(f"expected a model with one logit for each point, got shape {logits.shape[2:]}; use on_grid")
    return sigmoid(logits.reshape(n, n))
