"""Chapter 01's exercises: what learners write that is neither right nor a usual wrong answer."""

import numpy as np

from nnlib.course import check


def test_an_if_without_an_else_is_told_with_the_x_that_it_forgets():
    def predict(w, b, x):
        if w @ x + b >= 0:
            return 1

    says = check(predict).says
    assert says.startswith(
        "For w = [1, −2], b = 0.5, x = [0, 1]: it gives nothing back, though in other cases it does."
    )
    assert "Is there a `return`?" not in says


def test_weights_as_one_array_are_no_three_numbers():
    def nand():
        return np.array([-1.0, -1.0]), 1.5

    assert check(nand).says == "It should give three numbers, `return w1, w2, b`."


def test_three_numbers_may_come_as_an_array():
    def nand():
        return np.array([-1.0, -1.0, 1.5])

    assert check(nand).right


def test_the_bias_alone_is_named():
    def update(w, b, x, d, eta):
        error = d - (w @ x + b >= 0)
        return w + eta * error * x, b - 2 * eta * error

    assert check(update).says.startswith("w is right, b not. For w = ")
