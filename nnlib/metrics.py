"""Metrics: numbers for people to read, not to train on.

    accuracy(predicted_labels(model(x)), labels)

Predictions y and labels d are integers, of any one shape, both alike. Of different shapes, or without any example, they
are a ValueError; predictions of a floating-point type are a TypeError, since logits are not labels.
"""

from functools import partial

import jax
import jax.numpy as jnp

from nnlib.given import check_sizes
from nnlib.losses import check_labels
from nnlib.module import Array

__all__ = ["accuracy", "confusion_matrix", "per_class_accuracy", "predicted_labels"]


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
    """The share of right answers: mean([y == d]), between 0 and 1; predictions y and labels d of one shape."""
    return jnp.mean(jnp.equal(*_labels(predictions, labels)), dtype=jnp.result_type(float))


def confusion_matrix(predictions: Array, labels: Array, n_classes: int) -> Array:
    """How often each true label d (row) was called each label y (column): C[d, y] = #{labels = d, predictions = y}.

    Shapes: predictions and labels of any one shape, both alike -> (n_classes, n_classes), int32. A label that is not
    from 0 to n_classes - 1 is a ValueError, and so is an n_classes that is no whole number from 1 up; inside jit, where
    values cannot be looked at, such a label is not counted.
    """
    check_sizes("confusion_matrix", 1, n_classes=n_classes)
    for each in (predictions, labels):
        check_labels(each, 0, n_classes - 1, "confusion_matrix")
    return _confusion(predictions, labels, n_classes)


def per_class_accuracy(predictions: Array, labels: Array, n_classes: int) -> Array:
    """The share found of each class, its recall: C[d, d] / sum_y C[d, y], (n_classes,); 0 where there was none.

    C: the confusion matrix of predictions and labels, with its errors.
    """
    counts = confusion_matrix(predictions, labels, n_classes)
    return jnp.diagonal(counts) / jnp.maximum(counts.sum(1), 1)


@partial(jax.jit, static_argnums=2)
def _confusion(predictions: Array, labels: Array, n_classes: int) -> Array:
    y, d = (jax.nn.one_hot(each.ravel(), n_classes, dtype=jnp.int32) for each in _labels(predictions, labels))
    return d.T @ y  # (M, N) (N, M)


def _labels(predictions: Array, labels: Array) -> tuple[Array, Array]:
    """Both as arrays of labels: of one shape, not empty, not of floats."""
    predictions, labels = jnp.asarray(predictions), jnp.asarray(labels)
    if jnp.issubdtype(predictions.dtype, jnp.inexact):
        raise TypeError(f"expected predicted labels (integers), got {predictions.dtype}; turn logits into labels")
    if predictions.shape != labels.shape or labels.size == 0:
        shapes = f"of shape {labels.shape}, like the labels, got {predictions.shape}"
        raise ValueError(f"expected predictions {shapes}; give one label for every example, of one or more")
    return predictions, labels
