"""Chapter 05's exercises: an operation with its rule, reverse accumulation, and a wrong rule that is mended."""

from __future__ import annotations

import math

import numpy as np

from nnlib.course.common.exercise import Exercise, Wrong

__all__ = ["EXERCISES"]


# --- an operation with its rule ------------------------------------------------------------------------------------


def hypot(a, b):
    y = math.sqrt(a * a + b * b)
    return y, a / y, b / y


def _hypot(slope):
    """The answer of a learner whose two slopes are slope(y, a, b) and slope(y, b, a)."""

    def answer(a, b):
        y = math.sqrt(a * a + b * b)
        return y, slope(y, a, b), slope(y, b, a)

    return answer


HYPOT = Exercise(
    solution=hypot,
    cases=[(3.0, 4.0), (-5.0, 12.0), (8.0, -6.0), (0.5, 0.0), (-0.3, -0.4)],
    results=("y", "dy/da", "dy/db"),
    right="The value and both slopes, in every quarter of the plane. At (0, 0) it has a tip and no slope at all.",
    wrong=[
        Wrong(_hypot(lambda y, a, b: -a / y), "The sign: if a is positive and grows, the length grows with it."),
        Wrong(
            _hypot(lambda y, a, b: 1 / (2 * y)),
            "The inner derivative is forgotten: 1 / (2y) is the slope of the root alone, and a² has the slope 2a.",
        ),
        Wrong(
            _hypot(lambda y, a, b: 2 * a),
            "The outer derivative is forgotten: 2a is the slope of a² alone, and the root of it has 1 / (2y).",
        ),
        Wrong(
            _hypot(lambda y, a, b: a / (2 * y)),
            "Half of it: the root gives 1 / (2y), and a² gives 2a, not a. The two 2s cancel.",
        ),
        Wrong(_hypot(lambda y, a, b: 2 * a / y), "Twice too much: the root of u has the slope 1 / (2√u)."),
        Wrong(_hypot(lambda y, a, b: b / y), "The two slopes are exchanged: the first one is that by a."),
        Wrong(_hypot(lambda y, a, b: y / a if a else math.inf), "Upside down: that is da/dy. It should be dy/da."),
        Wrong(_hypot(lambda y, a, b: 1.0), "That is the slope of a + b. Here it depends on where you are."),
    ],
    hints=[
        "y = √u with u = a² + b². Two links: how y changes with u, and how u changes with a.",
        "dy/du = 1 / (2√u), which is 1 / (2y): a rule may use the value y. And du/da = 2a.",
        "Their product is a / y. By b it is the same with b.",
    ],
    because="The chain rule: 1/(2y) · 2a = a/y. It is the cosine of the angle at which (a, b) lies, and so between −1 "
    "and 1: the length never grows faster than a side.",
)


# --- reverse accumulation ------------------------------------------------------------------------------------------


def accumulate(inputs, slopes):
    grad = np.zeros(len(inputs))
    grad[-1] = 1.0
    for i in reversed(range(len(inputs))):
        for j, slope in zip(inputs[i], slopes[i], strict=True):
            grad[j] = grad[j] + grad[i] * slope
    return grad


def _accumulate(add=lambda old, grad, slope: old + grad * slope, seed=1.0, order=reversed):
    """The answer of a learner who has one of the three parts in another way."""

    def answer(inputs, slopes):
        grad = np.zeros(len(inputs))
        grad[-1] = seed
        for i in order(range(len(inputs))):
            for j, slope in zip(inputs[i], slopes[i], strict=True):
                grad[j] = add(grad[j], grad[i], slope)
        return grad

    return answer


def _diamonds(many: int) -> tuple:
    """So many diamonds in a row, each of a node that splits in two and joins again; every path has the same share."""
    inputs, slopes = [[]], [[]]
    for k in range(0, 3 * many, 3):
        inputs += [[k], [k], [k + 1, k + 2]]
        slopes += [[1.0], [1.0], [0.5, 0.5]]
    return inputs, slopes


