"""Mini-batches of shuffled epochs, as row numbers that a compiled loop can use."""

import jax
import jax.numpy as jnp
from jax import lax, random

from nnlib.module import Array

__all__ = ["batch_rows"]


def batch_rows(key: Array, size: int, batch: int, steps: int, first: int | Array = 0) -> tuple[Array, Array]:
    """The rows of each step's batch, and their weights: (steps, batch) both.

    Every epoch is a new order of all examples, cut into ceil(size / batch) batches. The last one may be
    short: it is filled up from the front of the order, with weight 0 where all others have 1. The steps are
    those from number `first` on, which may be traced: the same steps, whether they come at once or in parts.
    """
    per_epoch = -(-size // batch)
    epochs = first // per_epoch + jnp.arange(-(-steps // per_epoch) + 1)  # `first` may be inside one

    def one_epoch(epoch: Array) -> Array:
        order = random.permutation(random.fold_in(key, epoch), size)  # (N,)
        return jnp.resize(order, (per_epoch, batch))

    rows = jax.vmap(one_epoch)(epochs).reshape(-1, batch)
    weights = (jnp.arange(per_epoch * batch) < size).astype(jnp.result_type(float)).reshape(per_epoch, batch)
    weights = jnp.tile(weights, (len(epochs), 1))  # (epochs * per_epoch, batch), like rows
    return tuple(lax.dynamic_slice_in_dim(table, first % per_epoch, steps) for table in (rows, weights))
