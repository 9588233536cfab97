"""Losses and metrics beside optax, scikit-learn, SciPy and PyTorch."""

import numpy as np
import optax
import scipy.special
import sklearn.metrics

from nnlib import losses, metrics
from nnlib.layers import Dense, sequential
from tests.oracles.part import Part, golden, numbers, shares

Z, Y, D = numbers(6, 4, scale=3), numbers(7, seed=1, scale=2), numbers(7, seed=2)
CLASSES = np.array([3, 0, 2, 2, 1, 0])
BITS = np.array([1, 0, 0, 1, 1, 0, 1])
TRUE = np.array([0, 1, 2, 2, 1, 0, 3, 3, 3, 0])
SAID = np.array([0, 1, 2, 1, 1, 2, 3, 0, 3, 0])
WEIGHTS = (numbers(3, 4), numbers(4, seed=1), numbers(4, 2, seed=2), numbers(2, seed=3))


def loss(name, oracle, expected, *inputs, label=""):
    return Part(label or name, getattr(losses, name), inputs, oracle, expected, f"losses.{name}")


def metric(name, oracle, expected, *inputs):
    return Part(name, lambda *given: getattr(metrics, name)(*given), inputs, oracle, expected, f"metrics.{name}")


def network(W, b, V, c):
    return sequential(Dense(W, b), Dense(V, c))


def of_arrays(f):
    """A function of a model as one of its arrays."""
    return lambda *arrays: f(network(*arrays))


def penalty(W, b, V, c, first, second):
    return losses.penalty(l1=first, l2=second)(network(W, b, V, c))


def penalty_by_hand(W, b, V, c, first, second):
    return first * (np.abs(W).sum() + np.abs(V).sum()) + second * (np.square(W).sum() + np.square(V).sum())


PARTS = [
    loss("squared_error", "optax", optax.squared_error, Y, D),
    loss("absolute_error", "NumPy", lambda y, d: np.abs(y - d), Y, D),
    loss("huber", "SciPy", lambda y, d, delta: scipy.special.huber(delta, y - d), Y, D, np.array(0.75)),
    golden("huber", losses.huber, "losses.huber"),
    loss("zero_one", "NumPy", lambda y, d: (y != d) * 1.0, SAID, TRUE),
    loss("binary_cross_entropy", "optax", optax.sigmoid_binary_cross_entropy, Y, BITS),
    loss("binary_cross_entropy", "optax", optax.sigmoid_binary_cross_entropy, Y, shares(7, 2)[:, 0],
         label="binary_cross_entropy, soft labels"),
    golden("binary_cross_entropy", losses.binary_cross_entropy, "losses.binary_cross_entropy"),
    loss(
        "softmax_cross_entropy", "optax", optax.softmax_cross_entropy_with_integer_labels, Z, CLASSES,
        label="softmax_cross_entropy, labels",
    ),
    loss(
        "softmax_cross_entropy", "optax", optax.softmax_cross_entropy, Z, shares(6, 4),
        label="softmax_cross_entropy, distributions",
    ),
    golden("softmax_cross_entropy, labels", losses.softmax_cross_entropy, "losses.softmax_cross_entropy"),
    golden("softmax_cross_entropy, distributions", losses.softmax_cross_entropy, "losses.softmax_cross_entropy"),
    loss(
        "kl_divergence", "SciPy", lambda z, t: scipy.special.rel_entr(t, scipy.special.softmax(z, -1)).sum(-1),
        Z, shares(6, 4),
    ),
    golden("kl_divergence", losses.kl_divergence, "losses.kl_divergence"),
    Part("l1", of_arrays(losses.l1), WEIGHTS, "NumPy", lambda *w: sum(np.abs(a).sum() for a in w), "losses.l1"),
    Part("l2", of_arrays(losses.l2), WEIGHTS, "NumPy", lambda *w: sum(np.vdot(a, a) for a in w), "losses.l2"),
    Part(
        "weights", of_arrays(losses.weights), WEIGHTS, "NumPy", lambda W, b, V, c: (W, V), "losses.weights",
    ),
    Part(
        "penalty", penalty, (*WEIGHTS, np.array(0.25), np.array(0.125)), "NumPy", penalty_by_hand,
        "losses.penalty losses.Penalty",
    ),
    metric("accuracy", "scikit-learn", sklearn.metrics.accuracy_score, SAID, TRUE),
    Part(
        "predicted_labels", metrics.predicted_labels, (Z,), "NumPy", lambda z: z.argmax(-1),
        "metrics.predicted_labels", no_gradient="labels are integers",
    ),
    Part(
        "per_class_accuracy", lambda said, true: metrics.per_class_accuracy(said, true, 4), (SAID, TRUE),
        "scikit-learn", lambda said, true: sklearn.metrics.recall_score(true, said, average=None),
        "metrics.per_class_accuracy",
    ),
    Part(
        "confusion_matrix", lambda said, true: metrics.confusion_matrix(said, true, 4), (SAID, TRUE),
        "scikit-learn", lambda said, true: sklearn.metrics.confusion_matrix(true, said),
        "metrics.confusion_matrix",
    ),
]  # fmt: skip
