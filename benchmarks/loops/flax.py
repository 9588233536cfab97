"""Flax NNX with optax, as its guide to performance has it: `nnx.cached_partial` of a jitted step, in a Python loop."""

from collections.abc import Callable, Sequence

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx

from benchmarks.loops import Task, batches
from benchmarks.timing import Contender

LOSSES = {
    "cross_entropy": optax.softmax_cross_entropy_with_integer_labels,
    "squared_error": optax.squared_error,
}


def contender(task: Task, network: Callable[[], nnx.Module]) -> Contender:
    adam = optax.adam(task.learning_rate)  # made once: another one would compile the step again
    loss_of = LOSSES[task.loss]

    @nnx.jit
    def step(model, optimizer, X, y):
        loss, grads = nnx.value_and_grad(lambda model: jnp.mean(loss_of(model(X), y)))(model)
        optimizer.update(model, grads)
        return loss

    def train(model: nnx.Module) -> float:
        cached = nnx.cached_partial(step, model, nnx.Optimizer(model, adam, wrt=nnx.Param))
        losses = [cached(X, y) for X, y in batches(task, np.random.default_rng(0))]
        return float(np.mean(jax.device_get(losses[-task.per_epoch :])))

    return Contender("flax", train, network)


def fill(layers: Sequence[nnx.Module], weights: list) -> None:
    """Write the (W, b) of every layer into `kernel` and `bias`."""
    for layer, (W, b) in zip(layers, weights, strict=True):
        layer.kernel[...], layer.bias[...] = jnp.array(W), jnp.array(b)
