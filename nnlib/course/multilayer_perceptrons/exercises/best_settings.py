"""Chapter 09's last exercise: settings that beat a score, whichever they are; they are judged by training."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import jax
import numpy as np

from nnlib.course.common.answers import NotYet, kind
from nnlib.course.common.exercise import Exercise, Wrong
from nnlib.course.common.learner import in_time, unfinished
from nnlib.course.multilayer_perceptrons.figures.sets import draw
from nnlib.layers import mlp
from nnlib.losses import binary_cross_entropy
from nnlib.metrics import accuracy, predicted_labels
from nnlib.optim import adam
from nnlib.train import fit

from .count_parameters import count_parameters

__all__ = ["BEST_SETTINGS", "BUDGET", "best_settings"]


def best_settings():
    return (32,), 0.3


GOAL, BUDGET, LAYERS, SEEDS, TRIES = 0.95, 150, 3, 6, (0.1, 1.0, 10.0)


class Score(NamedTuple):
    """What settings came to: the mean accuracy at a tenth of the rate, at the rate, and at ten times the rate."""

    hidden: tuple
    rate: float
    shares: tuple[float, float, float]


class Beats(str):
    """The verdict, which is all that is compared, and the score by which one answer is better than another."""

    share = 0.0
    parameters = 0


def tried(function: Callable) -> Any:
    """Trains with the settings that the function gives: a Score, or a sentence if they are no settings.

    Nothing is trained that could not count, and nothing twice: a score is kept.
    """
    answer = in_time(function)
    if answer is None or unfinished(function, answer):
        return answer
    if not (isinstance(answer, (tuple, list)) and len(answer) == 2):
        forgotten = "The rate is forgotten: g" if isinstance(answer, tuple) and len(answer) == 1 else "G"
        return f"{forgotten}ive two things, the hidden layers and the rate, `return (8,), 0.003`."
    hidden, rate = answer
    if all(isinstance(part, (int, np.integer)) and part > 1 for part in answer):
        return f"Is {rate} the rate, or the second layer? Two layers and a rate are `return ({hidden}, {rate}), 0.003`."
    if isinstance(rate, (tuple, list)):
        return "The wrong way round: the hidden layers come first, then the rate."
    hidden = (hidden,) if isinstance(hidden, (int, np.integer)) else hidden
    return _amiss(hidden, rate) or _score(tuple(map(int, hidden)), float(rate))


def _amiss(hidden: Any, rate: Any) -> str:
    """Why these are no settings that can be tried; empty if they can."""
    whole = isinstance(hidden, (tuple, list)) and all(isinstance(n, (int, np.integer)) and n > 0 for n in hidden)
    if not whole or not hidden:
        return "The hidden layers are a tuple of whole numbers from 1 up: (8,) is one layer of 8, (8, 8) are two."
    if not isinstance(rate, (int, float, np.number)) or not 0 < rate < np.inf:
        return "The learning rate is a number above 0, such as 0.003."
    if len(hidden) > LAYERS:
        return f"{len(hidden)} hidden layers: at most {LAYERS} are tried here, and fewer will do."
    if (count := count_parameters((2, *hidden, 1))) > BUDGET:
        return (
            f"Too large: this network has {count:,} parameters, and {BUDGET} are allowed. Try count_parameters on it."
        )
    return ""


@cache
def _score(hidden: tuple, rate: float) -> Score:
    """Six trainings for each of three rates, side by side in one program."""
    train, test = draw("spirals", 0.05)
    rates = np.float32([share * rate for share in TRIES])
    keys = jax.random.split(jax.random.key(3), SEEDS)
    shares = _program((2, *hidden, 1))(rates, keys, train, test)
    return Score(hidden, rate, tuple(float(share) for share in np.asarray(shares).mean(axis=1)))


@cache
def _program(sizes: tuple) -> Callable:
    def one(rate, key, train, test):
        model = fit(mlp(key, *sizes), train, binary_cross_entropy, adam(rate), 300).model
        return accuracy(predicted_labels(model(test[0])), test[1])

    over_keys = jax.vmap(one, in_axes=(None, 0, None, None))
    return jax.jit(jax.vmap(over_keys, in_axes=(0, None, None, None)))


def judged(answer: Any) -> Beats:
    """That the score is beaten.  Raises NotYet with the reason if it is not."""
    if not isinstance(answer, Score):
        raise NotYet(answer if isinstance(answer, str) else f"It gives {kind(answer)}, no settings.")
    slower, share, faster = answer.shares
    if share > GOAL:
        beats = Beats("beats")
        beats.share, beats.parameters = share, count_parameters((2, *answer.hidden, 1))
        return beats
    about = f"{100 * share:.1f} %" if share > 0.9 else f"about {10 * round(10 * share)} %"
    advice = _advice(slower, share, faster, answer.hidden)
    raise NotYet(f"On average {about} are right, and it should be more than 95 %. {advice}")


def _advice(slower: float, share: float, faster: float, hidden: tuple) -> str:
    """Which way to go, from what ten times less and ten times more would have come to."""
    if faster > share + 0.02 and faster >= slower:
        return "The learning rate is too small: with ten times as much it would be better."
    if slower > share + 0.02:
        return "The learning rate is too large: with a tenth of it, it would be better."
    if count_parameters((2, *hidden, 1)) > 0.8 * BUDGET:
        return "Neither a tenth of the rate nor ten times as much does better: try factors of three, both ways."
    return "Neither a tenth of the rate nor ten times as much does better: so give it more hidden units."


def how_far(answers: list) -> str:
    """The score, and what else there is to win."""
    best = max(answers, key=lambda beats: beats.share)
    said = f" Yours has {100 * best.share:.0f} % right, with {best.parameters} parameters."
    return said if best.parameters <= 100 else f"{said} Does it go with at most 100, too?"


BEST_SETTINGS = Exercise(
    solution=best_settings,
    cases=[()],
    ask=tried,
    read=judged,
    more=how_far,
    guards=True,
    right="The score is beaten, on average over six seeds.",
    wrong=[
        Wrong(
            lambda: ((8,), 0.003),
            "On average about 60 % are right, and it should be more than 95 %. The learning rate is too small: with "
            "ten times as much it would be better.",
        ),
        Wrong(
            lambda: ((32,), 3.0),
            "On average about 80 % are right, and it should be more than 95 %. The learning rate is too large: with a "
            "tenth of it, it would be better.",
        ),
        Wrong(
            lambda: ((3,), 0.1),
            "On average about 70 % are right, and it should be more than 95 %. Neither a tenth of the rate nor ten "
            "times as much does better: so give it more hidden units.",
        ),
        Wrong(
            lambda: (0.1, (32,)),
            "The wrong way round: the hidden layers come first, then the rate.",
        ),
        Wrong(
            lambda: (32,),
            "The rate is forgotten: give two things, the hidden layers and the rate, `return (8,), 0.003`.",
        ),
        Wrong(
            lambda: ((32, 16), 0.03),
            "Too large: this network has 641 parameters, and 150 are allowed. Try count_parameters on it.",
        ),
    ],
    hints=[
        "Begin with the rate: go up in factors of three, and see whether the score grows.",
        "150 parameters are one layer of up to 37 units, or two of up to 9. One wide layer does well here.",
        "A layer of about 30, and a rate between 0.1 and 0.5.",
    ],
    because="0.003 is too small for 300 epochs; near 0.3 the network is done in time. A layer of 32 has 129 parameters "
    "and more bends than the spirals need, so that hardly a seed fails.",
)
