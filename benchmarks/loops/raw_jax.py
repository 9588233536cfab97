"""JAX without any library: the whole training as one program, the epochs scanned, and in them their batches."""

from collections.abc import Callable
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.loops import Task
from benchmarks.raw import adam_step, start
from benchmarks.timing import Contender


def cross_entropy(z, y):  # a comparison picks the label's logit: in a scan on a CPU it is faster than an index
    picked = jnp.where(y[:, None] == jnp.arange(z.shape[1]), z, 0).sum(1)
    return jax.nn.logsumexp(z, axis=1) - picked


def squared_error(z, y):
    return jnp.square(z - y)


LOSSES = {"cross_entropy": cross_entropy, "squared_error": squared_error}


@partial(jax.jit, static_argnames=("model", "loss"))
def trained(model, loss, weights, X, y, rows, shares, eta):
    """rows (epochs, per_epoch, batch); shares (per_epoch, batch): of each example in the mean of its batch."""

    def epoch(carry, now):
        first, rows = now

        def step(carry, batch):
            t, X, y, share = batch
            return adam_step(lambda w: loss(model(w, X), y) @ share, carry, t, eta)

        # Put in order once an epoch: a step then reads its examples in a row.
        return jax.lax.scan(step, carry, (first + jnp.arange(len(rows)), X[rows], y[rows], shares))

    epochs, per_epoch, _ = rows.shape
    return jax.lax.scan(epoch, start(weights), (1 + per_epoch * jnp.arange(epochs), rows))


def contender(task: Task, model: Callable, name: str = "raw_jax") -> Contender:
    """`model(weights, X)` gives the outputs of a batch."""
    X, y, loss = task.X, task.y, LOSSES[task.loss]

    def train(_) -> float:
        rows, shares = shuffled(task, np.random.default_rng(0))
        _, losses = jax.block_until_ready(trained(model, loss, task.weights, X, y, rows, shares, task.learning_rate))
        return float(np.asarray(losses)[-1].mean())

    return Contender(name, train)


def shuffled(task: Task, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The rows of every batch; the last of an epoch is filled up with examples that have no share in its mean."""
    size, form = len(task.X), (task.per_epoch, task.batch)
    rows = np.stack([np.resize(rng.permutation(size), form) for _ in range(task.epochs)])
    counted = (np.arange(np.prod(form)) < size).reshape(form).astype(np.float32)
    return rows, counted / counted.sum(1, keepdims=True)
