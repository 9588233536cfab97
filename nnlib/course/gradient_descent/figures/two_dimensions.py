"""Gradient descent in a ravine, whose steep and shallow directions want different learning rates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnlib.course.common.surfaces import NOTHING, levels
from nnlib.live import Curves, Note, Path, Plane, film
from nnlib.live.controls import Handle
from nnlib.live.numbers import plain

__all__ = ["best_rate", "factor", "ravine_views", "steps_needed"]

FRAME = (-2.0, 2.0, -2.0, 2.0)
LEAST, MOST = 1e-8, 1e5  # where what is drawn of the distances ends: outside their frame
FAR = 10.0  # and the path: five times outside its own
KAPPAS = 1 + np.geomspace(1e-6, 99.0, 161)  # close together near 1, where the curve is upright
GOAL = 1e-6


def best_rate(k1: float, k2: float) -> float:
    """2 / (k1 + k2): the slow and the fast direction then shrink equally, to and fro in the fast one."""
    return 2 / (k1 + k2)


def factor(rate: float, *curvatures: float) -> float:
    """max |1 - rate k|: what the largest distance is multiplied by at each step."""
    return max(abs(1 - rate * k) for k in curvatures)


def steps_needed(kappa: float, goal: float = GOAL) -> float:
    """Steps until every distance is `goal` of what it was, at the best rate: log goal / log((κ - 1) / (κ + 1))."""
    if kappa <= 1:
        return 1.0
    return float(max(1.0, np.log(goal) / np.log((kappa - 1) / (kappa + 1))))


def ravine_views(kappa: float, rate: float, start: Handle, w: Sequence[np.ndarray]) -> tuple:
    """f = (w1^2 + kappa w2^2) / 2 with the path w (T, 2); both distances step by step; steps against kappa; a note."""
    w = np.asarray(w, float)  # (T, 2)
    path = Path(film(inside(w)), color="orange", mark="circle")
    view = {"bounds": FRAME, "xlabel": "w₁", "ylabel": "w₂", "range": (0, 1), "contours": levels()}
    plane = Plane(_heights(kappa), paths=[path], handles=[start], **view)
    tone = "bad" if rate * kappa > 2 else "plain"
    return plane, [_distances(w), _needed(kappa)], Note(_said(kappa, rate, w), tone=tone)


def inside(w: np.ndarray) -> np.ndarray:
    """A path (T, 2) up to the first step that leads FAR outside; NaN beyond."""
    left = np.abs(w).max(axis=1) >= FAR
    before = np.cumsum(left) - left  # how often it was outside before
    return np.where(before[:, None] == 0, w, np.nan)


GRID = np.stack(np.meshgrid(np.linspace(-2, 2, 100), np.linspace(-2, 2, 100)))  # (2, 100, 100)


def _heights(kappa: float) -> np.ndarray:
    """The square root of f everywhere, from 0 to 1: a bowl whose contours are evenly spaced."""
    root = np.sqrt(GRID[0] ** 2 + kappa * GRID[1] ** 2)
    return root / root.max()


def _distances(w: np.ndarray) -> Curves:
    along, across = np.clip(np.abs(w.T), NOTHING, MOST)
    return Curves(along=along, across=across, colors={"along": "blue", "across": "orange"}, title="distance from 0",
                  cursor=True, log=True, xlabel="steps", ylim=(LEAST, MOST / 10))  # fmt: skip


def _needed(kappa: float) -> Curves:
    """Steps at the best rate against kappa, and this one."""
    return Curves(steps=(KAPPAS, [steps_needed(k) for k in KAPPAS]), _here=([kappa], [steps_needed(kappa)]),
                  colors={"steps": "grey", "_here": "orange"}, log=True, logx=True, xlim=(0.9, 100), ylim=(0.7, 1000),
                  title="steps to a millionth, at the best rate", xlabel="κ")  # fmt: skip


def _said(kappa: float, rate: float, w: np.ndarray) -> str:
    """The factor as it is and at the best rate; of what diverges, when it has left."""
    each = f"Each step multiplies the distance by {plain(factor(rate, 1, kappa))}"
    limit = plain(2 / kappa)
    gone = int(np.argmax(np.abs(w).max(axis=1) > 1000))
    if rate * kappa > 2:
        far = f"beyond 1000 after {gone} step{'s' * (gone > 1)}" if gone else "it diverges across"
        return f"{each}: {far}. Take η below 2/κ = {limit}."
    best = best_rate(1, kappa)
    least = plain(factor(best, 1, kappa))
    return f"{each}; at best {least}, with η = 2/(1 + κ) = {plain(best)}. Limit: 2/κ = {limit}."
