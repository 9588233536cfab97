"""Depth: a tent folded again and again, as a deep network and as a shallow one, both exact."""

from __future__ import annotations

import numpy as np

from nnlib.activations import relu
from nnlib.layers import Dense, sequential
from nnlib.live import Curves, Note
from nnlib.module import Module
from nnlib.probe import exact_answers, kinks

__all__ = ["MOST_FOLDS", "bends", "deep_tent", "depth_views", "guaranteed", "shallow_tent", "tent"]

MOST_FOLDS = 7


def tent(x: np.ndarray) -> np.ndarray:
    """Up from 0 to 1 and down again over (0, 1), by two ReLUs: 2 relu(x) - 4 relu(x - 1/2)."""
    return 2 * np.maximum(x, 0) - 4 * np.maximum(x - 0.5, 0)


def deep_tent(k: int, noise: float = 0.0, seed: int = 0) -> Module:
    """The tent, k times one after the other: k layers of two ReLUs each.

    noise: every weight and bias is multiplied by 1 + noise times a normal number, drawn from the seed.
    """
    rng = np.random.default_rng(seed)
    first, between = np.ones((1, 2)), np.array([[2.0, 2.0], [-4.0, -4.0]])  # a tent's answer, twice
    pairs = [(first if i == 0 else between, np.array([0.0, -0.5])) for i in range(k)]
    pairs.append((np.array([[2.0], [-4.0]]), np.zeros(1)))
    dense = [Dense(*(part * (1 + noise * rng.normal(size=part.shape)) for part in pair)) for pair in pairs]
    return sequential(*(part for layer in dense[:-1] for part in (layer, relu)), dense[-1])


def shallow_tent(k: int) -> Module:
    """The same function on (0, 1) with one hidden layer: a ReLU for each of its 2^k pieces."""
    n = 2**k
    v = 2.0 * n * (-1.0) ** np.arange(n)
    v[0] = n  # the first slope, n; from then on it changes by 2 n, down and up by turns
    return sequential(Dense(np.ones((1, n)), -np.arange(n) / n), relu, Dense(v[:, None], np.zeros(1)))


def guaranteed(d: int, n: int, layers: int) -> int:
    """(n / d)^(d (l - 1)) n^d: of that order are the regions of some net of l layers of n, with d inputs.

    n a multiple of d. Source: Montufar, Pascanu, Cho and Bengio, 2014.
    """
    return (n // d) ** (d * (layers - 1)) * n**d


def depth_views(k: int, noise: float, seed: int) -> tuple[Curves, Curves, Note]:
    """The folded tent, piece by piece; the units that a deep and a shallow network need for it; the count in words."""
    net = deep_tent(k, noise, seed)
    x, y = bends(net)
    low, high = min(0.0, y.min()), max(1.0, y.max())
    graph = Curves(
        output=(x, y), colors={"output": "orange"}, xlim=(0, 1), ylim=(low, high + 0.05 * (high - low)), xlabel="x",
        tall=True, title=pieces(len(x) - 1),
    )  # fmt: skip
    folds = np.arange(1, MOST_FOLDS + 1)
    units = Curves(
        deep=(folds, 2 * folds), one_layer=(folds, 2**folds), _a=([k], [2 * k]), _b=([k], [2**k]), log=True, tall=True,
        colors={"deep": "orange", "one_layer": "blue", "_a": "orange", "_b": "blue"}, title="units needed",
        xlabel="folds, k", xlim=(0, MOST_FOLDS + 1), ylim=(1, 2 ** (MOST_FOLDS + 1)),
    )  # fmt: skip
    return graph, units, Note(_said(k, noise, len(x) - 1))


def bends(net: Module) -> tuple[np.ndarray, np.ndarray]:
    """A network's answers y at x = 0, at 1, and wherever between them its slope changes.

    Where a unit switches whose answer nothing comes of, the slope stays as it is: that is no end of a piece.
    """
    x = np.concatenate([[0.0], kinks(net, [0.0], [1.0]), [1.0]])
    y = exact_answers(net, x[:, None])[:, 0]
    slopes = np.diff(y) / np.diff(x)
    bent = np.abs(np.diff(slopes)) > 1e-6 * max(np.abs(slopes).max(), 1e-6)
    keep = np.concatenate([[True], bent, [True]])
    return x[keep], y[keep]


def pieces(count: int) -> str:
    return f"{count} straight piece{'s' * (count != 1)}"


def _said(k: int, noise: float, count: int) -> str:
    deep = f"{2 * k} units in {k} layer{'s' * (k > 1)}"
    if noise == 0:
        return f"{pieces(count)}: {deep}, or {2**k} units in one."
    return f"{deep}, every weight {100 * noise:.0f} % off or so: {pieces(count)} instead of {2**k}."
