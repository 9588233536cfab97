"""A multilayer perceptron whose numbers lie in one row: the same network, compiled in half the time."""

from __future__ import annotations

import itertools
import math
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.module import Array, Module, static

__all__ = ["Packed", "mlp"]


class Packed(Module):
    """Dense layers with tanh between them, logits at the end: h <- tanh(h W + b), of which the last is left linear.

    row (P,): W and b of every layer, one after another.  An optimizer, a film and a gradient then have one array
    to deal with in place of four or six.  A stack of networks, row (T, P), answers for each: (N, D) -> (T, N, M).
    Outside of a program NumPy does it, for what is small need not be compiled.
    """

    row: Array
    sizes: tuple[int, ...] = static()

    def layers(self) -> list[tuple[Array, Array]]:
        """W (n_in, n_out) and b (n_out,) of every layer; of a stack (T, n_in, n_out) and (T, n_out)."""
        layers, done, stack = [], 0, self.row.shape[:-1]
        for n_in, n_out in itertools.pairwise(self.sizes):
            W = self.row[..., done : done + n_in * n_out].reshape(*stack, n_in, n_out)
            done += n_in * n_out
            layers.append((W, self.row[..., done : done + n_out]))
            done += n_out
        return layers

    def __call__(self, x: Array) -> Array:
        traced = any(isinstance(each, jax.core.Tracer) for each in (self.row, x))
        xp, model = (jnp, self) if traced else (np, Packed(np.asarray(self.row), self.sizes))
        x = xp.asarray(x)
        for k, (W, b) in enumerate(model.layers()):
            x = (x if k == 0 else xp.tanh(x)) @ W + b[..., None, :]
        return x  # (N, D) -> (N, M)


def mlp(key: Array, *sizes: int, width: Any = None, alike: Any = False) -> Packed:
    """A network to train: weights by Glorot's rule, U(-a, a) with a = sqrt(6 / (n_in + n_out)), biases 0.

    width: how many of the units of the one hidden layer are there; the others have weights of 0 on both sides, and
    keep them, so that a width that moves needs no new program.  alike: every hidden unit begins as a copy of the first.
    """
    pairs = list(itertools.pairwise(sizes))
    draws = jax.random.uniform(key, (sum(map(math.prod, pairs)),), minval=-1.0, maxval=1.0)
    parts, done = [], 0
    for layer, (n_in, n_out) in enumerate(pairs):
        W = draws[done : done + n_in * n_out].reshape(n_in, n_out)
        done += n_in * n_out
        if width is not None:
            W, n_in, n_out = _narrowed(W, layer, width, alike)
        parts += [(jnp.sqrt(6.0 / (n_in + n_out)) * W).ravel(), jnp.zeros(pairs[layer][1])]
    return Packed(jnp.concatenate(parts), sizes)


def _narrowed(W: Array, layer: int, width: Any, alike: Any) -> tuple[Array, Any, Any]:
    """The weights into (layer 0) or out of `width` hidden units, and the sizes of the narrower layer."""
    units = jnp.arange(W.shape[1 - layer])
    there = units < width
    first = W[:, :1] if layer == 0 else W[:1]
    W = jnp.where(alike, first, W) * (there if layer == 0 else there[:, None])
    return W, *((W.shape[0], width) if layer == 0 else (width, W.shape[1]))
