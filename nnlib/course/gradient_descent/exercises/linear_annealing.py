"""Chapter 07's exercise of a learning rate that falls in a line."""

from __future__ import annotations

from collections.abc import Callable

from nnlib.course.common.exercise import Exercise, Wrong

__all__ = ["LINEAR_ANNEALING"]


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
            lambda k, first, last, tau: max(last, first - (first - last) * k / tau),
            "Right where the rate falls. But it may also rise, in a warm-up, and there `max` gives `last` from step 0 "
            "on. Hold the share of the way, not the rate: min(k / tau, 1).",
        ),
        Wrong(
            lambda k, first, last, tau: min(first, max(last, first - (first - last) * k / tau)),
            "Right where the rate falls. But it may also rise, in a warm-up, and between `last` and `first` there is "
            "then nothing, so that it stays at `first`. Hold the share of the way, not the rate: min(k / tau, 1).",
        ),
        Wrong(
            lambda k, first, last, tau: first - abs(first - last) * min(k / tau, 1),
            "Right where the rate falls. But it may also rise, in a warm-up, and there yours falls, because the way "
            "has lost its sign. No `abs`: first − share · (first − last).",
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
