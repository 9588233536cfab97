"""Normalisation: each feature, or each example, brought to mean 0 and variance 1, then scaled and moved as learned."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from nnlib.given import as_features, check_sizes
from nnlib.layers.lengths import cleared, pair, within
from nnlib.module import Array, Module, as_float, buffer, replace

__all__ = ["BatchNorm", "LayerNorm", "batch_norm", "layer_norm"]


class BatchNorm(Module):
    """Batch normalisation: every feature by its mean and variance over the examples and, in images, the places.

        y = gamma (x - mean) / sqrt(variance + eps) + beta

    Training takes both from the batch (variance divided by n) and moves the running ones, which prediction takes:
    running = (1 - momentum) running + momentum batch, the variance divided by n - 1 there, as in PyTorch.
    Shapes: x (..., C); gamma, beta, mean, variance (C,); momentum and eps (), eps in the unit of x squared. Nothing is
    random: the key is not used. With weights (N,), statistics are weighted, and n counts the values of weights above 0;
    from the pair (x, lengths), only what belongs to a sequence counts. Fewer than two then leave the running ones
    alone. ValueError: another number of features, or, in training, fewer than two values for each.
    Source: Ioffe and Szegedy, 2015.
    """

    reads_lengths: ClassVar[bool] = True
    reads_weights: ClassVar[bool] = True

    gamma: Array
    beta: Array
    mean: Array = buffer()
    variance: Array = buffer()
    momentum: Array = buffer()
    eps: Array = buffer()

    def __call__(self, x: Any) -> Array:
        x, lengths = pair(x)
        x = cleared(as_features("BatchNorm", x, len(self.gamma)), lengths)
        return _normalised(x, self.mean, self.variance, self)

    def train_call(self, x: Any, key: Array | None, weights: Array | None = None) -> tuple[Array, "BatchNorm"]:
        x, lengths = pair(x)
        x = cleared(as_features("BatchNorm", x, len(self.gamma)), lengths)
        n = math.prod(x.shape[:-1])
        if n < 2:
            raise ValueError(f"BatchNorm: expected two or more values a feature, got {x.shape}; take a larger batch")
        if weights is None and (lengths is None or x.ndim < 3):
            others = tuple(range(x.ndim - 1))
            mean, variance = x.mean(others), x.var(others)  # (..., C) -> (C,)
            return _normalised(x, mean, variance, self), self._moved(mean, variance * (n / (n - 1)), 1)
        n, mean, variance = _weighted(x, lengths, weights)
        return _normalised(x, mean, variance, self), self._moved(mean, variance * (n / jnp.maximum(n - 1, 1)), n > 1)

    def _moved(self, mean: Array, variance: Array, whether: Array | int) -> "BatchNorm":
        """The layer with its running statistics moved towards these, 1 for whether to, or 0."""
        share = self.momentum * whether
        return replace(
            self,
            mean=(self.mean + share * (mean - self.mean)).astype(self.mean.dtype),
            variance=(self.variance + share * (variance - self.variance)).astype(self.variance.dtype),
        )


class LayerNorm(Module):
    """Layer normalisation: every example, at every place, by the mean and variance of its own features.

        y = gamma (x - mean) / sqrt(variance + eps) + beta

    Shapes: x (..., C), gamma and beta (C,); eps (), in the unit of x squared. It trains as it predicts. Another number
    of features is a ValueError. Source: Ba, Kiros and Hinton, 2016.
    """

    gamma: Array
    beta: Array
    eps: Array = buffer()

    def __call__(self, x: Array) -> Array:
        x = as_features("LayerNorm", x, len(self.gamma))
        return _normalised(x, x.mean(-1, keepdims=True), x.var(-1, keepdims=True), self)


def batch_norm(n: int, momentum: float = 0.1, eps: float = 1e-5) -> BatchNorm:
    """`BatchNorm` of n features: at first gamma 1, beta 0, running mean 0 and variance 1.

    n: a whole number from 1 up, or a ValueError. momentum: the share of the newest batch, from 0 to 1; eps: above 0;
    both may be traced, and what is no number is a TypeError.
    """
    check_sizes("batch_norm", 1, n=n)
    return BatchNorm(jnp.ones(n), jnp.zeros(n), jnp.zeros(n), jnp.ones(n), as_float(momentum), as_float(eps))


def layer_norm(n: int, eps: float = 1e-5) -> LayerNorm:
    """`LayerNorm` of n features: at first gamma 1 and beta 0.

    n: a whole number from 1 up, or a ValueError. eps: above 0; it may be traced, and what is no number is a TypeError.
    """
    check_sizes("layer_norm", 1, n=n)
    return LayerNorm(jnp.ones(n), jnp.zeros(n), as_float(eps))


def _weighted(x: Array, lengths: Array | None, weights: Array | None) -> tuple[Array, Array, Array]:
    """How many values of each feature count, their mean and their variance: (), (C,), (C,)."""
    w = jnp.ones(len(x), x.dtype) if weights is None else weights
    w = jnp.broadcast_to(w.reshape(-1, *[1] * (x.ndim - 1)), (*x.shape[:-1], 1))
    w = w if lengths is None or x.ndim < 3 else w * within(x, lengths)
    others, total = tuple(range(x.ndim - 1)), jnp.sum(w)
    total = jnp.where(total > 0, total, 1)
    mean = jnp.sum(w * x, others) / total
    return jnp.sum(w > 0), mean, jnp.sum(w * jnp.square(x - mean), others) / total


def _normalised(x: Array, mean: Array, variance: Array, layer: BatchNorm | LayerNorm) -> Array:
    return layer.gamma / jnp.sqrt(variance + layer.eps) * (x - mean) + layer.beta
