"""Normalisation: each feature, or each example, brought to mean 0 and variance 1, then scaled and moved as learned."""

import math

import jax.numpy as jnp

from nnlib.module import Array, Module, as_float, buffer, check_features, check_sizes, replace

__all__ = ["BatchNorm", "LayerNorm", "batch_norm", "layer_norm"]


class BatchNorm(Module):
    """Batch normalisation: every feature by its mean and variance over the examples and, in images, the places.

        y = gamma (x - mean) / sqrt(variance + eps) + beta

    Training takes both from the batch (variance divided by n) and moves the running ones, which prediction takes:
    running = (1 - momentum) running + momentum batch, the variance divided by n - 1 there, as in PyTorch.
    Shapes: x (..., C); gamma, beta, mean, variance (C,); momentum and eps (), eps in the unit of x squared. Nothing is
    random: the key is not used. ValueError: another number of features, or, in training, fewer than two values for
    each. Source: Ioffe and Szegedy, 2015.
    """

    gamma: Array
    beta: Array
    mean: Array = buffer()
    variance: Array = buffer()
    momentum: Array = buffer()
    eps: Array = buffer()

    def __call__(self, x: Array) -> Array:
        check_features("BatchNorm", x, len(self.gamma))
        return _normalised(x, self.mean, self.variance, self)

    def train_call(self, x: Array, key: Array | None) -> tuple[Array, "BatchNorm"]:
        check_features("BatchNorm", x, len(self.gamma))
        n = math.prod(x.shape[:-1])
        if n < 2:
            raise ValueError(f"BatchNorm: expected two or more values a feature, got {x.shape}; take a larger batch")
        others = tuple(range(x.ndim - 1))
        mean, variance = x.mean(others), x.var(others)  # (..., C) -> (C,)
        return _normalised(x, mean, variance, self), replace(
            self,
            mean=self.mean + self.momentum * (mean - self.mean),
            variance=self.variance + self.momentum * (variance * (n / (n - 1)) - self.variance),
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
        check_features("LayerNorm", x, len(self.gamma))
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


def _normalised(x: Array, mean: Array, variance: Array, layer: BatchNorm | LayerNorm) -> Array:
    return layer.gamma / jnp.sqrt(variance + layer.eps) * (x - mean) + layer.beta
