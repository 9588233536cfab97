"""Chapter 07's exercise of gradient descent: every point on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnlib.course.common.answers import NotYet
from nnlib.course.common.exercise import Exercise, Wrong

__all__ = ["GRADIENT_DESCENT"]


def gradient_descent(gradient, w, rate, steps):
    points = [w]
    for _ in range(steps):
        w = w - rate * gradient(w)
        points.append(w)
    return np.array(points)


@dataclass(eq=False)
class Walk(Exercise):
    """Points on a way: of an answer that has no name and one point too few, that is said, whatever else is wrong."""

    def _check(self, function: Callable) -> list:
        try:
            return super()._check(function)
        except NotYet as reason:
            if str(reason) not in {wrong.says for wrong in self.wrong}:
                self._check_parameters(function)
                self._check_number(function)
            raise

    def _check_number(self, function: Callable) -> None:
        case = self.cases[0]
        *_, steps = case
        answer = self._answer(function, case)
        if isinstance(answer, (list, tuple, np.ndarray)) and len(answer) == steps:
            raise NotYet(
                f"{steps} points, but {steps} steps have {steps + 1}: the one before any step, and one after each."
            )


@dataclass(frozen=True)
class Slope:
    """A gradient that can say itself, for the sentence about a case."""

    says: str
    at: Callable

    def __call__(self, w):
        return self.at(w)

    def __str__(self):
        return self.says


def _walk(step: Callable) -> Callable:
    """The answer of a learner whose next point is step(gradient, w, rate, first)."""

    def answer(gradient, w, rate, steps):
        points = [w]
        for _ in range(steps):
            points.append(step(gradient, points[-1], rate, w))
        return np.array(points)

    return answer


def _in_place(gradient, w, rate, steps):
    w = np.array(w)
    points = [w]
    for _ in range(steps):
        w -= rate * gradient(w)
        points.append(w)
    return np.array(points)


def _first_in_place(gradient, w, rate, steps):
    w = np.array(w)
    points = [w]
    for _ in range(steps):
        w -= rate * gradient(w)
        points.append(w.copy())
    return np.array(points)


LINE, PARABOLA = Slope("(w → 2w)", lambda w: 2 * w), Slope("(w → 6w − 3)", lambda w: 6 * w - 3)
RAVINE = Slope("(w → [w₁, 20w₂])", lambda w: w * np.array([1.0, 20.0]))
GRADIENT_DESCENT = Walk(
    solution=gradient_descent,
    cases=[
        (LINE, np.float64(4.0), 0.1, 3),  # NumPy's numbers can be copied: w.copy() is no mistake
        (PARABOLA, np.float64(-1.0), 0.25, 2),
        (RAVINE, np.array([-1.5, 1.0]), 0.03, 4),
        (RAVINE, np.array([1.0, -0.5]), 0.12, 3),  # and so it diverges
        (LINE, np.array([1.0, 2.0, -3.0]), 0.4, 1),
        (LINE, np.float64(4.0), 0.1, 0),
    ],
    in_place="`w -= …` makes no new array, it changes the old one: the {name} that was given, and every point in your "
    "list that is no copy. Write `w = w - …`, which makes a new one.",
    right="Every point, from the start to the end, in one dimension and in several, whether it arrives or diverges.",
    wrong=[
        Wrong(
            _walk(lambda gradient, w, rate, first: w + rate * gradient(w)),
            "The sign: that walks uphill. The gradient points up, so its multiple is taken away: w − rate · gradient.",
        ),
        Wrong(
            _walk(lambda gradient, w, rate, first: w - gradient(w)),
            "The learning rate is forgotten: the step is rate times the gradient.",
        ),
        Wrong(
            _walk(lambda gradient, w, rate, first: w - rate * gradient(first)),
            "The gradient is always that of the start. It depends on where you are: take it anew at every point.",
        ),
        Wrong(
            _walk(lambda gradient, w, rate, first: first - rate * gradient(w)),
            "Every step begins at the start again. Begin it where the last one ended: w = w − …",
        ),
        Wrong(
            _walk(lambda gradient, w, rate, first: -rate * gradient(w)),
            "That is the step alone, and where it began is forgotten: the new point is w plus the step.",
        ),
        Wrong(
            _walk(lambda gradient, w, rate, first: w - (rate + gradient(w))),
            "The rate is added to the gradient. It is a factor: rate * gradient(w).",
        ),
        Wrong(
            _walk(lambda gradient, w, rate, first: w - gradient(w) / rate),
            "You divide by the rate: a small rate then makes large steps. It is a factor.",
        ),
        Wrong(
            _walk(lambda gradient, w, rate, first: w - gradient(rate * w)),
            "The rate is inside the brackets, rate * w; it belongs before them: rate * gradient(w).",
        ),
        Wrong(
            _in_place,
            "All your points are the same array, changed in place: `w -= …` moves those in the list too. Write "
            "`w = w - …`, which makes a new one.",
        ),
        Wrong(
            _first_in_place,
            "The first of your points moves along to the end: it is the array itself that `w -= …` changes, and no "
            "copy. Write `w = w - …`, and no copies are needed.",
        ),
        Wrong(
            lambda gradient, w, rate, steps: gradient_descent(gradient, w, rate, steps)[:-1],
            "The last point is missing: after the last step comes one more. With 3 steps there are 4 points.",
        ),
        Wrong(
            lambda gradient, w, rate, steps: gradient_descent(gradient, w, rate, steps)[1:],
            "The first point is missing: where it was before any step.",
        ),
        Wrong(
            lambda gradient, w, rate, steps: gradient_descent(gradient, w, rate, steps)[-1],
            "That is where it ends. Keep all the points on the way in a list, and give the list.",
        ),
        Wrong(
            lambda gradient, w, rate, steps: gradient_descent(gradient, w, rate, steps + 1),
            "One step too many: `range(steps)` runs `steps` times, and the start is in the list before it.",
        ),
    ],
    hints=[
        "A list that begins with w, and a loop that runs `steps` times.",
        "Each time: a new w from the old one, by w ← w − rate · gradient(w); then `append` it.",
        "`points = [w]`, then in the loop `w = w - ...` and `points.append(w)`, and at last `return points`.",
    ],
    because="A step needs nothing but the point that it starts from: the gradient there, times the rate, taken away. "
    "`w = w - …` makes a new point, where `w -= …` would move the one in the list.",
)
