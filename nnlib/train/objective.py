"""What a step makes smaller: the mean loss over the examples, and a penalty.

The model's outputs and the targets are trees of arrays, or arrays, with N examples on the first axis; `params` are the
trained arrays, and the key is for what is random. ValueError: a loss that does not give one number for each example.
"""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from nnlib.module import Array, Module, merge, split, train
from nnlib.train.checks import count

__all__ = ["each_loss", "measured", "objective"]


def objective(
    rest: Any, examples: tuple, loss: Callable, key: Array | None, penalty: Any, params: Any
) -> tuple[Array, tuple]:
    """What is made smaller, the mean loss and the penalty; beside it the mean loss alone, and the rest after it."""
    model = merge(params, rest)
    inputs, targets, weights = examples
    outputs, after = train(model, inputs, key, weights)
    value = _mean(each_loss(loss, outputs, targets, count(examples)), weights)
    return value if penalty is None else value + penalty(model), (value, split(after)[1])


def measured(loss: Callable, valid: tuple, model: Module) -> Array:
    """The mean loss of the model at prediction, on other data, valid: (inputs, targets)."""
    inputs, targets, *weights = valid
    return _mean(each_loss(loss, model(inputs), targets, count(valid)), *(weights or [None]))


def each_loss(loss: Callable, outputs: Any, targets: Any, size: int) -> Array:
    """The losses of so many examples, (size, ...), each from its own output and target.

    ValueError: another number of losses, or one for each output with each target: (N, 1) against (N,) is (N, N).
    """
    losses = jnp.asarray(loss(outputs, targets))
    if losses.shape[:1] != (size,):
        raise ValueError(f"expected a loss for each of the {size} examples, got {losses.shape}; leave the mean to fit")
    shapes = [jnp.shape(leaf) for leaf in jax.tree.leaves((outputs, targets))]
    if losses.shape[:2] == (size, size) != (1, 1) and not any(shape[:2] == (size, size) for shape in shapes):
        got = f"{losses.shape} from outputs and targets {', '.join(map(str, shapes))}, each with each"
        raise ValueError(f"expected a loss for each example, got {got}; give targets the outputs' shape")
    return losses


def _mean(losses: Array, weights: Array | None) -> Array:
    """The mean over the examples, each as often as its weight says; 0 if no weight is left."""
    if weights is None:
        return jnp.mean(losses)
    total = jnp.sum(weights)
    return jnp.mean(losses.reshape(len(losses), -1), axis=1) @ weights / jnp.where(total > 0, total, 1)
