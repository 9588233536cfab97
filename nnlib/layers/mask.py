"""Units that are switched off: their number is data, so that a narrower network needs no new program."""

from collections.abc import Callable
from numbers import Integral
from operator import add
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.layers.dense import Dense
from nnlib.layers.sequential import Sequential
from nnlib.module import Array, Module, buffer

__all__ = ["Mask", "mask", "narrow"]


class Mask(Module):
    """A mask: y = x m, in training as in prediction.

    m is 1 for a unit that is on and 0 for one that is off: nothing comes out of that one, and no gradient gets to it.
    Other numbers scale; a mask of dropout, drawn beforehand, is one with 1 / (1 - p). Shapes: x (..., D), m (D,) or
    (N, D); another shape is a ValueError.
    """

    m: Array = buffer()

    def __call__(self, x: Array) -> Array:
        x = jnp.asarray(x)
        if jnp.ndim(self.m) == 0 or jnp.shape(x)[-jnp.ndim(self.m) :] != jnp.shape(self.m):
            got = f"inputs {jnp.shape(x)} for {jnp.shape(self.m)}"
            raise ValueError(f"Mask: expected a number of the mask for each feature, got {got}; features go last")
        return x * self.m


def mask(m: Any) -> Mask:
    """A mask of the numbers m, (D,) for all examples or (N, D) for each: `mask([1, 1, 0])` switches the third off."""
    return Mask(jnp.asarray(m, jnp.result_type(float)))


def narrow(model: Sequential, *units: int | Array, fans: Callable[[Any, Any], Any] = add) -> Sequential:
    """The model with only the first `units` of each hidden layer on: `narrow(mlp(key, 2, 16, 1), 3)` is a 2-3-1 net.

    Units that are off have weights of 0 on both sides and a mask behind them, and training leaves them so. The numbers
    may be traced: a slider of the width needs no new program.

    model: a `Sequential` of dense layers, with activations between them.
    units: from 1 up, one number for each hidden layer; another count, or a number that is too large or
        not whole, is a ValueError.
    fans: what the variance of a first weight goes by the inverse of, from (n_in, n_out). The weights that stay are
        scaled to what it would be in the narrower layer: by Glorot's rule n_in + n_out, as `mlp` draws them; for
        He's or LeCun's, `fans=lambda n_in, n_out: n_in`; and `fans=lambda *n: 1` leaves them as they are.
    """
    places = [k for k, layer in enumerate(model.layers) if isinstance(layer, Dense)]
    widths = [len(model.layers[k].b) for k in places]
    _check(widths[:-1], units)
    sizes = [len(model.layers[places[0]].W), *units, widths[-1]]
    on = [jnp.arange(n) < size for n, size in zip((sizes[0], *widths), sizes, strict=True)]  # of every layer's units
    parts: list[Module] = []
    for k, layer in enumerate(model.layers):
        if k not in places:
            parts.append(layer)
            continue
        i = places.index(k)
        parts += [mask(on[i])] if i else []
        scale = jnp.sqrt(fans(*layer.W.shape) / fans(sizes[i], sizes[i + 1]))
        parts.append(Dense(scale * layer.W * on[i][:, None] * on[i + 1], layer.b * on[i + 1]))
    return Sequential(tuple(parts))


def _check(widths: list[int], units: tuple) -> None:
    known = [None if isinstance(size, jax.core.Tracer) else np.asarray(size).item() for size in units]
    fits = len(units) == len(widths) and all(
        size is None or (isinstance(size, Integral) and 1 <= size <= width)
        for size, width in zip(known, widths, strict=True)
    )
    if not fits:
        raise ValueError(f"narrow: expected numbers of units from 1 to {tuple(widths)}, got {units}; one for each")
