"""The residual block: what goes in is added to what comes out, so that the layers learn the difference."""

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp

from nnlib.activations import identity
from nnlib.layers.lengths import pair, paired
from nnlib.module import Array, Module, as_module, split_key, train

__all__ = ["Residual", "residual"]


class Residual(Module):
    """A residual block: y = g(F(x) + S(x)), with an inner layer F, a shortcut S and an activation g.

    S is the identity, or a projection where F changes the shape: another shape is a ValueError. A pair (x, lengths)
    goes to those of the three that read lengths. In training each gets a key of its own, and the examples' weights (N,)
    if it reads them.
    Source: He, Zhang, Ren and Sun, 2016.
    """

    inner: Module
    shortcut: Module
    activation: Module

    @property
    def reads_lengths(self) -> bool:
        """Whether one of the three reads them."""
        return any(part.reads_lengths for part in self._parts)

    @property
    def reads_weights(self) -> bool:
        """Whether one of the three reads them."""
        return any(part.reads_weights for part in self._parts)

    @property
    def _parts(self) -> tuple[Module, Module, Module]:
        return self.inner, self.shortcut, self.activation

    def __call__(self, x: Any) -> Array:
        x, lengths = pair(x)
        both = _sum(self.inner(paired(self.inner, x, lengths)), self.shortcut(paired(self.shortcut, x, lengths)))
        return self.activation(paired(self.activation, both, lengths))

    def train_call(self, x: Any, key: Array | None, weights: Array | None = None) -> tuple[Array, "Residual"]:
        x, lengths = pair(x)
        keys = split_key(key, 3)
        fx, inner = train(self.inner, paired(self.inner, x, lengths), keys[0], weights)
        sx, shortcut = train(self.shortcut, paired(self.shortcut, x, lengths), keys[1], weights)
        y, activation = train(self.activation, paired(self.activation, _sum(fx, sx), lengths), keys[2], weights)
        return y, Residual(inner, shortcut, activation)

    def trains_as_it_predicts(self) -> bool:
        return all(part.trains_as_it_predicts() for part in self._parts)


def residual(inner: Any, shortcut: Any = None, activation: Callable | None = None) -> Residual:
    """A residual block of layers or plain functions: inner F, shortcut S, activation g. Anything else is a TypeError.

    Without a shortcut x itself is added; the activation may be left out.
    """
    return Residual(*(as_module(identity if part is None else part) for part in (inner, shortcut, activation)))


def _sum(fx: Any, sx: Any) -> Array:
    fx, sx = jnp.asarray(fx), jnp.asarray(sx)
    if fx.shape != sx.shape:
        raise ValueError(
            f"Residual: expected F(x) of the shape of the shortcut, {sx.shape}, got {fx.shape}; give a projection as "
            'the shortcut, such as dense, or padding="same" inside F'
        )
    return fx + sx
