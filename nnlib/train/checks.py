"""What is checked before training begins: sizes, kinds and numbers."""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.given import check_key, check_sizes
from nnlib.module import Array, Module, as_module

__all__ = ["Plan", "as_data", "as_penalty", "check", "check_finite", "check_model", "check_weights", "count"]


class Plan(NamedTuple):
    """The numbers that are compiled in."""

    steps: int  # from 0 up
    frames: int  # 0, or from 2 to steps + 1
    batch: int | None  # examples in a batch, from 1 to size; None: all
    size: int  # examples, N


def count(data: Any, name: str = "data") -> int:
    """The number of examples N: the length of the first axis, the same in all arrays of data.

    data: (inputs, targets) or (inputs, targets, weights); name: what it is, for the message. Another number of entries,
    arrays of several lengths or of length 0, and single numbers among them are a ValueError.
    """
    sizes = [np.shape(leaf)[0] if np.ndim(leaf) else None for leaf in jax.tree.leaves(data)]
    of_two_or_three = isinstance(data, (tuple, list)) and len(data) in (2, 3)
    if not of_two_or_three or len(set(sizes)) != 1 or sizes[0] in (None, 0):
        raise ValueError(
            f"expected {name} (inputs, targets) or (inputs, targets, weights), got {type(data).__name__} of arrays "
            f"with {sizes} rows; give as many inputs as targets, one row for each example"
        )
    return sizes[0]


def as_data(name: str, data: Any) -> Any:
    """Lists of numbers in data to train with, and lists of such, as arrays; all is looked at. name: as in `count`.

    ValueError: as in `count` and the checks below; TypeError: text, or what is no array.
    """

    def numbers(node: Any) -> bool:
        return isinstance(node, list) and all(isinstance(leaf, (int, float)) for leaf in jax.tree.leaves(node))

    as_one = lambda node: jnp.asarray(np.asarray(node)) if isinstance(node, list) else node  # noqa: E731
    data = jax.tree.map(as_one, data, is_leaf=numbers)
    count(data, name)
    check_finite(name, data)
    check_weights(data)
    return data


def as_penalty(penalty: Any) -> Module:
    """A penalty as a module; what cannot be called is a TypeError."""
    if not callable(penalty):
        raise TypeError(f"expected a Module or a function, got {penalty} as penalty; such as losses.penalty(l2=0.01)")
    return as_module(penalty)


def check_model(model: Any) -> None:
    """A TypeError unless this model is a Module."""
    if not isinstance(model, Module):
        raise TypeError(f"expected a Module or a Run, got {type(model).__name__}; make one: nnlib.layers")


def check(plan: Plan, model: Any, key: Array | None) -> None:
    """An error where these numbers and this model cannot be trained with.

    ValueError: a number of the plan is out of its range, or there are batches and no key to shuffle them with.
    TypeError: the model is no Module, or the key no key.
    """
    steps, frames, batch, size = plan
    check_model(model)
    check_sizes("fit", 0, steps=steps, frames=frames)
    if batch is not None:
        check_sizes("fit", 1, batch=batch)
    if frames and not 2 <= frames <= steps + 1:  # the first before training, the last after it
        raise ValueError(f"expected frames to be 0, or from 2 to steps + 1 = {steps + 1}, got {frames}; choose one")
    if batch is not None and batch > size:
        raise ValueError(f"expected a batch of 1 to {size} examples, got {batch}; None takes all of them")
    if key is not None:
        check_key("fit", key)
    if batch is not None and key is None:
        raise ValueError("expected a key to shuffle the batches with, got None; give key=jax.random.key(0)")


def check_weights(data: tuple) -> None:
    """A ValueError for example weights, the third of data, of another shape than (N,), or known to be below 0."""
    if len(data) < 3 or data[2] is None:
        return
    weights = data[2]
    if np.ndim(weights) != 1:
        raise ValueError(f"expected weights (N,), one for each example, got {np.shape(weights)}; take weights[:, 0]")
    if not isinstance(weights, jax.core.Tracer) and (isinstance(weights, np.ndarray) or jax.default_backend() == "cpu"):
        wrong = np.flatnonzero(np.asarray(weights) < 0)
        if len(wrong):
            raise ValueError(f"expected weights from 0 up, got {weights[wrong[0]]} in row {wrong[0]}; 0 leaves it out")


def check_finite(name: str, data: Any) -> None:
    """A ValueError that names the array and the row of a NaN or an infinity in data, where looking is cheap.

    data: a tree of arrays, called `name` in the message. Looking is cheap in arrays of NumPy and of the CPU, up to a
    million numbers; traced ones pass. TypeError: text, or what is no array.
    """
    for path, leaf in jax.tree_util.tree_leaves_with_path(data):
        if not hasattr(leaf, "dtype") or (isinstance(leaf, np.ndarray) and leaf.dtype.kind in "OSUT"):
            where, got = f"{name}{jax.tree_util.keystr(path)}", getattr(leaf, "dtype", type(leaf).__name__)
            raise TypeError(f"expected arrays of numbers in {where}, got {got}; number the classes from 0")
        near = isinstance(leaf, np.ndarray) or jax.default_backend() == "cpu"
        known = near and np.size(leaf) <= 1_000_000 and not isinstance(leaf, jax.core.Tracer)
        if known and jnp.issubdtype(leaf.dtype, jnp.floating):
            bad = np.argwhere(~np.isfinite(np.asarray(leaf)))
            if len(bad):
                where, got = f"{name}{jax.tree_util.keystr(path)}", leaf[tuple(bad[0])]
                raise ValueError(f"expected finite numbers in {where}, got {got} in row {bad[0][0]}; leave it out")
