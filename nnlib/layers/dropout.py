"""Noise that regularises: units, or weights, that are left out at random while training."""

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.module import Array, Module, as_float, buffer, replace

__all__ = ["DropConnect", "Dropout", "drop_connect", "dropout"]


class Dropout(Module):
    """Dropout: while training, each output is 0 with probability `rate`, and divided by 1 - rate otherwise.

        y = x m / (1 - rate),  m = 1 with probability 1 - rate, else 0

    so that its mean is x, which is what prediction gives. Shapes: any; every number has its own m, drawn with the key.
    Training without a key is a ValueError, unless the rate is known to be 0. Source: Srivastava and others, 2014
    (whose p is the probability to keep).
    """

    rate: Array = buffer()

    def __call__(self, x: Array) -> Array:
        return jnp.asarray(x)

    def train_call(self, x: Array, key: Array | None) -> tuple[Array, "Dropout"]:
        return _thinned("Dropout", x, self.rate, key), self


class DropConnect(Module):
    """A layer of which, while training, each weight in W is 0 with probability `rate`, else divided by 1 - rate.

        Z = X (W M / (1 - rate)) + b,  each of M 1 with probability 1 - rate, else 0

    One M for the batch x, drawn with the key; the biases stay. Prediction is the layer's own. Training without a key is
    a ValueError, unless the rate is known to be 0. Source: Wan and others, 2013.
    """

    layer: Module
    rate: Array = buffer()

    @property
    def reads_lengths(self) -> bool:
        """Whether the layer inside reads them."""
        return self.layer.reads_lengths

    def __call__(self, x: Array) -> Array:
        return self.layer(x)

    def train_call(self, x: Array, key: Array | None) -> tuple[Array, "DropConnect"]:
        return replace(self.layer, W=_thinned("DropConnect", self.layer.W, self.rate, key))(x), self


def dropout(rate: float) -> Dropout:
    """Dropout of a share `rate` of the numbers, from 0 to below 1; a rate of 0 needs no key.

    Another rate is a ValueError; what is no number is a TypeError. It may be traced.
    """
    return Dropout(as_float(rate, "dropout", 0, 1))


def drop_connect(layer: Module, rate: float) -> DropConnect:
    """A layer such as `Dense` or `Conv`, which has weights W, without a share `rate` of them, from 0 to below 1.

    Another rate is a ValueError; what is no number, or a layer without a W, is a TypeError.
    """
    if not hasattr(layer, "W"):
        raise TypeError(f"drop_connect: expected a layer with weights W, got {layer!r}; give it a Dense or a Conv")
    return DropConnect(layer, as_float(rate, "drop_connect", 0, 1))


def _thinned(who: str, x: Array, rate: Array, key: Array | None) -> Array:
    """x with a share of it zeroed and the rest scaled up, so that the mean stays."""
    x = jnp.asarray(x)
    if key is None:
        if isinstance(rate, jax.core.Tracer) or np.asarray(rate).any():
            raise ValueError(f"{who}: expected a key to train with, got None; give one, such as fit(..., key=key)")
        return x
    kept = jax.random.bernoulli(key, 1 - rate, x.shape)
    return jnp.where(kept, x / (1 - rate), 0)
