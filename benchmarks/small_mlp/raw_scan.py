"""The same mathematics by hand: JAX without any library, one jitted scan.  This is what ours should cost."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.raw import adam_step, start
from benchmarks.small_mlp.problem import Problem
from benchmarks.timing import Contender


def logits(weights, x):
    *hidden, (W, b) = weights
    for V, c in hidden:
        x = jnp.tanh(x @ V + c)
    return (x @ W + b)[:, 0]  # (N,)


def objective(weights, X, y):
    z = logits(weights, X)
    return jnp.mean(jax.nn.softplus(z) - y * z)


@partial(jax.jit, static_argnames="steps")
def trained(weights, X, y, eta, steps):
    def step(carry, t):
        return adam_step(lambda w: objective(w, X, y), carry, t, eta)

    return jax.lax.scan(step, start(weights), jnp.arange(1, steps + 1))


def contender(problem: Problem) -> Contender:
    X, y, weights, steps, learning_rate = problem

    def train(_) -> float:
        _, losses = jax.block_until_ready(trained(weights, X, y, learning_rate, steps))
        return float(np.asarray(losses)[-1])

    return Contender("raw_scan", train)
