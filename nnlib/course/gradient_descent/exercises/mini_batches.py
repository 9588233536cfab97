"""Chapter 07's exercise on mini-batches: many orders are right, so an answer is turned into what holds of it.

It is asked for two epochs, so that it shows whether the second one has an order of its own; and once more for both
with a generator in the same state, so that it shows whether the orders come from it.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from nnlib.course.common.answers import NotYet, as_list
from nnlib.course.common.exercise import Exercise, Wrong

__all__ = ["MINI_BATCHES"]


def mini_batches(X, y, size, rng):
    order = rng.permutation(len(X))
    starts = range(0, len(X), size)
    return [(X[order[i : i + size]], y[order[i : i + size]]) for i in starts]


class Epochs(NamedTuple):
    """What two calls with one generator gave, and two with its twin: the batches of each epoch."""

    first: Any
    second: Any
    first_again: Any
    second_again: Any


def two_epochs(function, X, y, size, rng):
    """Calls it twice with the generator and twice with a twin, if the first answer has batches at all."""
    generators = [rng, rng, *[copy.deepcopy(rng)] * 2]
    first = as_list(function(X, y, size, generators[0]))
    return Epochs(first, *(as_list(function(X, y, size, g)) for g in generators[1:])) if _pairs(first) else first


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
    if not isinstance(answer, Epochs) or not all(map(_pairs, answer)):
        raise NotYet(
            "It should give a list of pairs, `[(X_batch, y_batch), …]`: X_batch has as many rows as y_batch has "
            "numbers."
        )
    batches = answer.first
    if np.ndim(batches[0][0]) == 1:
        return "pairs of y and X"
    rows, second, *again = map(_rows, answer)
    size = len(batches[0][0])
    if len(batches) > 1 and all(np.array_equal(rows[:size], rows[i : i + size]) for i in range(0, len(rows), size)):
        return "batches that are all alike"
    if len(np.unique(rows)) < len(rows):
        return REPEATED
    sizes = ", ".join(str(len(y)) for _, y in batches)
    order = "shuffled" if all(map(np.array_equal, (rows, second), again)) else "shuffled without rng"
    order = "as last time" if np.array_equal(rows, second) else order
    order = "in the old order" if (np.diff(rows) > 0).all() else order
    targets = np.concatenate([np.asarray(y, float) for _, y in batches])
    pairs = "apart from y, which is in the old order" if (np.diff(targets) > 0).all() else "apart from y"
    return f"batches of {sizes}: {order}, X {'with y' if np.array_equal(targets, rows / 2) else pairs}"


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


COUNT = itertools.count()  # of orders that come from elsewhere


def _same_again(X, y, size, rng):
    i = rng.permutation(len(X))[:size]
    return [(X[i], y[i]) for _ in range(0, len(X), size)]


REPEATED = "some examples twice, and others never"
TWICE = "Some examples come twice and others never: that is drawn with replacement. A permutation has each once."
ANEW = (
    "A new order for every batch: so some examples come twice and others never. One order an epoch: draw it before the "
    "loop, `order = rng.permutation(len(X))`, and take order[i : i + size] of it, for X and for y."
)


@dataclass(eq=False)
class Cut(Exercise):
    """Batches, by chance: an example may come twice in one case and not in another, and that is one mistake."""

    def _check(self, function: Callable) -> list:
        try:
            return super()._check(function)
        except NotYet as reason:
            if reason.state == "not yet" and str(reason) not in {wrong.says for wrong in self.wrong} - {TWICE}:
                self._check_parameters(function)
                self._check_twice(function)
            raise

    def _check_twice(self, function: Callable) -> None:
        if REPEATED in [self._answer(function, case) for case in self.cases]:
            epochs = [epoch for case in self.cases for epoch in self.ask(function, *copy.deepcopy(case))]
            inside = any(len(set(_rows([pair]))) < len(pair[1]) for epoch in epochs for pair in epoch)
            raise NotYet(TWICE if inside else ANEW)


MINI_BATCHES = Cut(
    solution=mini_batches,
    cases=[_examples(7, 3, 0), _examples(12, 4, 1), _examples(9, 1, 2), _examples(10, 6, 3)],
    ask=two_epochs,
    read=batches_said,
    in_place="It changes the {name} that it was given: whoever called it finds it in another order, or with other "
    "numbers. Leave X and y as they are and draw an order, `order = rng.permutation(len(X))`; X[order] is a new array, "
    "and y[order] is in step with it.",
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
            _cut(lambda N, rng: (rng.permutation(N), np.arange(N))),
            "X alone is shuffled, and y lies as before, so that each example has somebody else's target. "
            "`rng.permutation(len(X))` is an order, for both: X[order] and y[order].",
        ),
        Wrong(
            lambda X, y, size, rng: [(t, x) for x, t in mini_batches(X, y, size, rng)],
            "The pairs are the wrong way round: first X_batch, then y_batch.",
        ),
        Wrong(
            _cut(lambda N, rng: rng.integers(0, N, N)),
            TWICE,
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
        Wrong(
            _cut(lambda N, rng: np.random.default_rng(next(COUNT)).permutation(N)),
            "The orders do not come from the `rng` that you are given: with an equal one, in the same state, they are "
            "others. Draw from it, `rng.permutation(len(X))` and not `np.random.permutation(…)`: whoever gives the "
            "same seed has the same run again.",
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
