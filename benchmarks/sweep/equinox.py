"""Equinox: an ensemble by `filter_vmap`, as its page of tricks has it; a jitted step, called in a Python loop."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import optax

from benchmarks.small_mlp.problem import WIDTHS
from benchmarks.sweep.problem import Sweep
from benchmarks.sweep.rates import stacked_adam
from benchmarks.timing import Contender


def contender(task: Sweep) -> Contender:
    X, y, optimizer = jnp.asarray(task.problem.X), jnp.asarray(task.problem.y), stacked_adam(task.all_runs()[0])

    def objective(model, X, y):
        return jnp.mean(optax.sigmoid_binary_cross_entropy(jax.vmap(model)(X)[:, 0], y))

    @eqx.filter_jit(donate="all-except-first")
    def step(data, models, state):
        each = eqx.filter_vmap(eqx.filter_value_and_grad(objective), in_axes=(eqx.if_array(0), None, None))
        losses, grads = each(models, *data)
        updates, state = optimizer.update(grads, state, eqx.filter(models, eqx.is_array))
        return eqx.apply_updates(models, updates), state, losses

    def train(models) -> float:
        state = optimizer.init(eqx.filter(models, eqx.is_array))
        for _ in range(task.problem.steps):
            models, state, losses = step((X, y), models, state)
        return float(np.nanmin(np.asarray(losses)))

    return Contender("equinox", train, lambda: networks(task))


def networks(task: Sweep) -> eqx.nn.MLP:
    """As many as there are runs, stacked; with Equinox's own first weights."""
    n_in, width, _, n_out = WIDTHS
    _, keys = task.all_runs()
    return eqx.filter_vmap(lambda key: eqx.nn.MLP(n_in, n_out, width, depth=2, activation=jnp.tanh, key=key))(keys)
