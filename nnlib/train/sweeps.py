"""Sweeps: the same computation for every combination of some values, in one program."""

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from nnlib.given import check_sizes
from nnlib.module import Array
from nnlib.train.reads import reads

__all__ = ["sweep"]


def sweep(f: Callable, /, together: int = 8, **axes: Any) -> Any:
    """f(name=value, ...) for every combination of the values of the named axes.

        def final(rate, key):
            return fit(mlp(key, 2, 16, 1), data, loss, adam(rate), 1000).losses[-1]

        sweep(final, rate=jnp.geomspace(0.001, 1, 32), key=jax.random.split(key, 4))      # (32, 4)

    axes: arrays, lists of numbers, keys or trees of arrays, with the values on the first axis. Every array of the
    result has these axes in front, in the order of the names. An f that was made once is compiled once for each
    number of values (the 16 programs used last are kept); a lambda that is made anew is another f.
    What f reads besides its arguments is compiled in: another value of a global, or of a variable outside of f, is
    noticed, but not an array that was changed in place.
    together: runs side by side in one `vmap`, from 1 up. On a CPU, more of them make small steps cheaper, and large
    ones dearer once their arrays leave the cache: so 8 at a time, on a thread for each core.
    ValueError: no axes, an axis without values or with arrays of different lengths, or a together that is no whole
    number from 1 up.
    """
    check_sizes("sweep", 1, together=together)
    if not axes:
        raise ValueError("sweep: expected axes, names with values, got none; such as rate=[0.1, 0.3]")
    names, values = tuple(axes), tuple(_arrays(name, axis) for name, axis in axes.items())
    sizes = tuple(len(jax.tree.leaves(axis)[0]) for axis in values)
    leaves, form = jax.tree.flatten(values)
    if any(isinstance(leaf, jax.core.Tracer) for leaf in leaves):  # a part of somebody's program
        return _joined([_runs(f, names, values, _places(sizes, 1, together)[0])], sizes)
    places = _places(sizes, min(os.cpu_count() or 1, 8), together)
    shapes = tuple((leaf.shape, leaf.dtype) for leaf in leaves)
    program = _compiled(f, names, form, shapes, places.shape[1:], jnp.result_type(float), reads(f))
    with ThreadPoolExecutor(len(places)) as threads:
        parts = threads.map(lambda part: jax.block_until_ready(program(values, part)), places)
    return _joined(list(parts), sizes)


@lru_cache(maxsize=16)
def _compiled(f: Callable, names: tuple, form: Any, shapes: tuple, places: tuple, *besides: Any) -> Callable:
    """The program for one part of the runs, compiled in the caller's thread, whose settings it has."""
    values = form.unflatten([jax.ShapeDtypeStruct(*shape) for shape in shapes])
    return jax.jit(partial(_runs, f, names)).lower(values, jax.ShapeDtypeStruct(places, np.int32)).compile()


def _runs(f: Callable, names: tuple, values: tuple, places: Array) -> Any:
    """Some of the runs, block by block: (axes, blocks, runs in a block) -> results (runs, ...)."""

    def run(place: Array) -> Any:
        chosen = (jax.tree.map(lambda leaf, i=i: leaf[i], axis) for axis, i in zip(values, place, strict=True))
        return f(**dict(zip(names, chosen, strict=True)))

    results = lax.map(jax.vmap(run, in_axes=1), jnp.moveaxis(places, 1, 0))  # (blocks, runs in a block, ...)
    return jax.tree.map(lambda leaf: leaf.reshape(-1, *leaf.shape[2:]), results)


def _places(sizes: tuple, parts: int, together: int) -> np.ndarray:
    """Which value of each axis each run takes: (parts, axes, blocks, runs in a block); the last run fills up."""
    runs = math.prod(sizes)
    parts = min(parts, runs)
    blocks = math.ceil(runs / (parts * together))
    width = math.ceil(runs / (parts * blocks))
    flat = np.minimum(np.arange(parts * blocks * width), runs - 1)
    places = np.stack(np.unravel_index(flat, sizes)).astype(np.int32)  # (axes, runs)
    return places.reshape(len(sizes), parts, blocks, width).swapaxes(0, 1)


@partial(jax.jit, static_argnames="sizes")
def _joined(parts: list, sizes: tuple) -> Any:
    """The parts' runs as one array for each result: (*sizes, ...)."""

    def join(*leaves: Array) -> Array:
        return jnp.concatenate(leaves)[: math.prod(sizes)].reshape(*sizes, *leaves[0].shape[1:])

    return jax.tree.map(join, *parts)


def _arrays(name: str, axis: Any) -> Any:
    """The values of an axis as arrays, as many in each."""
    arrays = jax.tree.map(jnp.asarray, axis, is_leaf=lambda node: isinstance(node, list))
    sizes = {leaf.shape[:1] for leaf in jax.tree.leaves(arrays)}
    if len(sizes) != 1 or sizes <= {(), (0,)}:
        raise ValueError(f"sweep: expected values of {name} on a first axis, got {axis!r}; give a list or an array")
    return arrays
