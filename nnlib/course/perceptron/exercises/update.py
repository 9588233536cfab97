"""Chapter 01's third exercise: the learning rule."""

from __future__ import annotations

import numpy as np

from nnlib.course.common.exercise import Exercise, Wrong

from .machine import step

__all__ = ["UPDATE"]


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
    results=("w", "b"),
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
