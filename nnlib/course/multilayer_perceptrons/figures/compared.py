"""One hidden layer of 32 against two of 32 and 16."""

from __future__ import annotations

import jax
import numpy as np

from nnlib.live import Curves, Note, Plane
from nnlib.module import Module
from nnlib.probe import boundary

from .sets import FRAME, GRID, right

__all__ = ["compared_views"]

EVERY = 10  # epochs between two moments of a film


def compared_views(one: Module, two: Module, train: tuple, test: tuple) -> tuple:
    """Both boundaries side by side, and both accuracies by epoch, of two films of networks."""
    names = {"one hidden layer": one, "two hidden layers": two}
    fields, trained, tested = zip(*(_said_of(film, train, test) for film in names.values()), strict=True)
    planes = (Plane(field, train, bounds=FRAME, title=name) for field, name in zip(fields, names, strict=True))
    curves = _curves(tested, "test accuracy", ""), _curves(trained, "training accuracy", "_")
    return *planes, curves, _said(tested, trained)


def _curves(shares: list, title: str, quiet: str) -> Curves:
    """Both by epoch; the names, which begin with `quiet`, need not be written twice."""
    epochs = EVERY * np.arange(len(shares[0]))
    names = [f"{quiet}one_layer", f"{quiet}two_layers"]
    series = {name: (epochs, share) for name, share in zip(names, shares, strict=True)}
    return Curves(
        **series, colors=dict(zip(names, ("blue", "orange"), strict=True)), xlabel="epochs",
        xlim=(0, int(epochs[-1])), ylim=(0.4, 1.1), title=title,
    )  # fmt: skip


@jax.jit
def _said_of(film: Module, train: tuple, test: tuple) -> tuple:
    """What the last network says of the plane, and the shares of both sets that are right at each moment."""
    last = jax.tree.map(lambda leaf: leaf[-1], film)
    return boundary(last, FRAME, GRID), right(film, *train), right(film, *test)


def _said(tested: list, trained: list) -> Note:
    shares = ((100 * test[-1], 100 * train[-1]) for test, train in zip(tested, trained, strict=True))
    said = (f"{test:.0f} % of the test points, {train:.0f} % of the training points" for test, train in shares)
    return Note("Right with one layer: {}. With two: {}.".format(*said))
