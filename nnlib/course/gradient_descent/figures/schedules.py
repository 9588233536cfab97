"""Learning rates that change: raced, one example a step, on the petals."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from nnlib.course.common.surfaces import NOTHING
from nnlib.live import Curves, Note, log_slider, row, slider
from nnlib.live.numbers import plain

from .regression import error, least_squares, petals

__all__ = ["COLORS", "noisy_race", "rows", "schedule_views"]

STEPS, RUNS = 1000, 20  # of 150 examples: nearly seven epochs
COLORS = {"constant": "grey", "exponential": "blue", "linear": "orange", "step": "purple", "cosine": "teal",
          "warm_up": "rose"}  # fmt: skip


def rows(*on: str) -> dict:
    """A line of controls for each schedule; those named in `on` are switched on."""
    numbers = {
        "exponential": {"factor": slider(0.1, 1.0, 0.5, step=0.05, label="γ¹⁰⁰")},
        "linear": {
            "last": log_slider(1e-4, 0.6, 0.001, label="last"),
            "tau": slider(100, STEPS, 800, step=50, label="τ"),
        },
        "step": {"factor": slider(0.1, 1.0, 0.3, step=0.05), "every": slider(50, 500, 250, step=10)},
        "cosine": {"tau": slider(100, STEPS, STEPS, step=50, label="τ")},
        "warm_up": {"m": slider(10, 500, 200, step=10, label="steps")},
    }
    return {
        name: row(name in on, label=name.replace("_", "-"), color=COLORS[name], **parts)
        for name, parts in numbers.items()
    }


@cache
def _orders() -> np.ndarray:
    """Which example comes at each step of each run: (STEPS, RUNS), every epoch a new order."""
    rng = np.random.default_rng(7)
    epochs = -(-STEPS // 150)
    each = [np.concatenate([rng.permutation(150) for _ in range(epochs)])[:STEPS] for _ in range(RUNS)]
    return np.array(each).T


def noisy_race(rates: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """For each schedule's rates (STEPS,), the error above the smallest, (STEPS + 1,): the mean of 20 runs.

    Each run is the delta rule on the standardised petals, one example a step, from w = b = 0; all schedules
    meet the same examples in the same order.
    """
    X, d = petals()
    eta = np.array(list(rates.values()))  # (K, STEPS)
    w = np.zeros((len(eta), RUNS, 2))
    path = [w]
    for k, now in enumerate(_orders()):
        miss = (w * X[now]).sum(-1) - d[now]  # (K, RUNS)
        w = np.clip(w - (eta[:, k, None] * miss)[..., None] * X[now], -1e6, 1e6)
        path.append(w)
    above = error(X, d, np.array(path)) - error(X, d, least_squares(X, d))  # (STEPS + 1, K, RUNS)
    return dict(zip(rates, above.mean(-1).T, strict=True))


def schedule_views(rates: Mapping[str, np.ndarray]) -> tuple:
    """The rates, and the race; and where each schedule ended."""
    if not rates:
        nobody = {"thin": ["_nobody"]}
        return (
            Curves(_nobody=[0.0], **nobody, **RATES),
            Curves(_nobody=[1.0], **nobody, **RACE),
            Note("Switch a schedule on."),
        )
    rates = dict(sorted(rates.items(), key=lambda pair: pair[0] == "constant"))  # last, so that no warm-up hides it
    above = noisy_race(rates)
    names = {name: name.replace("warm_up", "warm-up") for name in rates}
    colors = {names[name]: COLORS[name] for name in rates}
    drawn = {names[n]: np.clip(rate, 1e-5, None) for n, rate in rates.items()}
    raced = {names[n]: np.clip(curve, NOTHING, 1e3) for n, curve in above.items()}
    lowest = min(above, key=lambda name: above[name][-1])
    said = f"Lowest at the end: {names[lowest]}, {plain(above[lowest][-1], 1)} above the smallest error."
    return Curves(**drawn, colors=colors, **RATES), Curves(**raced, colors=colors, **RACE), Note(said)


RATES = {"title": "learning rate", "xlabel": "steps", "xlim": (0, STEPS), "ylim": (0, 0.65)}
RACE = {"title": "error above the smallest, mean of 20 runs", "xlabel": "steps", "log": True, "xlim": (0, STEPS),
        "ylim": (1e-6, 10)}  # fmt: skip
