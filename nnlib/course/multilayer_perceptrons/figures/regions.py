"""Networks of ReLUs are piecewise linear: the pieces of one on the plane, and on a line across it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from nnlib.activations import relu
from nnlib.layers import Dense, sequential
from nnlib.live import Note, Path, Plane
from nnlib.live.controls import Handle
from nnlib.module import Module
from nnlib.probe import cells, exact_answers, kinks, switched_on

__all__ = ["FRAME", "arrangement", "random_relus", "region_views"]

FRAME = (-2.0, 2.0, -2.0, 2.0)
PIXELS = 200
TINTS = (0.26, 0.16, 0.08, 0.04)  # how far each layer's switches move the colour


def random_relus(seed: int, *widths: int) -> Module:
    """ReLU layers, one after another, at random: weights of variance 2 / inputs (He and others, 2015), biases of 1/4.

    `random_relus(0, 2, 6, 6, 1)`: two inputs, two hidden layers, one output.  In NumPy: nothing is compiled.
    """
    rng = np.random.default_rng(seed)
    layers: list[Any] = []
    for n_in, n_out in pairwise(widths):
        W, b = rng.normal(size=(n_in, n_out)) * np.sqrt(2 / n_in), rng.normal(size=n_out) / 2
        layers += [Dense(W, b), relu]
    return sequential(*layers[:-1])


def arrangement(n: int) -> int:
    """Into how many parts n lines in general position cut the plane: 1 + n + n (n - 1) / 2."""
    return 1 + n + n * (n - 1) // 2


def region_views(net: Module, a: Handle, b: Handle) -> tuple[Plane, Plane, Note]:
    """The linear regions of a network on FRAME, and its answer on the way from a to b, with the kinks marked."""
    count = len(cells(net, FRAME))
    plane = Plane(
        _tints(net), bounds=FRAME, cells=True, contours=(), paths=[Path(np.array([[a.x, a.y], [b.x, b.y]]))],
        handles=[a, b], title=f"{count} linear regions",
    )  # fmt: skip
    section, places = _section(net, a, b)
    widths = [len(layer.b) for layer in net.layers[:-1] if isinstance(layer, Dense)]
    return plane, section, Note(_said(widths, count, places))


def _tints(net: Module) -> np.ndarray:
    """A colour for each pixel, so that neighbouring regions have two: (PIXELS, PIXELS).

    Two regions that share an edge differ in the one unit that switches there.  So in its layer the number of units that
    are on is even on one side and odd on the other.
    """
    left, right, bottom, top = FRAME
    side = (np.arange(PIXELS, dtype=np.float32) + 0.5) / PIXELS
    X, Y = np.meshgrid(left + (right - left) * side, bottom + (top - bottom) * side)
    tint = 0.5
    for on, step in zip(switched_on(net, np.stack([X.ravel(), Y.ravel()]).T), TINTS, strict=False):
        tint = tint + np.where(np.logical_xor.reduce(on, axis=1), step, -step)
    return tint.reshape(PIXELS, PIXELS)


def _section(net: Module, a: Handle, b: Handle) -> tuple[Plane, int]:
    """The output on the way from a to b: exactly, by its values at both ends and at the kinks; and how many kinks."""
    start, end = np.array([a.x, a.y], float), np.array([b.x, b.y], float)
    t = np.concatenate([[0.0], kinks(net, start, end), [1.0]])
    y = exact_answers(net, start + t[:, None] * (end - start))[:, 0]
    slopes = np.diff(y) / np.diff(t)
    bent = np.abs(np.diff(slopes)) > 1e-6 * max(np.abs(slopes).max(), 1e-6)  # not where a unit switches for nothing
    t, y = (values[np.concatenate([[True], bent, [True]])] for values in (t, y))
    room = max(0.15 * np.ptp(y), 0.1)
    way = np.stack([t, y], axis=1)
    return Plane(
        paths=[Path(way)], points=(way[1:-1], np.ones(len(t) - 2, int)), title="from a to b, with the kinks", axes="xy",
        bounds=(0, 1, y.min() - room, y.max() + room), aspect=1.2, xlabel="share of the way", ylabel="output",
    ), len(t) - 2  # fmt: skip


def _said(widths: list[int], count: int, places: int) -> str:
    units = sum(widths)
    whole = f", {arrangement(units)} in the whole plane" if len(widths) == 1 else ""
    kinked = f"{places} kink{'s' * (places != 1)}, {places + 1} piece{'s' * (places > 0)}"
    return f"{units} unit{'s' * (units > 1)}: {count} regions here{whole}. From a to b: {kinked}."
