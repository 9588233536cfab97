"""Networks of ReLUs are piecewise linear: the pieces of one on the plane, and on a line across it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from nnlib.activations import relu
from nnlib.layers import Dense, chain
from nnlib.live import Note, Path, Plane
from nnlib.live.inputs import Handle
from nnlib.module import Module
from nnlib.probe import cells, kinks

__all__ = ["FRAME", "arrangement", "random_relus", "region_views"]

FRAME = (-2.0, 2.0, -2.0, 2.0)
PIXELS = 160
TINTS = (0.26, 0.16, 0.08, 0.04)  # how far each layer's switches move the colour


def random_relus(seed: int, *widths: int) -> Module:
    """A chain of ReLU layers drawn at random: weights of variance 2 / inputs (He and others, 2015), biases of 1/4.

    `random_relus(0, 2, 6, 6, 1)`: two inputs, two hidden layers, one output.  In NumPy: nothing is compiled.
    """
    rng = np.random.default_rng(seed)
    layers: list[Any] = []
    for n_in, n_out in pairwise(widths):
        W, b = rng.normal(size=(n_in, n_out)) * np.sqrt(2 / n_in), rng.normal(size=n_out) / 2
        layers += [Dense(W, b), relu]
    return chain(*layers[:-1])


def arrangement(n: int) -> int:
    """Into how many parts n lines in general position cut the plane: 1 + n + n (n - 1) / 2."""
    return 1 + n + n * (n - 1) // 2


def forward(net: Module, x: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """The answers (N, 1) for x (N, 2), and which units are on, layer by layer (N, units); in float64 NumPy."""
    h, on = x, []
    for layer in net.layers:
        if isinstance(layer, Dense):
            h = h @ layer.W + layer.b
        else:
            on.append(h > 0)
            h = np.maximum(h, 0)
    return h, on


def region_views(net: Module, a: Handle, b: Handle) -> tuple[Plane, Plane, Note]:
    """The linear regions of a network on FRAME, and its answer on the way from a to b, with the kinks marked.

    Two regions that share an edge differ in the one unit that switches there.  So whether the number of units that are
    on is even or odd, layer by layer, gives neighbours two different colours.
    """
    left, right, bottom, top = FRAME
    side = (np.arange(PIXELS) + 0.5) / PIXELS
    X, Y = np.meshgrid(left + (right - left) * side, bottom + (top - bottom) * side)
    _, on = forward(net, np.stack([X.ravel(), Y.ravel()], axis=1))
    odd = [2.0 * (o.sum(1) % 2) - 1 for o in on]
    tint = 0.5 + sum(step * sign for step, sign in zip(TINTS, odd, strict=False))
    way = Path(np.array([[a.x, a.y], [b.x, b.y]]))
    count = len(cells(net, FRAME))
    plane = Plane(tint.reshape(PIXELS, PIXELS), bounds=FRAME, cells=True, contours=(), paths=[way], handles=[a, b],
                  labels=[(each.x, each.y + 0.22, name) for each, name in ((a, "A"), (b, "B"))], title=f"{count} linear regions")  # fmt: skip
    curve, places = _section(net, a, b)
    return plane, curve, Note(_said([o.shape[1] for o in on], count, places))


def _section(net: Module, a: Handle, b: Handle) -> tuple[Plane, int]:
    """The output on the way from a to b: exactly, by its values at both ends and at the kinks; and how many kinks."""
    start, end = np.array([a.x, a.y], float), np.array([b.x, b.y], float)
    t = np.concatenate([[0.0], kinks(net, start, end), [1.0]])
    y = forward(net, start + t[:, None] * (end - start))[0][:, 0]
    room = max(0.15 * np.ptp(y), 0.1)
    way = np.stack([t, y], axis=1)
    return Plane(
        paths=[Path(way)], points=(way[1:-1], np.ones(len(t) - 2, int)), title="from A to B, with its kinks", axes="xy",
        bounds=(0, 1, y.min() - room, y.max() + room), aspect=1.2, xlabel="share of the way", ylabel="output",
    ), len(t) - 2  # fmt: skip


def _said(widths: list[int], count: int, places: int) -> str:
    units = sum(widths)
    said = f"{units} unit{'s' * (units > 1)}: {count} regions in the picture"
    if len(widths) == 1:
        said += f", of {arrangement(units)} in the whole plane"
    return f"{said}; {places} kink{'s' * (places != 1)} from A to B, {places + 1} straight piece{'s' * (places > 0)}."
