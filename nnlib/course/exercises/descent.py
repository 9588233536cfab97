"""Chapter 07's exercises: gradient descent, an epoch of mini-batches, and a learning rate that falls in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from .answers import NotYet
from .engine import Exercise, Wrong

__all__ = ["EXERCISES"]


# --- gradient descent --------------------------------------------------------------------------------------------


def gradient_descent(gradient, w, rate, steps):
    points = [w]
    for _ in range(steps):
        w = w - rate * gradient(w)
        points.append(w)
    return np.array(points)


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


LINE, PARABOLA = Slope("(w → 2w)", lambda w: 2 * w), Slope("(w → 6w − 3)", lambda w: 6 * w - 3)
RAVINE = Slope("(w → [w₁, 20w₂])", lambda w: w * np.array([1.0, 20.0]))
GRADIENT_DESCENT = Exercise(
    solution=gradient_descent,
    cases=[
        (LINE, 4.0, 0.1, 3),
        (PARABOLA, -1.0, 0.25, 2),
        (RAVINE, np.array([-1.5, 1.0]), 0.03, 4),
        (RAVINE, np.array([1.0, -0.5]), 0.12, 3),  # and so it diverges
        (LINE, np.array([1.0, 2.0, -3.0]), 0.4, 1),
        (LINE, 4.0, 0.1, 0),
    ],
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


# --- mini-batches ------------------------------------------------------------------------------------------------


def mini_batches(X, y, size, rng):
    order = rng.permutation(len(X))
    starts = range(0, len(X), size)
    return [(X[order[i : i + size]], y[order[i : i + size]]) for i in starts]


class Epochs(NamedTuple):
    """What two calls with one generator gave: the batches of the first epoch and of the second."""

    first: Any
    second: Any


def two_epochs(function, X, y, size, rng):
    """Calls it a second time with the same generator, if the first answer has batches at all."""
    first = _listed(function(X, y, size, rng))
    return Epochs(first, _listed(function(X, y, size, rng))) if _pairs(first) else first


def _listed(answer: Any) -> Any:
    return list(answer) if isinstance(answer, Iterator) else answer  # a function that yields its batches is right, too


def _pairs(batches: Any) -> bool:
    """Whether it is a list of pairs, of a table and a row of numbers that are equally long."""
    return (
        isinstance(batches, (list, tuple))
        and len(batches) > 0
        and all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in batches)
        and all(sorted((np.ndim(X), np.ndim(y))) == [1, 2] and len(X) == len(y) for X, y in batches)
    )


def batches_said(answer: Any) -> str:
    """What is compared, in words: "batches of 3, 3, 1: shuffled, X with y"."""
    if not isinstance(answer, Epochs) or not _pairs(answer.second):
        raise NotYet(
            "It should give a list of pairs, `[(X_batch, y_batch), …]`: X_batch has as many rows as y_batch has "
            "numbers."
        )
    batches = answer.first
    if np.ndim(batches[0][0]) == 1:
        return "pairs of y and X"
    rows, again = map(_rows, answer)
    size = len(batches[0][0])
    if len(batches) > 1 and all(np.array_equal(rows[:size], rows[i : i + size]) for i in range(0, len(rows), size)):
        return "batches that are all alike"
    if len(np.unique(rows)) < len(rows):
        return "some examples twice, and others never"
    sizes = ", ".join(str(len(y)) for _, y in batches)
    order = "as last time" if np.array_equal(rows, again) else "shuffled"
    order = "in the old order" if (np.diff(rows) > 0).all() else order
    targets = np.concatenate([np.asarray(y, float) for _, y in batches])
    return f"batches of {sizes}: {order}, X {'with' if np.array_equal(targets, rows / 2) else 'apart from'} y"


def _rows(batches: Any) -> np.ndarray:
    """Which examples they are: the first number of a row of X is its number."""
    return np.concatenate([np.asarray(X, float)[:, 0] for X, _ in batches])


def _examples(N: int, size: int, seed: int) -> tuple:
    """N examples whose X begins with their number, and whose y is half of it."""
    number = np.arange(N, dtype=float)
    return np.stack([number, 10 - number], axis=1), number / 2, size, np.random.default_rng(seed)


def _cut(order: Callable, starts: Callable = lambda N, size: range(0, N, size)) -> Callable:
    """The answer of a learner with this order, or these orders of X and of y, and these beginnings of batches."""

    def answer(X, y, size, rng):
        orders = order(len(X), rng)
        i, j = orders if isinstance(orders, tuple) else (orders, orders)
        return [(X[i[k : k + size]], y[j[k : k + size]]) for k in starts(len(X), size)]

    return answer


def _shuffled(N, rng):
    return rng.permutation(N)


def _same_again(X, y, size, rng):
    i = rng.permutation(len(X))[:size]
    return [(X[i], y[i]) for _ in range(0, len(X), size)]


MINI_BATCHES = Exercise(
    solution=mini_batches,
    cases=[_examples(7, 3, 0), _examples(12, 4, 1), _examples(9, 1, 2), _examples(10, 6, 3)],
    ask=two_epochs,
    read=batches_said,
    right="Every example once, in an order that is new in every epoch, and each with its own target.",
    wrong=[
        Wrong(
            _cut(_shuffled, lambda N, size: range(0, N - size + 1, size)),
            "The last batch is forgotten: 7 examples by threes are three batches, and the last one has a single "
            "example. Only what divides evenly lets this pass.",
        ),
        Wrong(
            _cut(lambda N, rng: np.arange(N)),
            "They come in the order in which they lie. Shuffle them: `rng.permutation(len(X))` is a new order.",
        ),
        Wrong(
            _cut(lambda N, rng: (rng.permutation(N), rng.permutation(N))),
            "X and y do not have the same order, and so each example has somebody else's target. One order for both: "
            "X[order] and y[order].",
        ),
        Wrong(
            lambda X, y, size, rng: [(t, x) for x, t in mini_batches(X, y, size, rng)],
            "The pairs are the wrong way round: first X_batch, then y_batch.",
        ),
        Wrong(
            _cut(lambda N, rng: rng.integers(0, N, N)),
            "Some examples come twice and others never: that is drawn with replacement. A permutation has each once.",
        ),
        Wrong(
            _same_again,
            "Every batch is the same. Each takes the next `size` places of the order: order[i : i + size].",
        ),
        Wrong(
            _cut(_shuffled, lambda N, size: range(0, N + 1, size)),
            "One batch too many, an empty one, where the examples divide evenly: it is ⌈N / size⌉ of them, and "
            "`range(0, len(X), size)` ends before that.",
        ),
        Wrong(
            lambda X, y, size, rng: [(X[i], y[i]) for i in np.array_split(rng.permutation(len(X)), size)],
            "`size` is the number of your batches. It should be the number of examples in each.",
        ),
        Wrong(
            lambda X, y, size, rng: mini_batches(X, y, 1, rng),
            "Your batches have one example each. `size` of them go together: X[order[i : i + size]].",
        ),
        Wrong(
            lambda X, y, size, rng: mini_batches(X, y, size, np.random.default_rng(0)),
            "The second epoch has the order of the first. Draw it from the `rng` that you are given: with a seed of "
            "your own, as in `default_rng(0)`, the same numbers come again and again.",
        ),
    ],
    hints=[
        "First one new order for all the examples; then cut it into pieces of `size`.",
        "`order = rng.permutation(len(X))`. A piece of it is order[i : i + size], and i goes 0, size, 2·size, …: "
        "`range(0, len(X), size)`. A slice that reaches beyond the end is simply shorter.",
        "`[(X[order[i : i + size]], y[...]) for i in range(0, len(X), size)]`, with the same piece for y.",
    ],
    because="One order, used for X and for y, so that each example keeps its target. Cutting it into pieces is all "
    "that is left: each example is in one piece. Since the order comes from `rng`, the next call has another one.",
)


# --- linear annealing --------------------------------------------------------------------------------------------


def linear_annealing(k, first, last, tau):
    share = min(k / tau, 1)
    return (1 - share) * first + share * last


def _share(share: Callable) -> Callable:
    """The answer of a learner for whom this share of the way is done at step k."""

    def answer(k, first, last, tau):
        done = share(k, tau)
        return (1 - done) * first + done * last

    return answer


LINEAR_ANNEALING = Exercise(
    solution=linear_annealing,
    cases=[
        (k, first, last, tau)
        for first, last, tau in [(1.0, 0.2, 4), (0.5, 0.1, 10), (0.1, 0.4, 5)]
        for k in (0, 1, tau // 2 + 1, tau - 1, tau, tau + 1, 3 * tau)
    ],
    right="From `first` at step 0 down to `last` at step tau, and there it stays, as long as you train.",
    wrong=[
        Wrong(
            _share(lambda k, tau: k / tau),
            "Right up to step tau, but then it goes on falling, and below 0 it would walk uphill. From tau on it is "
            "held at `last`: min(k / tau, 1).",
        ),
        Wrong(
            lambda k, first, last, tau: linear_annealing(k, last, first, tau),
            "The wrong way round: at step 0 it is `first`, and in the end `last`.",
        ),
        Wrong(
            lambda k, first, last, tau: (1 - min(k / tau, 1)) * first,
            "The second term is forgotten, (k/tau) · last: as it is, the rate falls to 0, and learning ends.",
        ),
        Wrong(
            lambda k, first, last, tau: linear_annealing(k, first, last, tau) if k <= tau else 0.0,
            "After step tau it is 0, and nothing is learned any more. It is held at `last`.",
        ),
        Wrong(
            lambda k, first, last, tau: linear_annealing(k, first, last, tau) if k < tau else first,
            "After step tau it leaps back to `first`. It is held at `last`.",
        ),
        Wrong(
            lambda k, first, last, tau: linear_annealing(max(k - 1, 0), first, last, tau),
            "One step late: steps are counted from 0, so at k = 1 the first part of the way is done.",
        ),
        Wrong(
            lambda k, first, last, tau: linear_annealing(k + 1, first, last, tau),
            "One step early: steps are counted from 0, and at k = 0 the rate is `first`.",
        ),
        Wrong(
            lambda k, first, last, tau: first * (last / first) ** min(k / tau, 1),
            "That is exponential decay, by one factor in each step. Here it is the same amount in each: a line.",
        ),
        Wrong(
            _share(lambda k, tau: float(k >= tau)),
            "It stays at `first` and falls all at once. `k // tau` drops what is behind the point; use `k / tau`.",
        ),
        Wrong(
            lambda k, first, last, tau: first + min(k / tau, 1) * last,
            "The whole of `first` is kept while `last` comes on top. The two shares add up to 1: (1 − k/tau) · first.",
        ),
        Wrong(
            lambda k, first, last, tau: first - min(k / tau, 1) * last,
            "`last` is taken away from `first`. It should be mixed in: (1 − k/tau) · first + (k/tau) · last.",
        ),
        Wrong(lambda k, first, last, tau: min(k / tau, 1), "That is the share of the way. Mix the two rates by it."),
    ],
    hints=[
        "What share of the way is done at step k? At most all of it.",
        "The share is k/tau, and 1 from step tau on: `min(k / tau, 1)`. At share 0 you want `first`, at 1 `last`.",
        "`share = min(k / tau, 1)`, and then `(1 - share) * first + ...`",
    ],
    because="A mixture of two numbers, whose shares add up to 1, moves in a line from one to the other. The `min` "
    "holds it at the end. Nothing is random in it: simulated annealing, a search by chance, shares only the word.",
)

EXERCISES = (GRADIENT_DESCENT, MINI_BATCHES, LINEAR_ANNEALING)