WORKED = ([[], [], [0], [0, 1], [2, 3], [3], [4, 5]], [[], [], [1.0], [2.0, 4.0], [1.0, 1.0], [1.0], [10.0, 15.0]])
ACCUMULATE = Exercise(
    solution=accumulate,
    cases=[
        ([[], [0]], [[], [3.0]]),
        ([[], [0], [1]], [[], [3.0], [-2.0]]),
        ([[], [0, 0]], [[], [5.0, 5.0]]),
        WORKED,
        ([[], [], [0, 1], [2, 2], [3, 0]], [[], [], [0.5, -1.0], [3.0, 3.0], [2.0, -4.0]]),
    ],
    large=_diamonds(30),
    slow="Right in all the small graphs. But thirty diamonds in a row have a billion paths, and it is not back in "
    "time: it walks every path by itself. Once grad[i] is complete, use each edge that leads to i once, for all of "
    "them.",
    right="∂a/∂f = 60 and ∂a/∂g = 100 in the worked graph; and it is done with thirty diamonds, which have a billion "
    "paths: every edge was used once.",
    wrong=[
        Wrong(
            _accumulate(lambda old, grad, slope: grad * slope),
            "What came first is forgotten: a node that is used twice gets two contributions, and they add up: "
            "grad[j] + …",
        ),
        Wrong(_accumulate(lambda old, grad, slope: old - grad * slope), "The sign: contributions are added."),
        Wrong(
            _accumulate(lambda old, grad, slope: old + slope),
            "Only the last link of the chain: the slope has to be multiplied by grad[i], what came to the result.",
        ),
        Wrong(
            _accumulate(lambda old, grad, slope: old + grad),
            "The local derivative is forgotten: what goes back along an edge is grad[i] times its slope.",
        ),
        Wrong(
            _accumulate(lambda old, grad, slope: old + grad + slope),
            "Along a path one multiplies; sums are for different paths. So grad[i] * slope.",
        ),
        Wrong(_accumulate(seed=0.0), "All zeros: somebody has to begin. The last node's own gradient is dy/dy = 1."),
        Wrong(
            _accumulate(order=iter),
            "From the inputs on, every node hands on what it has before anything has come to it. Begin with the last.",
        ),
        Wrong(
            lambda inputs, slopes: accumulate(inputs, slopes)[: len([i for i in inputs if not i])],
            "These are the inputs' gradients alone. Give the whole list: every node has one.",
        ),
    ],
    hints=[
        "Two lines are missing: what the last node begins with, and what an edge from j to i adds to grad[j].",
        "How much does y change if y does? That is the beginning. And an edge hands back the gradient of its result, "
        "times its slope.",
        "`grad[-1] = 1.0`, and `grad[j] = grad[j] + ...`, with a product in place of the dots.",
    ],
    because="Inputs stand before results, so when node i is reached from behind, all that uses it has already been "
    "there, and grad[i] is complete. That is why each edge is needed only once.",
)


# --- a wrong rule, mended ------------------------------------------------------------------------------------------


def mended(y, a):
    return 1 - y * y


MENDED = Exercise(
    solution=mended,
    cases=[(math.tanh(a), a) for a in (0.5, 0.0, -1.0, 2.0, -0.2)],
    right="1 − y², which is what the differences say, at 0 and everywhere else.",
    wrong=[
        Wrong(lambda y, a: 1 - y, "That is the rule as it was: right at 0, and a square is forgotten everywhere else."),
        Wrong(
            lambda y, a: 1 + y * y, "The sign: tanh becomes flat where y comes near 1, so its slope must fall there."
        ),
        Wrong(lambda y, a: y * y - 1, "The sign of all of it: tanh rises everywhere."),
        Wrong(lambda y, a: 1 - a * a, "With the input in place of the value: it is y that is squared."),
        Wrong(lambda y, a: y * (1 - y), "That is the sigmoid's rule. This is tanh, which goes from −1 to 1."),
        Wrong(lambda y, a: 1 / (1 - y * y), "Upside down: that is da/dy. It should be dy/da."),
        Wrong(lambda y, a: y, "That is the rule of exp, which was right."),
        Wrong(lambda y, a: 1 - np.exp(-y), "That is the rule of softplus. It looks odd, but it was right."),
        Wrong(lambda y, a: -y * y, "That is the rule of 1/a, which was right."),
        Wrong(lambda y, a: 1 / (2 * y) if y else np.inf, "That is the rule of the root, which was right."),
    ],
    hints=[
        "Which row of the table disagrees with the differences?",
        "It is tanh = sinh / cosh. By the rule for quotients its slope is (cosh² − sinh²) / cosh².",
        "That is 1 − sinh²/cosh². Write it with y.",
    ],
    because="(cosh² − sinh²) / cosh² = 1 − tanh² = 1 − y². The wrong rule 1 − y has the same value at a = 0, and it is "
    "always positive: it would even have trained, only badly. Hence: check at random places, never at 0.",
)

EXERCISES = (HYPOT, ACCUMULATE, MENDED)
