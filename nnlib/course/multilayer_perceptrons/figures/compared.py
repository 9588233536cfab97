"""One hidden layer of 32 against two of 32 and 16."""

from __future__ import annotations

import jax
import numpy as np

from nnlib.live import Curves, Note, Plane
from nnlib.module import Module

from .sets import FRAME, right, seen

__all__ = ["compared_views"]

EVERY = 10  # epochs between two moments of a film


def compared_views(one: Module, two: Module, train: tuple, test: tuple) -> tuple:
    """Both boundaries side by side, and both accuracies by epoch, of two films of networks."""
    names = {"one hidden layer": one, "two hidden layers": two}
    planes = (Plane(seen(_last(film)), train, bounds=FRAME, title=name) for name, film in names.items())
    tested, trained = ([right(film, *data) for film in names.values()] for data in (test, train))
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


def _last(film: Module) -> Module:
    return jax.tree.map(lambda leaf: np.asarray(leaf)[-1], film)


def _said(tested: list, trained: list) -> Note:
    shares = ((100 * test[-1], 100 * train[-1]) for test, train in zip(tested, trained, strict=True))
    said = (f"{test:.0f} % of the test points, {train:.0f} % of the training points" for test, train in shares)
    return Note("Right with one layer: {}. With two: {}.".format(*said))
