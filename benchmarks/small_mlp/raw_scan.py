"""The same mathematics by hand: JAX without any library, one jitted scan.  This is what ours should cost."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

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


def adam(g, w, m, v, t, eta, b1=0.9, b2=0.999, eps=1e-8):
    m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g
    return w - eta * (m / (1 - b1**t)) / (jnp.sqrt(v / (1 - b2**t)) + eps), m, v


@partial(jax.jit, static_argnames="steps")
def trained(weights, X, y, eta, steps):
    start, form = jax.tree.flatten(weights)

    def step(carry, t):
        w, m, v = carry
        loss, grads = jax.value_and_grad(objective)(form.unflatten(w), X, y)
        moved = [adam(*of, t, eta) for of in zip(form.flatten_up_to(grads), w, m, v, strict=True)]
        return tuple(zip(*moved, strict=True)), loss

    zeros = tuple(jnp.zeros_like(w) for w in start)
    return jax.lax.scan(step, (tuple(start), zeros, zeros), jnp.arange(1, steps + 1))


def contender(problem: Problem) -> Contender:
    X, y, weights, steps, learning_rate = problem

    def train(_) -> float:
        _, losses = jax.block_until_ready(trained(weights, X, y, learning_rate, steps))
        return float(np.asarray(losses)[-1])

    return Contender("raw_scan", train)
