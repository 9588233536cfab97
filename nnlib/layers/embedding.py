"""The embedding: a vector for every word, looked up by its number."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.given import check_sizes
from nnlib.initializers import normal
from nnlib.module import Array, Module

__all__ = ["Embedding", "embedding"]


class Embedding(Module):
    """A table of vectors, one for each of V words: y[n, t] = table[ids[n, t]].

    It is a dense layer whose inputs are one-hot, without the multiplications by 0. Shapes: ids (N, T) or any other,
    integers from 0 to V - 1; table (V, D); y (N, T, D). An id outside is a ValueError; inside jit, where its value is
    not known, its vector is NaN. Ids that are not integers are a TypeError.
    """

    table: Array

    def __call__(self, ids: Array) -> Array:
        ids, size = jnp.asarray(ids), len(self.table)
        if not jnp.issubdtype(ids.dtype, jnp.integer):
            raise TypeError(f"Embedding: expected integer ids, got {ids.dtype}; they are the numbers of the words")
        known = np.zeros(0) if isinstance(ids, jax.core.Tracer) else np.asarray(ids)
        for wrong in known[(known < 0) | (known >= size)]:
            raise ValueError(f"Embedding: expected ids from 0 to {size - 1}, got {wrong}; count words from 0")
        return self.table.at[ids].get(mode="fill", fill_value=jnp.nan, wrap_negative_indices=False)  # (..., D)


def embedding(key: Array, n_words: int, n_out: int, init: Callable = normal) -> Embedding:
    """An embedding to train: n_words vectors of n_out numbers, table = init(key, (n_words, n_out)).

    At first they are standard normal. ValueError: a size that is not a whole number from 1 up.
    """
    check_sizes("embedding", 1, n_words=n_words, n_out=n_out)
    return Embedding(init(key, (n_words, n_out)))
