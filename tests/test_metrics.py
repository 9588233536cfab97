"""Accuracy against scikit-learn; labels from logits; logits are refused."""

import jax.numpy as jnp
import numpy as np
import pytest
from sklearn.metrics import accuracy_score

from nnlib.metrics import accuracy, predicted_labels


def test_accuracy():
    rng = np.random.default_rng(0)
    y, d = rng.integers(0, 3, 50), rng.integers(0, 3, 50)
    assert accuracy(y, d) == pytest.approx(accuracy_score(d, y))
    assert accuracy(jnp.array([True, False]), jnp.array([1, 1])) == 0.5


def test_predicted_labels():
    np.testing.assert_array_equal(predicted_labels(jnp.array([[-0.1], [0.0], [2.0]])), [0, 1, 1])
    np.testing.assert_array_equal(predicted_labels(jnp.array([[1.0, 3.0, 2.0], [5.0, 0.0, 0.0]])), [1, 0])
    assert predicted_labels(jnp.zeros((4, 5, 1))).shape == (4, 5)


def test_logits_are_not_labels():
    with pytest.raises(TypeError, match=r"expected predicted labels .*, got float32; turn"):
        accuracy(jnp.array([0.2, 3.0]), jnp.array([0, 1]))


def test_shapes():
    with pytest.raises(ValueError, match=r"expected predictions of shape \(3,\).*, got \(2,\); give"):
        accuracy(jnp.array([0, 1]), jnp.array([0, 1, 1]))
