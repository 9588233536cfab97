"""Losses: one number for every example; the caller takes the mean. And penalties on the weights.

    objective = mean(loss(outputs, targets)) + penalty(model)

`outputs` y or logits z come from the model, `targets` d or labels d from the data, with examples on the first axis.
Shapes that do not fit, or no example at all, are a ValueError: nothing is broadcast. Labels out of range are a
ValueError; inside jit, where values cannot be looked at, their loss is NaN instead. Shares d that do not sum to 1 are a
ValueError too, and pass inside jit.
"""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.activations import absolute, log_softmax, softplus
from nnlib.module import Array, Module, as_float, buffer, split

__all__ = [
    "Penalty", "absolute_error", "binary_cross_entropy", "huber", "kl_divergence", "l1", "l2", "penalty",
    "softmax_cross_entropy", "squared_error", "weights", "zero_one",
]  # fmt: skip


def squared_error(outputs: Array, targets: Array) -> Array:
    """The square of the difference: (y - d)^2, without a factor 1/2; unit: that of the targets, squared.

    Shapes: outputs y like targets d, or (..., 1) against (...,); the result has the shape of the targets, so that
    its mean is the mean squared error over examples, and over outputs where there are several.
    """
    return jnp.square(_difference(outputs, targets, "squared_error"))


def absolute_error(outputs: Array, targets: Array) -> Array:
    """The size of the difference: |y - d|, whose derivative at 0 is 0 by convention. Shapes as `squared_error`."""
    return absolute(_difference(outputs, targets, "absolute_error"))


def huber(outputs: Array, targets: Array, delta: float = 1.0) -> Array:
    """Half the square up to r = |y - d| = delta, then straight: r^2 / 2, or delta (r - delta / 2). (Huber, 1964)

    delta: from 0 up, in the unit of the targets, or a ValueError; what is no number is a TypeError. Shapes as
    `squared_error`.
    """
    r, delta = absolute(_difference(outputs, targets, "huber")), as_float(delta, "huber", 0)
    near = jnp.minimum(r, delta)
    return near**2 / 2 + delta * (r - near)  # no product of two that move: at infinity its slope would be NaN


def zero_one(predictions: Array, labels: Array) -> Array:
    """1 where predictions y and labels d differ, 0 where not: [y != d], without a useful gradient.

    Shapes as `squared_error`. The mean is the share of wrong answers.
    """
    predictions, labels = _matched(predictions, labels, "zero_one")
    return (predictions != labels).astype(jnp.result_type(float))


def binary_cross_entropy(logits: Array, labels: Array) -> Array:
    """The surprise at a label in {0, 1}, from the logit z: -log sigmoid((2d - 1) z).

    Labels between 0 and 1 are allowed; then it is softplus(z) - d z, computed so that nothing cancels for large
    |z|. Shapes: logits (...,) or (..., 1), labels (...,); unit: nats.
    """
    logits, labels = _matched(logits, labels, "binary_cross_entropy")
    check_labels(labels, 0, 1, "binary_cross_entropy")
    labels = jnp.where((labels >= 0) & (labels <= 1), labels, jnp.nan)
    nearest = jnp.round(labels)
    gap = nearest - labels
    surprise = softplus((1 - 2 * nearest) * logits) + jnp.where((gap == 0) & jnp.isinf(logits), 0, gap * logits)
    return jnp.where(jnp.isinf(logits) & (jnp.abs(gap) > 0), jnp.inf, surprise)  # sure, where the label is not


def softmax_cross_entropy(logits: Array, labels: Array) -> Array:
    """The surprise at a label of M, from M logits: -log softmax(z)_d; its slope is softmax(z) - one_hot(d).

    Shapes: logits (..., M), labels (...,) integers from 0 to M - 1, or (..., M) shares d that sum to 1, for which
    it is -sum d log softmax(z); the result is (...,); unit: nats.
    """
    logits, labels = jnp.asarray(logits), jnp.asarray(labels)
    name, n = "softmax_cross_entropy", logits.shape[-1] if logits.ndim else 0
    if n > 1 and labels.size and labels.shape == logits.shape[:-1] and jnp.issubdtype(labels.dtype, jnp.integer):
        check_labels(labels, 0, n - 1, name)
        known = (labels >= 0) & (labels < n)
        labels = jnp.where(known[..., None], jax.nn.one_hot(labels, n), jnp.nan)  # (...,) -> (..., M)
    elif n < 2 or labels.size == 0 or labels.shape != logits.shape:
        raise ValueError(
            f"{name}: expected logits (..., M) with M > 1 and labels, integers (...,) or shares (..., M), got "
            f"{logits.shape} and {labels.dtype} {labels.shape}; see also binary_cross_entropy"
        )
    return _mean_under(_shares(labels, name), -log_softmax(logits))


