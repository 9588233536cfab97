"""Flax NNX: an ensemble by `nnx.vmap`; a jitted step with `nnx.cached_partial`, called in a Python loop."""

import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx

from benchmarks.small_mlp.flax import Network
from benchmarks.sweep.problem import Sweep
from benchmarks.sweep.rates import stacked_adam
from benchmarks.timing import Contender


def contender(task: Sweep) -> Contender:
    X, y, adam = jnp.asarray(task.problem.X), jnp.asarray(task.problem.y), stacked_adam(task.all_runs()[0])

    def objective(model, X, y):
        return jnp.mean(optax.sigmoid_binary_cross_entropy(model(X)[:, 0], y))

    @nnx.jit
    def step(models, optimizer, X, y):
        losses, grads = nnx.vmap(nnx.value_and_grad(objective), in_axes=(0, None, None))(models, X, y)
        optimizer.update(models, grads)
        return losses

    def train(models) -> float:
        cached = nnx.cached_partial(step, models, nnx.Optimizer(models, adam, wrt=nnx.Param))
        for _ in range(task.problem.steps):
            losses = cached(X, y)
        return float(np.nanmin(np.asarray(losses)))

    return Contender("flax", train, lambda: networks(len(task.all_runs()[0])))


def networks(n: int) -> Network:
    """n of them, stacked; with Flax's own first weights."""
    return nnx.split_rngs(splits=n)(nnx.vmap(Network))(nnx.Rngs(0))
