"""Chapter 01's first exercise: the machine."""

from __future__ import annotations

import numpy as np

from nnlib.course.common.exercise import Exercise, Wrong

from .machine import step

__all__ = ["PREDICT"]


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
