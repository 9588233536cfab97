"""What is checked before training begins: sizes, kinds and numbers."""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.module import Array, Module

__all__ = ["Plan", "check", "check_finite", "count"]


class Plan(NamedTuple):
    """The numbers that are compiled in: steps, frames, examples in a batch (None: all), examples."""

    steps: int
    frames: int
    batch: int | None
    size: int


def count(data: Any, name: str = "data") -> int:
    """The number of examples: the length of the first axis, the same in all arrays."""
    sizes = [np.shape(leaf)[0] if np.ndim(leaf) else None for leaf in jax.tree.leaves(data)]
    rightly_put = isinstance(data, (tuple, list)) and len(data) in (2, 3)
    if not rightly_put or None in sizes or len(set(sizes)) != 1 or sizes[0] == 0:
        raise ValueError(
            f"expected {name} (inputs, targets) or (inputs, targets, weights), arrays with one row for each "
            f"example, got {type(data).__name__} of arrays with {sizes} rows; give as many inputs as targets"
        )
    return sizes[0]


def check(plan: Plan, model: Any, key: Array | None) -> None:
    steps, frames, batch, size = plan
    if not isinstance(model, Module):
        raise TypeError(f"expected a Module or a Run, got {type(model).__name__}; make one: nnlib.layers")
    if not isinstance(steps, (int, np.integer)) or steps < 0:
        raise ValueError(f"expected a whole number of steps, 0 or more, got {steps}; give an int")
    if frames and not 2 <= frames <= steps + 1:
        raise ValueError(
            f"expected frames to be 0, or from 2 to steps + 1 = {steps + 1}, got {frames}; the first frame "
            "is before training, the last after it"
        )
    if batch is not None and not 1 <= batch <= size:
        raise ValueError(f"expected a batch of 1 to {size} examples, got {batch}; None takes all of them")
    if batch is not None and key is None:
        raise ValueError("expected a key to shuffle the batches with, got None; give key=jax.random.key(0)")


def check_finite(name: str, data: Any) -> None:
    """A ValueError that names the array and the row of a NaN or an infinity, where looking is cheap."""
    for path, leaf in jax.tree_util.tree_leaves_with_path(data):
        near = isinstance(leaf, np.ndarray) or (
            not isinstance(leaf, jax.core.Tracer) and jax.default_backend() == "cpu"
        )
        if near and np.size(leaf) <= 1_000_000 and jnp.issubdtype(leaf.dtype, jnp.floating):
            bad = np.argwhere(~np.isfinite(np.asarray(leaf)))
            if len(bad):
                raise ValueError(
                    f"expected finite numbers in {name}{jax.tree_util.keystr(path)}, got {leaf[tuple(bad[0])]} in row "
                    f"{bad[0][0]}; leave that row out, or put a number there"
                )
