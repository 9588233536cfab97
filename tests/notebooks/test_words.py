"""The patterns for texts made from numbers find what was once said, and let pass what is right."""

import pytest

from .words import amiss


@pytest.mark.parametrize("text", [
    "height of this run: .", "test accuracy of this row: . This rate ends at 97 %.", "loss: , 3 units", "after 1 steps",
    "4·1 weights + 1 biases", "5 not a number, 6 not a number", "it ends at .", "b is nan", "from 1 to inf",
    "NameError (line 2 of the cell) (line 3 of the cell)", "w at at 1, 2", "0.3, -0.0, 1", "two  blanks", "the end..",
    "right with () points", "η = None",
])  # fmt: skip
def test_what_was_once_said_is_found(text):
    assert amiss(text)


@pytest.mark.parametrize("text", [
    "height of this run: from 16 to 2.4e-19.", "1 step, 2 steps", "11 steps", "2·1 weights", "0.1 units",
    "n = 1, 3 pieces", "b is not a number.", "a, b and so on …", "-0.05, −0.5", "x₁, x₂ ...", "w · x", "1.5 steps",
    "1 of 4 points", "∂L/∂x₁₁ = 1·(−1) + 3·(−3)", "up to 1,001 steps", "what g is multiplied by: AdaGrad",
])  # fmt: skip
def test_what_is_right_passes(text):
    assert not amiss(text)
