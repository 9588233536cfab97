"""Chapter 08's exercise of a step of momentum."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnlib.course.common.exercise import Exercise, Wrong

__all__ = ["MOMENTUM"]


def momentum_step(w, v, g, rate, a):
    v = a * v - rate * g
    w = w + v
    return w, v


def _momentum(velocity: Callable, place: Callable = lambda w, v, new, g, rate: w + new) -> Callable:
    """The answer of a learner with this velocity(v, g, rate, a) and this place(w, v, new, g, rate)."""

    def answer(w, v, g, rate, a):
        new = velocity(v, g, rate, a)
        return place(w, v, new, g, rate), new

    return answer


def _nesterov(w, v, g, rate, a):
    _, new = momentum_step(w, v, g, rate, a)
    return w + a * new - rate * g, new


MOMENTUM = Exercise(
    solution=momentum_step,
    cases=[
        (np.array([1.0, -2.0]), np.array([0.0, 0.0]), np.array([2.0, 1.0]), 0.1, 0.9),
        (np.array([1.0, -2.0]), np.array([-0.2, 0.3]), np.array([2.0, 1.0]), 0.1, 0.9),
        (np.array([0.5]), np.array([1.0]), np.array([0.0]), 0.5, 0.5),
        (np.array([3.0, 0.0, -1.0]), np.array([1.0, -1.0, 2.0]), np.array([-4.0, 2.0, 0.5]), 0.25, 0.0),
        (np.array([[1.0, 2.0], [3.0, 4.0]]), np.full((2, 2), 0.5), np.array([[1.0, -1.0], [2.0, 0.0]]), 0.05, 0.99),
    ],
    results=("w", "v"),
    right="The velocity first, then the place; with a = 0 it is gradient descent, and on flat ground it rolls on.",
    wrong=[
        Wrong(
            _momentum(lambda v, g, rate, a: a * v + rate * g),
            "The sign: this accelerates uphill. The gradient is taken away, v ← a v − rate · g.",
        ),
        Wrong(
            _momentum(lambda v, g, rate, a: a * v + rate * g, lambda w, v, new, g, rate: w - new),
            "The same walk, but v is defined with the other sign here: yours points uphill and is taken away from w. "
            "Here it points where w goes: v ← a v − rate · g, and w ← w + v.",
        ),
        Wrong(
            _momentum(lambda v, g, rate, a: a * v - rate * g, lambda w, v, new, g, rate: w - new),
            "v is right and points downhill, but it is taken away from w, which so goes uphill. Add it: w ← w + v.",
        ),
        Wrong(
            _momentum(lambda v, g, rate, a: a * v - g),
            "The learning rate is forgotten: the velocity gains rate times the gradient.",
        ),
        Wrong(
            _momentum(lambda v, g, rate, a: v - rate * g),
            "The factor a is forgotten: nothing brakes the velocity, and a ball without friction never comes to rest.",
        ),
        Wrong(
            _momentum(lambda v, g, rate, a: -rate * g),
            "The old velocity is forgotten: this is plain gradient descent. The share a of v is kept.",
        ),
        Wrong(
            _momentum(lambda v, g, rate, a: a * v - rate * g, lambda w, v, new, g, rate: w + v),
            "w is moved by the old velocity. First the new v, and then w by it.",
        ),
        Wrong(
            _momentum(lambda v, g, rate, a: a * v - rate * g, lambda w, v, new, g, rate: w + new - rate * g),
            "The gradient is in there twice: it is in v already, and w moves by v alone.",
        ),
        Wrong(
            _momentum(lambda v, g, rate, a: a * (v - rate * g)),
            "a multiplies both terms. Only the old velocity fades: a v − rate · g.",
        ),
        Wrong(
            _momentum(lambda v, g, rate, a: a * v - (1 - a) * rate * g),
            "That is the form of a running mean, with (1 − a) before the gradient. With a = 0.9 its steps are ten "
            "times smaller; here there is no such factor.",
        ),
        Wrong(
            _momentum(lambda v, g, rate, a: a * v - (1 - a) * g, lambda w, v, new, g, rate: w + rate * new),
            "That is the form of a running mean, and the rate comes when w moves. Here the rate is in the velocity, "
            "and there is no (1 − a).",
        ),
        Wrong(
            _momentum(lambda v, g, rate, a: a * v - g, lambda w, v, new, g, rate: w + rate * new),
            "Your rate comes when w moves, so that v is in other units. Here it is in the velocity: a v − rate · g.",
        ),
        Wrong(
            _momentum(lambda v, g, rate, a: a * v + g, lambda w, v, new, g, rate: w - rate * new),
            "That is PyTorch's form: v gathers the gradients as they are, and rate and minus come when w moves. With "
            "one rate all the way it is the same walk. Here both are in the velocity: v ← a v − rate · g.",
        ),
        Wrong(
            _momentum(lambda v, g, rate, a: a * v + (1 - a) * g, lambda w, v, new, g, rate: w - rate * new),
            "Your v is a running mean of the gradients, with (1 − a), and rate and minus come when w moves. Here all "
            "is in the velocity, and there is no (1 − a): v ← a v − rate · g.",
        ),
        Wrong(
            _nesterov,
            "w moves by a v − rate · g with the new v: that is Nesterov's momentum, which comes next. Here w ← w + v.",
        ),
        Wrong(
            lambda w, v, g, rate, a: momentum_step(w, v, g, rate, 0.9),
            "You have written 0.9 for a. It is a parameter: whoever calls the function may give another.",
        ),
        Wrong(
            lambda w, v, g, rate, a: (momentum_step(w, v, g, rate, a)[0], v),
            "w is right, but you give the old v back, and the next step will not know of this one.",
        ),
        Wrong(
            lambda w, v, g, rate, a: (a * v - rate * g, a * v - rate * g),
            "The first value is the velocity; it should be the place, w + v.",
        ),
        Wrong(
            lambda w, v, g, rate, a: momentum_step(w, v, g, rate, a)[::-1], "Right, but in another order: w, then v."
        ),
    ],
    hints=[
        "Two lines, as in the text: a new velocity, then a new place.",
        "The velocity keeps the share a of itself and gains a step downhill: `v = a * v - ...`",
        "`v = a * v - rate * g`, then w moves by the new v; and `return w, v`.",
    ],
    because="v is a sum of all gradients so far, −rate · (g + a g₋₁ + a² g₋₂ + …). While they agree, it grows to "
    "1/(1 − a) times a plain step; where they change sign, they cancel. Both v and w are new arrays.",
)
