"""Chapter 01's last exercise: why the learning rate does not matter."""

from __future__ import annotations

import numpy as np

from nnlib.course.common.exercise import Exercise, Wrong

from .machine import step
from .nand import CORNERS

__all__ = ["COUNTS"]


def counts(X, d, epochs):
    c = np.zeros(len(X))
    for _ in range(epochs):
        for i in range(len(X)):
            w, b = c @ X, c.sum()
            y = 1 if w @ X[i] + b >= 0 else 0
            c[i] = c[i] + d[i] - y
    return c


def _counts(X, d, epochs, w=lambda c, X: c @ X, b=np.sum, add=lambda c, error: c + error, answer=step):
    """The counts of a learner who has one of the three parts in another way."""
    c = np.zeros(len(X))
    for _ in range(epochs):
        for i in range(len(X)):
            c[i] = add(c[i], d[i] - answer(w(c, X) @ X[i] + b(c)))
    return c


def _all_at_once(X, d, epochs):
    c = np.zeros(len(X))
    for _ in range(epochs):
        c = c + d - (X @ (c @ X) + c.sum() >= 0)
    return c


SQUARE = np.array(CORNERS, float)
CLOUD = np.array([[1.5, 0.5], [-1.0, 0.5], [0.5, 2.0], [-0.5, -1.5], [2.0, 1.5], [-2.0, 1.0], [1.0, -0.5]])
COUNTS = Exercise(
    solution=counts,
    cases=[
        (SQUARE, np.array([0, 0, 0, 1]), 10),
        (SQUARE, np.array([1, 1, 1, 0]), 4),
        (SQUARE, np.array([0, 1, 1, 1]), 2),
        (CLOUD, np.array([1, 0, 1, 0, 1, 0, 1]), 5),
        (CLOUD, np.array([0, 1, 0, 0, 1, 1, 0]), 3),
    ],
    right="There is no learning rate in your code, and yet it learns. For any η, w = η Σ cᵢxᵢ and b = η Σ cᵢ.",
    wrong=[
        Wrong(
            lambda X, d, n: _counts(X, d, n, add=lambda c, error: c - error),
            "The sign: an example that was missed is added (+1), a false alarm taken away (−1). So c[i] + d[i] − y.",
        ),
        Wrong(
            lambda X, d, n: _counts(X, d, n, b=lambda c: 0.0),
            "The bias is forgotten. Each time an example is added, b grows by 1: it is the sum of the counts.",
        ),
        Wrong(
            lambda X, d, n: _counts(X, d, n, add=lambda c, error: error),
            "Each count forgets what it was: c[i] = c[i] + d[i] − y, not only d[i] − y.",
        ),
        Wrong(
            lambda X, d, n: _counts(X, d, n, add=lambda c, error: c + abs(error)),
            "You count the mistakes. An example that was taken away counts −1.",
        ),
        Wrong(
            lambda X, d, n: _counts(X, d, 1),
            "That is what comes of a single pass. Keep the outer loop: one pass is not enough in general.",
        ),
        Wrong(
            lambda X, d, n: _counts(X, d, n, w=lambda c, X: X.sum(0)),
            "Your w adds all examples up alike. Each counts as often as its c says: `c @ X`.",
        ),
        Wrong(
            lambda X, d, n: _counts(X, d, n, answer=lambda z: int(z > 0)),
            "Right nearly everywhere, but where z is 0 the answer y is 1 by our convention: ≥ and not >.",
        ),
        Wrong(
            _all_at_once,
            "You look at all examples first and then change all counts. The rule learns from each at once.",
        ),
    ],
    hints=[
        "With η = 1, each step adds (d − y) times an example to w. So w is a sum of examples: how often is each in it?",
        "`c @ X` is c₀X[0] + c₁X[1] + …; and b has grown by 1 for each that was added: `c.sum()`.",
        "Then as always: y is 1 where w·X[i] + b ≥ 0, and `c[i] = c[i] + d[i] - y`.",
    ],
    because="From zero, w and b are η times what this code computes, because every step adds η times an example. And "
    "η (Σ cᵢxᵢ·x + Σ cᵢ) has the same sign whichever η > 0 it is: same answers, same mistakes, same counts.",
)
