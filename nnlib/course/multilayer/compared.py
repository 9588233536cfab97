"""One hidden layer of 32 against two of 32 and 16."""

from __future__ import annotations

from typing import NamedTuple

import jax
import numpy as np

from nnlib.live import Curves, Note, Plane
from nnlib.module import Array, Module

from .sets import FRAME, right, seen

__all__ = ["Outcome", "compared_views", "outcome"]


class Outcome(NamedTuple):
    """What a training came to: the plane as the network sees it, and the shares of right answers by epoch."""

    said: Array  # (GRID, GRID)
    train: Array  # (frames,)
    test: Array
    epochs: Array


def outcome(run: Module, train: tuple, test: tuple) -> Outcome:
    """Of a run with a film; a part of the program that trains."""
    course = jax.lax.map(lambda model: (right(model, *train), right(model, *test)), run.film)
    return Outcome(seen(run.model), *course, run.frame_steps)


def compared_views(one: Outcome, two: Outcome, train: tuple) -> tuple:
    """Both boundaries side by side, and both accuracies by epoch."""
    names = {"one hidden layer": one, "two hidden layers": two}
    planes = (Plane(np.asarray(each.said), train, bounds=FRAME, title=name) for name, each in names.items())
    epochs = np.asarray(one.epochs)
    curves = Curves(
        one_layer=(epochs, one.test), two_layers=(epochs, two.test), _one=(epochs, one.train), _two=(epochs, two.train),
        colors={"one_layer": "blue", "two_layers": "orange"}, thin=("_one", "_two"), xlabel="epochs",
        xlim=(0, int(epochs[-1])), ylim=(0.4, 1.1), title="test accuracy (grey: training)",
    )  # fmt: skip
    return *planes, curves, Note(_said(one, two))


def _said(one: Outcome, two: Outcome) -> str:
    shares = ((float(each.test[-1]), float(each.train[-1])) for each in (one, two))
    said = (f"{test:.0%} of the test points, {train:.0%} of the training points" for test, train in shares)
    return "Right with one layer: {}. With two: {}.".format(*said).replace("%", " %")
