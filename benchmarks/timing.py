"""Fair timing: the contenders take turns in one process, so that a slow minute of the machine hits all alike.

    taken = take_turns([Contender("ours", train), Contender("theirs", other)], budget_s=60)
    taken["ours"].summary().median_s

Each is warmed up first; only then its runs count.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

SHORT = 0.1  # seconds: what takes no longer runs in every round
RAREST = 10  # what takes longer runs in every second, third, ... at least in every tenth round
ROUNDS = 3  # at least so many times RAREST rounds, however small the budget: the slowest run at least so often


class Summary(NamedTuple):
    """What a table shows of many runs."""

    median_s: float
    min_s: float
    max_s: float
    runs: int


@dataclass(frozen=True)
class Contender:
    """`train(prepare())` is timed, without the preparation; it returns once its result is in hand, as a number."""

    name: str
    train: Callable[[Any], float]
    prepare: Callable[[], Any] = lambda: None


@dataclass
class Taken:
    """The seconds that the runs of one contender took, and what they returned; the first call is kept apart."""

    first_s: float  # compiling included
    trial_s: float  # once more, to see how often it can run
    seconds: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    processor_s: list[float] = field(default_factory=list)  # of all threads: more than the time, if they share the work

    def summary(self) -> Summary:
        return summary(self.seconds)


def summary(seconds: Sequence[float]) -> Summary:
    """Median, least and most of some times, and how many there are.  Raises ValueError if there is none."""
    if not seconds:
        raise ValueError("expected at least one time, got none; run the contender before asking")
    return Summary(statistics.median(seconds), min(seconds), max(seconds), len(seconds))


def share_below(seconds: Sequence[float], share: float) -> float:
    """The time below which a share of them lies (0.95: the 95th percentile), as the pieces' own stats count it."""
    return sorted(seconds)[int(share * (len(seconds) - 1))]


def take_turns(contenders: Sequence[Contender], budget_s: float, clock: Callable = time.perf_counter) -> dict:
    """Run all in rounds until the budget is spent: {name: Taken}.

    In a round each runs at most once; the order rotates, and turns round every other time, so that nobody always
    follows the same one.  The slow ones sit out rounds at even distances: all cover the same stretch of time.
    """
    taken = {c.name: Taken(_run(c, clock).seconds, _run(c, clock).seconds) for c in contenders}
    every = _distances({name: t.trial_s for name, t in taken.items()})
    began = clock()
    for number in count():
        if number >= ROUNDS * max(every.values()) and clock() - began >= budget_s:
            return taken
        for contender in _order(contenders, number):
            if number % every[contender.name] == 0:
                one, of = _run(contender, clock), taken[contender.name]
                of.seconds.append(one.seconds)
                of.values.append(one.value)
                of.processor_s.append(one.processor_s)


class _One(NamedTuple):
    """One run."""

    seconds: float
    processor_s: float
    value: float


def _run(contender: Contender, clock: Callable) -> _One:
    state = contender.prepare()
    worked, began = time.process_time(), clock()
    value = contender.train(state)
    return _One(clock() - began, time.process_time() - worked, value)


def _distances(trials: dict[str, float]) -> dict[str, int]:
    """In every which round each takes part: 1 for the fast ones."""
    short = max(SHORT, min(trials.values()))
    return {name: min(RAREST, max(1, round(seconds / short))) for name, seconds in trials.items()}


def _order(contenders: Sequence[Contender], number: int) -> list[Contender]:
    shift = number % len(contenders)
    turned = [*contenders[shift:], *contenders[:shift]]
    return turned[::-1] if number % 2 else turned
