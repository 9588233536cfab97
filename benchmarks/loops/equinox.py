"""Equinox with optax, as its examples have it: a jitted step, called in a Python loop; model and state are donated."""

from collections.abc import Callable
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import optax

from benchmarks.loops import Task, batches
from benchmarks.timing import Contender

LOSSES = {
    "cross_entropy": optax.softmax_cross_entropy_with_integer_labels,
    "squared_error": optax.squared_error,
}


def contender(task: Task, network: Callable[[], Any]) -> Contender:
    """`network()` is a new model of one example."""
    optimizer = optax.adam(task.learning_rate)
    loss_of = LOSSES[task.loss]

    @eqx.filter_value_and_grad
    def objective(model, X, y):
        return jnp.mean(loss_of(jax.vmap(model)(X), y))

    @eqx.filter_jit(donate="all")
    def step(model, state, X, y):
        loss, grads = objective(model, X, y)
        updates, state = optimizer.update(grads, state, eqx.filter(model, eqx.is_array))
        return eqx.apply_updates(model, updates), state, loss

    def train(model) -> float:
        state, losses = optimizer.init(eqx.filter(model, eqx.is_array)), []
        for X, y in batches(task, np.random.default_rng(0)):
            model, state, loss = step(model, state, X, y)
            losses.append(loss)
        return float(np.mean(jax.device_get(losses[-task.per_epoch :])))

    return Contender("equinox", train, network)


def with_arrays(model: Any, where: Callable, arrays: list) -> Any:
    """The model with NumPy arrays in the places that `where` lists."""
    return eqx.tree_at(where, model, [jnp.array(array) for array in arrays])
