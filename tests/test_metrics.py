"""Metrics against scikit-learn; labels from logits; logits are refused."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from sklearn.metrics import accuracy_score, recall_score
from sklearn.metrics import confusion_matrix as sklearn_confusion

from nnlib.metrics import accuracy, confusion_matrix, per_class_accuracy, predicted_labels

RNG = np.random.default_rng(0)
Y, D = RNG.integers(0, 3, 50), RNG.integers(0, 3, 50)


def test_accuracy():
    assert accuracy(Y, D) == pytest.approx(accuracy_score(D, Y))
    assert accuracy(jnp.array([True, False]), jnp.array([1, 1])) == 0.5


def test_confusion_matrix_has_a_row_for_each_true_label():
    np.testing.assert_array_equal(confusion_matrix(Y, D, 3), sklearn_confusion(D, Y))
    np.testing.assert_array_equal(
        confusion_matrix(Y.reshape(5, 10), D.reshape(5, 10), 4)[:3, :3], confusion_matrix(Y, D, 3)
    )
    one = confusion_matrix(jnp.array([2]), jnp.array([0]), 3)
    assert one[0, 2] == 1 and one.sum() == 1 and one.dtype == jnp.int32
    np.testing.assert_array_equal(jax.jit(confusion_matrix, static_argnums=2)(Y, D, 3), confusion_matrix(Y, D, 3))


def test_per_class_accuracy_is_recall():
    expected = recall_score(D, Y, labels=range(5), average=None, zero_division=0)
    np.testing.assert_allclose(per_class_accuracy(Y, D, 5), expected, rtol=1e-6)
    assert not per_class_accuracy(Y, D, 5)[3:].any()  # classes without examples


def test_accuracy_may_hide_a_class_that_is_never_found():
    y, d = np.zeros(100, int), np.r_[np.zeros(95, int), np.ones(5, int)]
    assert accuracy(y, d) == pytest.approx(0.95) and per_class_accuracy(y, d, 2).tolist() == [1, 0]


def test_labels_out_of_range():
    for y, d in (([3], [0]), ([0], [3])):
        with pytest.raises(ValueError, match="confusion_matrix: expected labels from 0 to 2, got 3; number"):
            confusion_matrix(np.array(y), np.array(d), 3)
    inside = jax.jit(lambda y, d: confusion_matrix(y, d, 3))(np.array([3, -1, 1]), np.array([0, 0, 1]))
    assert inside.sum() == inside[1, 1] == 1


def test_predicted_labels():
    np.testing.assert_array_equal(predicted_labels(jnp.array([[-0.1], [0.0], [2.0]])), [0, 1, 1])
    np.testing.assert_array_equal(predicted_labels(jnp.array([[1.0, 3.0, 2.0], [5.0, 0.0, 0.0]])), [1, 0])
    assert predicted_labels(jnp.zeros((4, 5, 1))).shape == (4, 5)


METRICS = [accuracy, lambda y, d: confusion_matrix(y, d, 2), lambda y, d: per_class_accuracy(y, d, 2)]


@pytest.mark.parametrize("metric", METRICS)
def test_logits_are_not_labels(metric):
    with pytest.raises(TypeError, match=r"expected predicted labels .*, got float32; turn"):
        metric(jnp.array([0.2, 0.9]), jnp.array([0, 1]))


@pytest.mark.parametrize("metric", METRICS)
def test_shapes(metric):
    with pytest.raises(ValueError, match=r"expected predictions of shape \(3,\).*, got \(2,\); give"):
        metric(jnp.array([0, 1]), jnp.array([0, 1, 1]))
    with pytest.raises(ValueError, match=r"expected predictions of shape \(0,\).*, got \(0,\); give .* one or more"):
        metric(jnp.zeros(0, int), jnp.zeros(0, int))
