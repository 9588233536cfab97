"""Losses: one number for every example; the caller takes the mean.

    objective = mean(loss(outputs, targets))

`outputs` comes from the model, `targets` from the data, with examples on the first axis.
"""

import jax
import jax.numpy as jnp

from nnlib.module import Array

__all__ = ["binary_cross_entropy", "squared_error", "zero_one"]


def squared_error(outputs: Array, targets: Array) -> Array:
    """The square of the difference: (y - d)^2, without a factor 1/2.

    Shapes: outputs like targets, or (..., 1) against (...,); the result has the shape of the targets, so that
    its mean is the mean squared error over examples, and over outputs where there are several.
    """
    outputs, targets = _matched(outputs, targets, "squared_error")
    return jnp.square(outputs - targets)


def zero_one(predictions: Array, labels: Array) -> Array:
    """1 where the prediction is wrong, 0 where it is right: [y != d].

    Shapes: predictions like labels, or (..., 1) against (...,). It has no useful gradient.
    """
    predictions, labels = _matched(predictions, labels, "zero_one")
    return (predictions != labels).astype(jnp.result_type(float))


def binary_cross_entropy(logits: Array, labels: Array) -> Array:
    """The surprise at a label in {0, 1}, from the logit z: -log sigmoid((2d - 1) z).

    Computed as softplus(z) - d z, which is the same and stays exact for large |z|; labels between 0 and 1 are
    allowed. Shapes: logits (...,) or (..., 1), labels (...,); unit: nats.
    """
    logits, labels = _matched(logits, labels, "binary_cross_entropy")
    return jax.nn.softplus(logits) - labels * logits


def _matched(outputs: Array, targets: Array, name: str) -> tuple[Array, Array]:
    """Both as arrays of one shape; a last axis of 1 is dropped. Never broadcast: that hides mistakes."""
    outputs, targets = jnp.asarray(outputs), jnp.asarray(targets)
    if outputs.shape == targets.shape:
        return outputs, targets
    if outputs.shape == (*targets.shape, 1):
        return outputs[..., 0], targets
    raise ValueError(
        f"{name}: expected outputs of shape {targets.shape} or {(*targets.shape, 1)} for targets of shape "
        f"{targets.shape}, got {outputs.shape}; give one output for every target"
    )
