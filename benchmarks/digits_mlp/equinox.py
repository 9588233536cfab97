"""Equinox."""

import equinox as eqx
import jax
import jax.numpy as jnp

from benchmarks.digits_mlp.problem import WIDTHS
from benchmarks.loops import Task, equinox
from benchmarks.timing import Contender


def contender(task: Task) -> Contender:
    return equinox.contender(task, lambda: network(task.weights))


def network(weights: list) -> eqx.nn.MLP:
    n_in, width, n_out = WIDTHS
    model = eqx.nn.MLP(n_in, n_out, width, depth=1, activation=jnp.tanh, key=jax.random.key(0))
    parts = [part for W, b in weights for part in (W.T, b)]
    return equinox.with_arrays(
        model, lambda m: [part for layer in m.layers for part in (layer.weight, layer.bias)], parts
    )
