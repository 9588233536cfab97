"""Equinox."""

import equinox as eqx
import jax
import jax.numpy as jnp

from benchmarks.digits_cnn.channels import channels_first, parts
from benchmarks.digits_cnn.problem import CHANNELS, CLASSES
from benchmarks.loops import Task, equinox
from benchmarks.timing import Contender


def contender(task: Task) -> Contender:
    return equinox.contender(channels_first(task), lambda: network(task.weights))


def network(weights: list) -> eqx.nn.Sequential:
    key, (first, second) = jax.random.key(0), CHANNELS
    model = eqx.nn.Sequential([
        eqx.nn.Conv2d(1, first, 3, padding=1, key=key), eqx.nn.Lambda(jax.nn.relu), eqx.nn.MaxPool2d(2, 2),
        eqx.nn.Conv2d(first, second, 3, padding=1, key=key), eqx.nn.Lambda(jax.nn.relu), eqx.nn.MaxPool2d(2, 2),
        eqx.nn.Lambda(jnp.ravel), eqx.nn.Linear(4 * second, CLASSES, key=key),
    ])  # fmt: skip
    trained = parts(weights)
    shaped = [part.reshape(-1, 1, 1) if i in (1, 3) else part for i, part in enumerate(trained)]  # biases of Conv2d
    return equinox.with_arrays(model, lambda m: [part for i in (0, 3, 7) for part in (m[i].weight, m[i].bias)], shaped)
