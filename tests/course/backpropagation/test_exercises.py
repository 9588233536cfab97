"""Chapter 06's exercises: which of several gradients are right."""

import numpy as np

from nnlib.course import check


def test_the_gradients_that_are_right_are_said_before_a_number_is_shown():
    def two_layer_backward(X, T, W1, b1, W2, b2):
        A1 = np.tanh(X @ W1 + b1)
        Z2 = A1 @ W2 + b2
        P = np.exp(Z2) / np.exp(Z2).sum(axis=1, keepdims=True)
        delta2 = (P - T) / len(X)
        delta1 = (delta2 @ W2.T) * 3 * A1
        return X.T @ delta1, delta1.sum(axis=0), A1.T @ delta2, delta2.sum(axis=0)

    assert check(two_layer_backward).says.startswith("dW2 and db2 are right, dW1 and db1 not. For X = ")


def test_another_shape_is_said_of_the_one_that_has_it():
    def linear_backward(X, W, dZ):
        return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)[:, None]

    assert check(
        linear_backward
    ).says == "dX and dW are right, db not. db should be an array of shape (2,), but is an " + (
        "array of shape (2, 1)."
    )
