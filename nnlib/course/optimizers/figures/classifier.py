"""The same optimizers on a classifier of real data: handwritten digits, in mini-batches."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

import jax
import numpy as np

from nnlib.course.common.optimizers import FIRST_ORDER, KINDS, chosen
from nnlib.data import digits, train_test_split
from nnlib.layers import mlp
from nnlib.live import Bars, Curves, log_slider, row, slider
from nnlib.live.rows import Row
from nnlib.losses import softmax_cross_entropy
from nnlib.metrics import predicted_labels
from nnlib.train import fit

__all__ = ["digit_rows", "digit_views", "train_digits"]

STEPS, BATCH, FRAMES, TESTED = 200, 64, 41, 453  # 1,344 are left: 21 full batches


@cache
def _digits() -> tuple:
    """A 64-32-10 network as it starts; training images (N, 64), from 0 to 1, and their digits; as many for the test."""
    table = digits()
    train, test = train_test_split(jax.random.key(0), table.X.reshape(-1, 64), table.y, test=TESTED / len(table.y))
    return mlp(jax.random.key(1), 64, 32, 10), train, test


@lru_cache(maxsize=64)  # a slider moves one optimizer: the others' runs are there
def train_digits(name: str, numbers: tuple) -> tuple[np.ndarray, np.ndarray, int]:
    """200 steps with batches of 64: some of the steps, (41,), the test loss after them, (41,), and how many are wrong.

    numbers: the optimizer's, as pairs (name, value).  All runs have the same start and the same batches.
    """
    model, train, (X, y) = _digits()
    run = fit(
        model, train, softmax_cross_entropy, chosen(FIRST_ORDER.index(name), dict(numbers)), STEPS,
        frames=FRAMES, batch=BATCH, key=jax.random.key(2), valid=(X, y),
    )  # fmt: skip
    wrong = int((predicted_labels(run.model(X)) != y).sum())
    return np.asarray(run.frame_steps), np.asarray(run.valid_losses), wrong


STARTS = {"sgd": 0.5, "momentum": 0.1, "nesterov": 0.1, "adagrad": 0.05, "rmsprop": 0.003, "adam": 0.01}
SHARES = {"momentum": {"a": 0.9}, "nesterov": {"a": 0.9}, "rmsprop": {"b": 0.9}, "adam": {"a": 0.9, "b": 0.999}}


def digit_rows(*on: str) -> dict[str, Row]:
    """A line of controls for every optimizer but Newton's, whose Hessian would have 5.8 million numbers here."""
    return {
        name: row(
            name in on, label=KINDS[name].label, color=KINDS[name].color,
            rate=log_slider(1e-4, 10.0, rate, per_decade=10, label="η"),
            **{key: slider(0.0, 0.999 if key == "b" else 0.99, value) for key, value in SHARES.get(name, {}).items()},
        )
        for name, rate in STARTS.items()
    }  # fmt: skip


def digit_views(runners: Mapping[str, Mapping | None]) -> tuple[Curves, Bars]:
    """The test loss of every optimizer that is switched on, and how many test images are wrong after the last step."""
    runs = {name: train_digits(name, tuple(numbers.items())) for name, numbers in runners.items() if numbers}
    shown = {KINDS[name].label.replace(" ", "_"): run for name, run in runs.items()}
    # a loss that is no number ends the line
    series = {label: (steps, np.where(losses < 1e3, losses, np.nan)) for label, (steps, losses, _) in shown.items()}
    return Curves(
        **(series or {"_nobody": [1.0]}),
        thin=("_nobody",),
        colors={KINDS[name].label.replace(" ", "_"): KINDS[name].color for name in runs},
        title="test loss", log=True, xlabel="steps", xlim=(0, STEPS), ylim=(0.05, 10),
    ), Bars(
        [label.replace("_", " ") for label in shown], [wrong for *_, wrong in shown.values()],
        range=(0, 100), digits=0, title=f"wrong, of {TESTED} test images", colors=[KINDS[name].color for name in runs],
    )  # fmt: skip
