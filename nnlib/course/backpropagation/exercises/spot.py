"""Chapter 06's last exercise: a transposed matrix to be found.

Weight matrices are square in the cases, so that a forgotten transposition has the right shape and can be told by name.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nnlib.course.common.answers import NotYet, form
from nnlib.course.common.exercise import Exercise, Wrong

from .cases import draw

__all__ = ["SPOT"]


def spot(W2, W3, Z1, Z2, delta2, delta3):
    line = 2
    right = (delta2 @ W2.T) * (1 - np.tanh(Z1) ** 2)
    return line, right


INNOCENT = {
    1: "Line 1 is right: if it were not, dW2 would be off too.",
    3: "Line 3 is right: dW3 agrees with JAX.",
    4: "Line 4 is right: dW2 agrees with JAX.",
    5: "Line 5 is right, given its delta1. But is it given the right one? See where delta1 comes from.",
}


def found(answer: Any) -> Any:
    """What the right line should give, if it is the right line."""
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        raise NotYet("It should give two values, `return line, right`.")
    line, right = answer
    if form(line, 0) or line not in (1, 2, 3, 4, 5):
        raise NotYet("The first value should be the number of a line, from 1 to 5.")
    if line != 2:
        raise NotYet(INNOCENT[int(line)])
    return right


def _slope(Z):
    return 1 - np.tanh(Z) ** 2


SPOT = Exercise(
    solution=spot,
    cases=[
        draw(seed, (M, M), (M, M), (N, M), (N, M), (N, M), (N, M))
        for seed, (N, M) in enumerate([(1, 2), (2, 2), (4, 3)])
    ],
    read=found,
    right="Line 2. No shape was wrong, no error was raised, and two of three gradients were right.",
    wrong=[
        Wrong(
            lambda W2, W3, Z1, Z2, d2, d3: (2, (d2 @ W2) * _slope(Z1)),
            "That is the right line, as it stands. What of it is not as in section 4?",
        ),
        Wrong(
            lambda W2, W3, Z1, Z2, d2, d3: (2, -(d2 @ W2.T) * _slope(Z1)),
            "The right line, and the right matrix, but the sign is the wrong way round.",
        ),
        Wrong(
            lambda W2, W3, Z1, Z2, d2, d3: (2, d2 @ W2.T),
            "The right line, and the right matrix, but the factor f′(Z1) is forgotten: 1 − tanh(Z1)².",
        ),
        Wrong(
            lambda W2, W3, Z1, Z2, d2, d3: (2, (d2 @ W2.T) * _slope(Z2)),
            "The right matrix, but the slope is that of layer 2. delta1 belongs to layer 1: f′(Z1).",
        ),
        Wrong(
            lambda W2, W3, Z1, Z2, d2, d3: (2, (d2 @ W3.T) * _slope(Z1)),
            "Transposed, but W3 leads from layer 2 to layer 3. Between the layers 1 and 2 there is W2.",
        ),
        Wrong(
            lambda W2, W3, Z1, Z2, d2, d3: (2, (d2 @ W2.T) * (1 - Z1**2)),
            "Nearly: 1 − a² takes the output a = tanh(z). Z1 has not been through the tanh yet.",
        ),
    ],
    hints=[
        "dW3 and dW2 agree with JAX, so all that they are made from is right. What is used for dW1 alone?",
        "delta1 is made in line 2. Compare the line with δ⁽ˡ⁾ = (δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ) ⊙ f′(Z⁽ˡ⁾), letter by letter.",
        "`line = 2`, and `right = (delta2 @ W2...) * (1 - np.tanh(Z1) ** 2)`; what is missing behind W2?",
    ],
    because="A wrong delta spoils its own layer's gradients and all below it. So look for the last layer that agrees, "
    "and suspect the step below. A comparison with `jax.grad` for each array is worth more than any reading.",
)
