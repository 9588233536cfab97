"""Chapter 01's second exercise: a gate."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnlib.course.common.answers import NotYet, form
from nnlib.course.common.exercise import Exercise, Wrong

from .machine import step

__all__ = ["CORNERS", "NAND"]


def nand():
    w1, w2, b = -2, -2, 3
    return w1, w2, b


CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]


def table(answer: Any) -> str:
    """The four answers of a machine (w1, w2, b) in words, and whether it lacks a bias."""
    if form(answer, np.zeros(3)) or not np.isfinite(np.asarray(answer, float)).all():
        raise NotYet("It should give three numbers, `return w1, w2, b`.")
    w1, w2, b = np.asarray(answer, float)
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
