"""Chapter 01's exercises: the machine, a gate, the learning rule, and why the learning rate does not matter."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnlib.course.common.answers import NotYet
from nnlib.course.common.exercise import Exercise, Wrong

__all__ = ["EXERCISES"]


def step(z):
    return 1 if z >= 0 else 0


# --- the machine -------------------------------------------------------------------------------------------------


def predict(w, b, x):
    z = w @ x + b
    return 1 if z >= 0 else 0


W, B = np.array([1.0, -2.0]), 0.5
PREDICT = Exercise(
    solution=predict,
    cases=[(W, B, np.array(x)) for x in ([2.0, 1.0], [0.0, 1.0], [-0.25, 0.0], [0.25, 0.5], [1.5, 1.0], [-1.5, -0.5])]
    + [(np.array([1.0, 1.0, 1.0]), -1.5, np.array(x)) for x in ([1.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.5, 0.5, 0.5])],
    right="The same answers on every case, with two inputs and with three, and on the boundary itself.",
    wrong=[
        Wrong(lambda w, b, x: 1 - step(w @ x + b), "The answers are the wrong way round: 1 belongs to z ≥ 0."),
        Wrong(lambda w, b, x: step(-(w @ x + b)), "The sign of z is the wrong way round: 1 belongs to z ≥ 0."),
        Wrong(lambda w, b, x: step(w @ x), "The bias b is forgotten: z = w·x + b."),
        Wrong(
            lambda w, b, x: step(w @ x - b),
            "The bias is added here, z = w·x + b. You have taken it away, as one does with a threshold.",
        ),
        Wrong(
            lambda w, b, x: int(w @ x + b > 0),
            "Right nearly everywhere, but not where z is 0: by our convention the answer there is 1, so ≥ and not >.",
        ),
        Wrong(lambda w, b, x: 1 if w @ x + b >= 0 else -1, "That is the other convention, −1 and +1. Here: 0 and 1."),
        Wrong(lambda w, b, x: np.sign(w @ x + b), "The sign is −1, 0 or +1. Here: 1 where z ≥ 0, and 0 elsewhere."),
        Wrong(lambda w, b, x: w @ x + b, "That is the weighted sum z. The answer is 1 where z ≥ 0, and 0 elsewhere."),
        Wrong(lambda w, b, x: w * x + b, "That is one number for each input. Add them up first: `w @ x` does both."),
    ],
    hints=[
        "Two lines: the weighted sum z, then a decision about z.",
        "`w @ x` multiplies each weight with its input and adds it all up. The bias comes on top.",
        "`z = w @ x + b`, and then `1 if z >= 0 else 0`.",
    ],
    because="The machine is a weighted sum and a question: is it at least 0? The question is asked with ≥, because "
    "somebody has to decide about z = 0, and this is what we decided.",
)


# --- a gate ------------------------------------------------------------------------------------------------------


def nand():
    w1, w2, b = -2, -2, 3
    return w1, w2, b


CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]


def table(answer: Any) -> str:
    """The four answers of a machine (w1, w2, b) in words, and whether it lacks a bias."""
    numbers = np.asarray(answer)
    if numbers.shape != (3,) or numbers.dtype.kind not in "biuf" or not np.isfinite(numbers).all():
        raise NotYet("It should give three numbers, `return w1, w2, b`.")
    w1, w2, b = numbers.astype(float)
    answers = ", ".join(str(step(w1 * x1 + w2 * x2 + b)) for x1, x2 in CORNERS)
    return f"{answers} for 00, 01, 10, 11" + (" (without a bias)" if b == 0 else "")


NAND = Exercise(
    solution=nand,
    cases=[()],
    read=table,
    right="1, 1, 1, 0: that is NAND. Every circuit there is can be built from this gate alone.",
    wrong=[
        Wrong(
            lambda: (1, 1, -1.5),
            "That is AND: 0, 0, 0, 1. NAND is its opposite, so turn the sign of all three numbers.",
        ),
        Wrong(lambda: (-1, -1, 0), "Without a bias the boundary runs through (0, 0). NAND needs one; of which sign?"),
        Wrong(
            lambda: (-1, -1, 0.5),
            "That is NOR: 1 for (0, 0) only. One input alone is already enough to forbid it: make the bias larger.",
        ),
        Wrong(lambda: (1, 1, -0.5), "That is OR: 0, 1, 1, 1. In NAND the inputs speak against the 1."),
        Wrong(lambda: (-1, 0, 0.5), "That is NOT x₁: the second input has no say. Both weights are needed."),
        Wrong(lambda: (0, -1, 0.5), "That is NOT x₂: the first input has no say. Both weights are needed."),
        Wrong(
            lambda: (-1, -1, 3),
            "It always answers 1. Both inputs together must be able to forbid it: negative weights, and a bias that is "
            "smaller than what they take away.",
        ),
        Wrong(lambda: (0, 0, 0), "With three zeros z is always 0, and the answer always 1. Begin with the bias."),
        Wrong(lambda: (-1, -1, -1), "It always answers 0: with no input at all it must say 1, so the bias is > 0."),
    ],
    hints=[
        "With no input at all NAND says 1. What does that say about the bias?",
        "Each input speaks against the 1: negative weights. One of them alone must not be enough, both together must.",
        "With both weights −2, the bias has to lie between 2 and 4.",
    ],
    because="The bias 3 says yes; an input takes 2 of it away, which leaves 1; both take 4, which leaves −1. So z is "
    "3, 1, 1, −1. With weights below 0, any bias does it that is at least −w₁ and −w₂ and smaller than −w₁ − w₂.",
)


# --- the learning rule -------------------------------------------------------------------------------------------


def update(w, b, x, d, eta):
    y = 1 if w @ x + b >= 0 else 0
    return w + eta * (d - y) * x, b + eta * (d - y)


def _error(w, b, x, d):
    return d - step(w @ x + b)


UPDATE = Exercise(
    solution=update,
    cases=[
        (np.array([1.0, -1.0]), 0.5, np.array([1.0, 2.0]), 1, 1.0),
        (np.array([1.0, 1.0]), 0.0, np.array([2.0, 1.0]), 0, 0.5),
        (np.array([1.0, 1.0]), 0.0, np.array([2.0, 1.0]), 1, 0.5),
        (np.array([-1.0, 0.5]), 0.0, np.array([1.0, 1.0]), 0, 2.0),
        (np.array([0.0, 0.0]), 0.0, np.array([3.0, -1.0]), 0, 0.1),
        (np.array([0.5, 0.0]), -2.0, np.array([1.0, 4.0]), 1, 0.25),
        (np.array([1.0, 0.0, -1.0]), 0.5, np.array([1.0, 2.0, 3.0]), 1, 0.5),
    ],
    right="Towards the examples that were missed, away from the false alarms, and not at all where it was right.",
    wrong=[
        Wrong(
            lambda w, b, x, d, eta: (w - eta * _error(w, b, x, d) * x, b - eta * _error(w, b, x, d)),
            "Your update moves away from the point: the sign. The error is d − y, what was wanted minus what came.",
        ),
        Wrong(
            lambda w, b, x, d, eta: (w + eta * _error(w, b, x, d) * x, b),
            "The bias is forgotten: it learns too, as the weight of an input that is always 1.",
        ),
        Wrong(
            lambda w, b, x, d, eta: (w + _error(w, b, x, d) * x, b + _error(w, b, x, d)),
            "The learning rate eta is forgotten.",
        ),
        Wrong(
            lambda w, b, x, d, eta: (w + eta * _error(w, b, x, d) * x, b + _error(w, b, x, d)),
            "The learning rate eta is forgotten in the bias.",
        ),
        Wrong(
            lambda w, b, x, d, eta: (w + eta * _error(w, b, x, d), b + eta * _error(w, b, x, d)),
            "The input x is forgotten: a weight moves by as much as its input took part, by eta (d − y) x.",
        ),
        Wrong(
            lambda w, b, x, d, eta: (w + eta * d * x, b + eta * d),
            "It adds the example whenever d is 1, right or wrong, and never takes one away. The error is d − y.",
        ),
        Wrong(
            lambda w, b, x, d, eta: (w + eta * (d - w @ x - b) * x, b + eta * (d - w @ x - b)),
            "You compare d with the sum z. Compare it with the answer y, which is 0 or 1.",
        ),
        Wrong(
            lambda w, b, x, d, eta: (
                w + eta * (d - (2 * step(w @ x + b) - 1)) * x,
                b + eta * (d - (2 * step(w @ x + b) - 1)),
            ),
            "Your y is −1 or +1. The labels here are 0 and 1, and so is y.",
        ),
        Wrong(
            lambda w, b, x, d, eta: (
                w + eta * (d - step(w @ x)) * x,
                b + eta * (d - step(w @ x)),
            ),
            "The answer y is computed without the bias: z = w·x + b.",
        ),
        Wrong(
            lambda w, b, x, d, eta: (
                w + eta * (d - int(w @ x + b > 0)) * x,
                b + eta * (d - int(w @ x + b > 0)),
            ),
            "Right nearly everywhere, but where z is 0 the answer y is 1 by our convention: ≥ and not >.",
        ),
    ],
    hints=[
        "First the answer y of the machine as it is, then the error d − y: 0, +1 or −1.",
        "Both formulas stand above. The bias has no input, or if you like the input 1.",
        "`return w + eta * (d - y) * x, b + eta * (d - y)`; what is y?",
    ],
    because="The error is 0 where the answer was right, so nothing moves. Where 1 was wanted it is +1: the example is "
    "added, and z grows on it by η (x·x + 1). Where 0 was wanted it is −1, and z falls by as much.",
)


# --- why the learning rate does not matter -----------------------------------------------------------------------


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

EXERCISES = (PREDICT, NAND, UPDATE, COUNTS)
