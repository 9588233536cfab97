"""The path of an optimizer over a function: what `fit` is for a model and its data, for any function of arrays."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from nnlib.given import check_sizes
from nnlib.module import Array, Module, as_module, buffer, shown
from nnlib.optim.base import apply_updates, as_optimizer, asked, call_update
from nnlib.train.reads import reads

__all__ = ["Descent", "descend"]


class Descent(Module):
    """What `descend` gives: every point on the way and the function's value there.

        path_0 = start, path_{t+1} = path_t + update(grad f(path_t)), losses_t = f(path_t)

    A value, as a `Run` is: an array for each, with time on the first axis.
    """

    path: Any = buffer()  # (steps + 1, ...), as `start`
    losses: Array = buffer()  # (steps + 1,)
    diverged: Array = buffer()  # int32: the first point at which the value is not finite; -1 if there is none


def descend(f: Callable, start: Any, optimizer: Any, steps: int) -> Descent:
    """Go down f from `start`: w <- w + update(grad f(w)), `steps` times.

    f: from an array, or a tree of arrays, to a number. A Module where it has numbers that may move.
    start: such an array, or tree, of floats.
    optimizer: ours, or any with `init` and `update`; one that asks for f, as `newton` and optax's line
        searches do, is given it.
    steps: a whole number from 0 up, or a ValueError. TypeError: an f that cannot be called, a start of
        other numbers than floats, or what is no optimizer.
    Numbers are traced, as in `fit`; other functions, shapes and numbers of steps are other programs.
    """
    check_sizes("descend", 0, steps=steps)
    values = as_module(f), jax.tree.map(jnp.asarray, start), as_optimizer(optimizer)
    for leaf in jax.tree.leaves(values[1]):
        if not jnp.issubdtype(leaf.dtype, jnp.floating):
            raise TypeError(f"descend: expected floats as start, got {shown(start)}; write 3.0 in place of 3")
    leaves, form = jax.tree.flatten(values)
    shapes = tuple((leaf.shape, leaf.dtype) for leaf in leaves)
    return _compiled(int(steps), form, shapes, reads(f, optimizer))(*values)


@lru_cache(maxsize=64)
def _compiled(steps: int, form: Any, shapes: tuple, read: tuple) -> Callable:
    """One program for each form of the arguments and what functions read; the one used longest ago is forgotten."""
    return jax.jit(lambda *values: _descend(steps, *values))


def _descend(steps: int, f: Callable, start: Any, optimizer: Any) -> Descent:
    def step(now: tuple, _: None) -> tuple[tuple, tuple]:
        w, state = now
        value, gradient = jax.value_and_grad(f)(w)
        updates, state = call_update(optimizer, gradient, state, w, **asked(f, value, gradient))
        return (apply_updates(w, updates), state), (w, value)

    (w, _), (path, losses) = lax.scan(step, (start, optimizer.init(start)), length=steps)
    path = jax.tree.map(lambda all, last: jnp.concatenate([all, last[None]]), path, w)
    losses = jnp.append(losses, f(w))
    finite = jnp.isfinite(losses)
    return Descent(path, losses, jnp.where(finite.all(), -1, jnp.argmin(finite)).astype(jnp.int32))
