"""JAX without any library."""

import jax.numpy as jnp

from benchmarks.loops import Task, raw_jax
from benchmarks.timing import Contender


def logits(weights, x):
    (V, c), (W, b) = weights
    return jnp.tanh(x @ V + c) @ W + b  # (N, 64) -> (N, 10)


def contender(task: Task) -> Contender:
    return raw_jax.contender(task, logits)
