"""Metrics: numbers for people to read, not to train on.

accuracy = right answers / all answers
"""

import jax
import jax.numpy as jnp

from nnlib.module import Array

__all__ = ["accuracy", "predicted_labels"]


@jax.jit
def predicted_labels(logits: Array) -> Array:
    """The label that a model's outputs choose: [z >= 0] for a single output, the largest of several.

    Shapes: logits (..., M) -> labels (...,), int32: 0 or 1 for M = 1, otherwise 0 to M - 1.
    """
    logits = jnp.asarray(logits)
    single = logits.shape[-1] == 1
    return (logits[..., 0] >= 0).astype(jnp.int32) if single else jnp.argmax(logits, -1).astype(jnp.int32)


@jax.jit
def accuracy(predictions: Array, labels: Array) -> Array:
    """The share of right answers: mean([y == d]), between 0 and 1.

    Shapes: labels of any one shape, both alike. Logits are not labels: a floating-point type is a TypeError.
    """
    predictions, labels = jnp.asarray(predictions), jnp.asarray(labels)
    if jnp.issubdtype(predictions.dtype, jnp.inexact):
        raise TypeError(
            f"expected predicted labels (integers), got {predictions.dtype}; turn logits into labels with "
            "predicted_labels(logits)"
        )
    if predictions.shape != labels.shape:
        raise ValueError(
            f"expected predictions of shape {labels.shape}, like the labels, got {predictions.shape}; "
            "give one label for every example"
        )
    return jnp.mean(predictions == labels)
