"""The loss as a landscape over the weights: a cut along two directions, and the curvature at a point.

u, v = directions(key, model)
values = loss_surface(objective, model, u, v, (-1, 1, -1, 1), 50)      # objective(model + a u + b v), (50, 50)
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax, random
from jax.flatten_util import ravel_pytree

from nnlib.module import Array, Module, as_module, merge, split
from nnlib.probe.plane import as_bounds, grid

__all__ = ["coordinates", "directions", "hessian_eigenvalues", "loss_surface"]


def directions(key: Array, model: Module) -> tuple[Any, Any]:
    """Two random directions, drawn with the key, filter by filter as long as the model's weights.

        d_i <- d_i / |d_i| |w_i|                w_i: the weights of unit or filter i, the last axis; d_i normal

    Without this, a network whose weights are scaled without changing what it computes looks flatter. Arrays of one
    axis (biases) stay as they are: 0. Each has the form of `split(model)[0]`. Source: Li et al., 2018.
    """
    leaves, form = jax.tree.flatten(split(model)[0])

    def one(key: Array) -> Any:
        keys = random.split(key, len(leaves))
        return form.unflatten([_filters(*of) for of in zip(keys, leaves, strict=True)])

    first, second = random.split(key)
    return one(first), one(second)


def _filters(key: Array, w: Array) -> Array:
    if w.ndim < 2:
        return jnp.zeros_like(w)
    d, axes = random.normal(key, w.shape, w.dtype), tuple(range(w.ndim - 1))
    return d * jnp.sqrt(jnp.sum(w**2, axes) / jnp.sum(d**2, axes))


def loss_surface(objective: Callable, model: Module, u: Any, v: Any, bounds: tuple, n: int) -> Array:
    """objective(model + a u + b v) for a from left to right and b from bottom to top: (n, n), row b, column a.

    objective: model -> a number; one that was made once is compiled once. u, v: trees like `split(model)[0]`, such as
    `directions` gives; they are the units of a and b. bounds: (left, right, bottom, top), of a and b; n: how many
    points stand along each side. TypeError: an objective that cannot be called, or a bound that is no number.
    ValueError: bounds that are not four.
    """
    return _surface(as_module(objective), model, u, v, tuple(as_bounds(bounds)), n)


@partial(jax.jit, static_argnames="n")
def _surface(objective: Callable, model: Module, u: Any, v: Any, bounds: tuple, n: int) -> Array:
    trained, rest = split(model)

    def value(at: Array) -> Array:
        moved = jax.tree.map(lambda w, u, v: w + (at[0] * u + at[1] * v).astype(w.dtype), trained, u, v)
        return objective(merge(moved, rest))

    return lax.map(value, grid(bounds, n), batch_size=n).reshape(n, n)


def coordinates(model: Module, centre: Module, u: Any, v: Any) -> Array:
    """Where a model lies in the plane of `loss_surface`: the (a, b) nearest to it, (2,). For a film, use vmap.

    centre, u, v: the model and the two directions that the surface was drawn with.
    """
    w, o, u, v = (ravel_pytree(tree)[0] for tree in (split(model)[0], split(centre)[0], u, v))
    return jnp.linalg.lstsq(jnp.stack([u, v], axis=1), w - o)[0]


def hessian_eigenvalues(objective: Callable, model: Module) -> Array:
    """The curvatures of objective(model) in the trained weights, ascending: (P,), eigenvalues of d^2 J / dw^2.

    objective: model -> a number. Signs that differ where the gradient is 0 mean a saddle. The matrix is P by P, so more
    than P = 1000 trained numbers are a ValueError.
    """
    trained, rest = split(model)
    w, form = ravel_pytree(trained)
    if len(w) > 1000:
        raise ValueError(f"hessian_eigenvalues: expected at most 1000 trained numbers, got {len(w)}; take fewer")
    return jnp.linalg.eigvalsh(jax.hessian(lambda w: objective(merge(form(w), rest)))(w))
