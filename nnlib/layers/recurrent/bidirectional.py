"""Two recurrent layers on one sequence: one reads it forward, one backward."""

from typing import Any, ClassVar

import jax
import jax.numpy as jnp

from nnlib.layers.lengths import pair
from nnlib.layers.recurrent.base import Recurrent, reverse
from nnlib.module import Array, Module

__all__ = ["Bidirectional", "bidirectional"]


class Bidirectional(Module):
    """What was read before each step beside what comes after it.

        forward: h_t from x_1 .. x_t,    backward: k_t from x_T .. x_t,    y_t = [h_t, k_t]

    A dense layer after it is g(h_t V_h + k_t V_k + b): a sum, for both halves meet in it. The whole sequence
    must be there. Shapes: x (N, T, D), or (x, lengths) -> (N, T, 2H); from layers with outputs "last" the two
    final states, (N, 2H). Source: Schuster and Paliwal, 1997.
    """

    reads_lengths: ClassVar[bool] = True

    forward: Recurrent
    backward: Recurrent

    def __call__(self, x: Array | tuple[Array, Array]) -> Array:
        x, lengths = pair(x)
        x = jnp.asarray(x)
        h, _ = self.forward.run(x, lengths=lengths)
        k, _ = self.backward.run(reverse(x, lengths), lengths=lengths)
        k = reverse(k, lengths) if self.backward.outputs == "all" else k
        return jnp.concatenate([h, k], axis=-1)


def bidirectional(make: Any, key: Array, *args: Any, **kwargs: Any) -> Bidirectional:
    """Two layers of one kind, each with its own weights: bidirectional(lstm, key, n_in, n_units).

    make: the factory of a recurrent layer, or it is a TypeError; *args and **kwargs: what it is given besides a key.
    """
    forward, backward = (make(k, *args, **kwargs) for k in jax.random.split(key))
    if not (isinstance(forward, Recurrent) and forward.outputs == backward.outputs):
        got = type(forward).__name__
        raise TypeError(f"bidirectional: expected a recurrent layer such as lstm, got {got}; give its factory first")
    return Bidirectional(forward, backward)
