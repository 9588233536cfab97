"""Mini-batches of shuffled epochs, as row numbers that a compiled loop can use."""

import jax
import jax.numpy as jnp
from jax import lax, random

from nnlib.given import check_sizes
from nnlib.module import Array

__all__ = ["batch_rows"]


def batch_rows(key: Array, size: int, batch: int, steps: int, first: int | Array = 0) -> tuple[Array, Array]:
    """The rows of each step's batch, and their weights: (steps, batch) both, rows from 0 to size - 1.

    Every epoch is a new order, by the key, of all `size` examples, cut into ceil(size / batch) batches. The last one
    may be short: it is filled up from the front of the order, with weight 0 where all others have 1. The steps are
    those from number `first` on, which may be traced: the same steps, whether they come at once or in parts.
    ValueError: a size or a batch that is no whole number from 1 up, or steps that are none from 0 up.
    """
    check_sizes("batch_rows", 1, size=size, batch=batch)
    check_sizes("batch_rows", 0, steps=steps)
    per_epoch = -(-size // batch)
    epochs = first // per_epoch + jnp.arange(-(-steps // per_epoch) + 1)  # `first` may be inside one

    def one_epoch(epoch: Array) -> Array:
        order = _shuffled(random.fold_in(key, epoch), size)  # (N,)
        return jnp.resize(order, (per_epoch, batch))

    rows = jax.vmap(one_epoch)(epochs).reshape(-1, batch)
    weights = (jnp.arange(per_epoch * batch) < size).astype(jnp.result_type(float)).reshape(per_epoch, batch)
    weights = jnp.tile(weights, (len(epochs), 1))  # (epochs * per_epoch, batch), like rows
    return tuple(lax.dynamic_slice_in_dim(table, first % per_epoch, steps) for table in (rows, weights))


def _shuffled(key: Array, size: int) -> Array:
    """The numbers from 0 to size - 1 in a random order.

    Up to 4096 of them: random high bits over the number itself, sorted. One array of whole numbers is sorted five times
    as fast as two in step; where the twenty bits of two of them agree, one pair in a million, the smaller comes first.
    """
    if size > 4096:
        return random.permutation(key, size)
    room = max(1, (size - 1).bit_length())
    mixed = random.bits(key, (size,), "uint32") >> room << room | jnp.arange(size, dtype="uint32")
    return (jnp.sort(mixed) & (2**room - 1)).astype(jnp.int32)
