"""Chapter 08's exercise of a step of Adam."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnlib.course.common.exercise import Exercise, Wrong

__all__ = ["ADAM"]


def adam_step(w, G, M, g, t, rate, a=0.9, b=0.999, eps=1e-8):
    G = a * G + (1 - a) * g
    M = b * M + (1 - b) * g**2
    G_hat = G / (1 - a**t)
    M_hat = M / (1 - b**t)
    return w - rate * G_hat / (np.sqrt(M_hat) + eps), G, M


def _adam(
    mean: Callable = lambda G, g, a: a * G + (1 - a) * g,
    square: Callable = lambda M, g, b: b * M + (1 - b) * g**2,
    correct: Callable = lambda G, M, a, b, t: (G / (1 - a**t), M / (1 - b**t)),
    step: Callable = lambda G, M, eps: -G / (np.sqrt(M) + eps),
    give: Callable = lambda G, M, G_hat, M_hat: (G, M),
) -> Callable:
    """The answer of a learner who has one part in another way."""

    def answer(w, G, M, g, t, rate, a=0.9, b=0.999, eps=1e-8):
        with np.errstate(divide="ignore", invalid="ignore"):
            G, M = mean(G, g, a), square(M, g, b)
            G_hat, M_hat = correct(G, M, a, b, t)
            return w + rate * step(G_hat, M_hat, eps), *give(G, M, G_hat, M_hat)

    return answer


def _previous(w, G, M, g, t, rate, a=0.9, b=0.999, eps=1e-8):
    _, new_G, new_M = adam_step(w, G, M, g, t, rate, a, b, eps)
    return w - rate * (G / (1 - a**t)) / (np.sqrt(new_M / (1 - b**t)) + eps), new_G, new_M


def _corrected_rate(w, G, M, g, t, rate, a=0.9, b=0.999, eps=1e-8):
    _, G, M = adam_step(w, G, M, g, t, rate, a, b, eps)
    return w - rate * np.sqrt(1 - b**t) / (1 - a**t) * G / (np.sqrt(M) + eps), G, M


def _later(seed: int, t: int, rate: float, a: float, b: float, eps: float) -> tuple:
    """A step in the middle of a run, from drawn numbers."""
    w, G, g = np.random.default_rng(seed).normal(size=(3, 3)).round(2)
    return w, G, np.array([0.5, 0.02, 1.5]), g, t, rate, a, b, eps


NOTHING = np.zeros(2)
ADAM = Exercise(
    solution=adam_step,
    cases=[
        (np.array([1.0, -2.0]), NOTHING, NOTHING, np.array([2.0, -0.5]), 1, 0.1, 0.9, 0.999, 1e-8),
        (
            np.array([1.0, -2.0]),
            np.array([0.2, 0.1]),
            np.array([0.01, 0.04]),
            np.array([-1.0, 3.0]),
            2,
            0.5,
            0.9,
            0.999,
            1e-8,
        ),
        _later(0, 5, 0.5, 0.9, 0.99, 1e-8),
        _later(1, 40, 1.0, 0.8, 0.9, 0.5),
        (np.array([3.0, 1.0]), NOTHING, NOTHING, np.array([1.0, -4.0]), 1, 0.2, 0.5, 0.9, 0.1),
    ],
    results=("w", "G", "M"),
    right="The first step is one learning rate long, whatever the size of the gradient, and then it follows G.",
    wrong=[
        Wrong(
            _adam(step=lambda G, M, eps: G / (np.sqrt(M) + eps)),
            "The sign: the step goes uphill. It is taken away from w.",
        ),
        Wrong(
            _adam(correct=lambda G, M, a, b, t: (G, M)),
            "The correction is forgotten: G/(1 − aᵗ) and M/(1 − bᵗ). Without it the first step is 3.2 times too large.",
        ),
        Wrong(
            _adam(correct=lambda G, M, a, b, t: (G, M / (1 - b**t))),
            "The correction of G is forgotten: G/(1 − aᵗ). The first step is ten times too small.",
        ),
        Wrong(
            _adam(correct=lambda G, M, a, b, t: (G / (1 - a**t), M)),
            "The correction of M is forgotten: M/(1 − bᵗ). The first step is far too large.",
        ),
        Wrong(
            _adam(correct=lambda G, M, a, b, t: (G / (1 - a ** (t - 1)), M / (1 - b ** (t - 1)))),
            "The exponent is t − 1, and at the first step 1 − a⁰ is 0: 0 divides. Steps are counted from 1; the "
            "exponent is t.",
        ),
        Wrong(
            _adam(correct=lambda G, M, a, b, t: (G / (1 - a ** (t + 1)), M / (1 - b ** (t + 1)))),
            "The exponent is t + 1. At the first step t is 1, and so is the exponent.",
        ),
        Wrong(
            _adam(correct=lambda G, M, a, b, t: (G / (1 - a), M / (1 - b))),
            "The exponent is forgotten: 1 − aᵗ begins at 1 − a and tends to 1, so that the correction fades.",
        ),
        Wrong(
            _adam(correct=lambda G, M, a, b, t: (G / (1 - a**t), M / (1 - a**t))),
            "M is corrected with G's factor. Its own is 1 − bᵗ: the denominator is M's.",
        ),
        Wrong(
            _adam(correct=lambda G, M, a, b, t: (G / (1 - b**t), M / (1 - a**t))),
            "The two corrections are exchanged. G is a mean with a, so it is G/(1 − aᵗ), and M one with b: M/(1 − bᵗ).",
        ),
        Wrong(
            _adam(correct=lambda G, M, a, b, t: (G / (1 - a**t), M / (1 - b**t) ** 2)),
            "M is corrected outside the root, √M/(1 − bᵗ). First M̂ = M/(1 − bᵗ), and then the root of it: √M̂.",
        ),
        Wrong(
            lambda w, G, M, g, t, rate, a=0.9, b=0.999, eps=1e-8: adam_step(w, G, M, g, t, rate, b, a, eps),
            "a and b are exchanged: a belongs to G, b to M.",
        ),
        Wrong(
            _adam(give=lambda G, M, G_hat, M_hat: (G_hat, M_hat)),
            "w is right, but you give the corrected values back. At the next step they would be corrected again: give "
            "G and M as they are.",
        ),
        Wrong(
            _adam(step=lambda G, M, eps: -G / np.sqrt(M + eps)),
            "eps is inside the root. Outside it is a length itself: √M̂ + eps.",
        ),
        Wrong(
            _corrected_rate,
            "Right but for eps: you correct the rate, by √(1 − bᵗ)/(1 − aᵗ), and eps is added to √M as it is. Here it "
            "is added to the corrected one, √M̂ + eps.",
        ),
        Wrong(
            lambda w, G, M, g, t, rate, a=0.9, b=0.999, eps=1e-8: adam_step(w, G, M, g, t, rate),
            "You have written 0.9, 0.999 and 1e-8 out. They are only what a, b and eps begin with: whoever calls the "
            "function may give others.",
        ),
        Wrong(
            lambda w, G, M, g, t, rate, a=0.9, b=0.999, eps=1e-8: adam_step(w, G, M, g, t, rate, eps=eps),
            "You have written 0.9 and 0.999 out. They are only what a and b begin with: whoever calls the function may "
            "give others.",
        ),
        Wrong(
            lambda w, G, M, g, t, rate, a=0.9, b=0.999, eps=1e-8: adam_step(w, G, M, g, t, rate, a, b),
            "You have written 1e-8 for eps. It is a parameter: whoever calls the function may give another.",
        ),
        Wrong(
            _adam(step=lambda G, M, eps: -G / (M + eps)),
            "The root is forgotten. M is a mean of squares; its root has the units of the gradient, and they cancel.",
        ),
        Wrong(
            _adam(step=lambda G, M, eps: -G),
            "You do not divide by √M̂ + eps: that is momentum, whose step is as large as the gradient.",
        ),
        Wrong(
            _adam(square=lambda M, g, b: b * M + (1 - b) * g),
            "M without the square: it is the running mean of g². A mean of g may be negative, and has no root then.",
        ),
        Wrong(
            _adam(square=lambda M, g, b: b * M + ((1 - b) * g) ** 2),
            "The square takes (1 − b) along. Only g is squared: (1 − b) · g².",
        ),
        Wrong(
            _adam(mean=lambda G, g, a: a * G + g, square=lambda M, g, b: b * M + g**2),
            "The shares (1 − a) and (1 − b) are forgotten: running means, so that the shares add up to 1.",
        ),
        Wrong(
            _adam(mean=lambda G, g, a: (1 - a) * G + a * g, square=lambda M, g, b: (1 - b) * M + b * g**2),
            "The shares are the wrong way round: a and b are kept of what was, 1 − a and 1 − b come of what is new.",
        ),
        Wrong(
            _previous,
            "The step is made with the previous G. First the new G and M, then the step with both.",
        ),
        Wrong(
            lambda w, G, M, *given: (adam_step(w, G, M, *given)[0], G, M),
            "w is right, but you give the old G and M back, and the next step will not know of this gradient.",
        ),
        Wrong(
            lambda w, *given: (adam_step(w, *given)[0] - w, *adam_step(w, *given)[1:]),
            "The first value is the step alone. Where does it lead? Add it to w.",
        ),
    ],
    hints=[
        "Four lines before the step: two running means, G of g and M of g², and the two, corrected.",
        "`G = a * G + (1 - a) * g`, and M likewise with b and g**2. Corrected: G / (1 - a**t), under another name, "
        "because G itself is what you give back.",
        "`w - rate * G_hat / (np.sqrt(M_hat) + eps)`, and then `return` it with G and M.",
    ],
    because="G and M begin at 0, and after t steps all the shares that gradients have in them add up to 1 − aᵗ and "
    "1 − bᵗ only. Divided by that they are true means. What is remembered is G and M themselves, for the next t.",
)