def kl_divergence(logits: Array, targets: Array) -> Array:
    """How far softmax(z) is from the shares d: sum d (log d - log softmax(z)), 0 if equal; unit: nats.

    Shapes: logits z and targets d (..., M), d from 0 to 1 with the sum 1; the result is (...,).
    """
    logits, targets = _matched(logits, targets, "kl_divergence")
    targets = _shares(targets, "kl_divergence")
    return _mean_under(targets, jnp.log(jnp.where(targets == 0, 1, targets)) - log_softmax(logits))


def l1(tree: Any) -> Array:
    """The sum of |w| over the trained arrays of a tree, such as a model; its slope is sign(w), and 0 at w = 0.

    Trained arrays are of floats, or a TypeError; so also in `l2` and `weights`.
    """
    return sum((jnp.sum(absolute(w)) for w in jax.tree.leaves(split(tree)[0])), jnp.zeros(()))


def l2(tree: Any) -> Array:
    """The sum of w^2 over the trained arrays of a tree, such as a model, without a factor 1/2; its slope is 2 w."""
    return sum((jnp.sum(jnp.square(w)) for w in jax.tree.leaves(split(tree)[0])), jnp.zeros(()))


def weights(model: Any) -> Any:
    """What a penalty is on: a model's trained arrays of two or more axes, with None for the rest, such as biases."""
    return jax.tree.map(lambda w: w if jnp.ndim(w) > 1 else None, split(model)[0])


class Penalty(Module):
    """A price on large weights, l1 sum |w| + l2 sum w^2, added to the mean loss. Make one with `penalty`."""

    l1: Array = buffer()
    l2: Array = buffer()

    def __call__(self, model: Any) -> Array:
        return self.l1 * l1(weights(model)) + self.l2 * l2(weights(model))


def penalty(l1: float = 0.0, l2: float = 0.0) -> Penalty:
    """A `Penalty`: l1 makes weights 0 or nearly, l2 keeps them small and alike.

    Both are from 0 up, or a ValueError, and may be traced; what is no number is a TypeError.
    """
    return Penalty(as_float(l1, "l1", 0), as_float(l2, "l2", 0))


def check_labels(labels: Array, low: int, high: int, name: str) -> None:
    """A ValueError for a label outside low to high, unless labels are traced."""
    known = np.zeros(0) if isinstance(labels, jax.core.Tracer) else np.asarray(labels)
    for wrong in known[(known < low) | (known > high)]:
        raise ValueError(f"{name}: expected labels from {low} to {high}, got {wrong}; number the classes from 0")


def _shares(targets: Array, name: str) -> Array:
    check_labels(targets, 0, 1, name)
    if not isinstance(targets, jax.core.Tracer) and (np.abs(np.asarray(targets).sum(-1) - 1) > 1e-3).any():
        raise ValueError(f"{name}: expected shares that sum to 1, got {np.asarray(targets).sum(-1)}; divide by the sum")
    return targets


def _mean_under(shares: Array, values: Array) -> Array:
    """sum d v over the last axis, in which d = 0 counts nothing, whatever v: (..., M) -> (...,)."""
    return jnp.sum(jnp.where(shares == 0, 0, shares * values), -1)


def _difference(outputs: Array, targets: Array, name: str) -> Array:
    """y - d, in floats: whole numbers without a sign would go round at 0."""
    outputs, targets = _matched(outputs, targets, name)
    return outputs.astype(jnp.result_type(outputs, float)) - targets


def _matched(outputs: Array, targets: Array, name: str) -> tuple[Array, Array]:
    """Both as arrays of one shape; a last axis of 1 is dropped. Never broadcast: that hides mistakes."""
    outputs, targets = jnp.asarray(outputs), jnp.asarray(targets)
    if targets.size == 0:
        raise ValueError(f"{name}: expected at least one example, got targets of shape {targets.shape}; give some")
    if outputs.shape == targets.shape:
        return outputs, targets
    if outputs.shape == (*targets.shape, 1):
        return outputs[..., 0], targets
    like = f"{targets.shape} or {(*targets.shape, 1)}"
    raise ValueError(f"{name}: expected outputs of shape {like}, got {outputs.shape}; give one output for each target")
