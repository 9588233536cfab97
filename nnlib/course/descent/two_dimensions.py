"""Gradient descent in a ravine, whose steep and shallow directions want different learning rates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnlib.live import Curves, Note, Path, Plane, film
from nnlib.live.inputs import Handle
from nnlib.live.numbers import plain

__all__ = ["best_rate", "factor", "ravine_views", "steps_needed"]

FRAME = (-2.0, 2.0, -2.0, 2.0)
LEAST, MOST, FAR = 1e-8, 1e4, 1e6
KAPPAS = np.geomspace(1.0, 100.0, 41)
GOAL = 1e-6


def best_rate(k1: float, k2: float) -> float:
    """2 / (k1 + k2): the slow and the fast direction then shrink equally, to and fro in the fast one."""
    return 2 / (k1 + k2)


def factor(rate: float, *curvatures: float) -> float:
    """max |1 - rate k|: what the largest error is multiplied by at each step."""
    return max(abs(1 - rate * k) for k in curvatures)


def steps_needed(kappa: float, goal: float = GOAL) -> float:
    """Steps at the best rate until every error is `goal` of what it was: log goal / log((kappa - 1) / (kappa + 1))."""
    if kappa <= 1:
        return 1.0
    return float(max(1.0, np.log(goal) / np.log((kappa - 1) / (kappa + 1))))


def ravine_views(kappa: float, rate: float, start: Handle, w: Sequence[np.ndarray]) -> tuple:
    """f = (w1^2 + kappa w2^2) / 2 with the path w (T, 2); both errors step by step; steps against kappa; a note."""
    w = np.clip(np.asarray(w, float), -FAR, FAR)  # (T, 2)
    path = Path(film(w), color="orange", mark="circle")
    view = {"bounds": FRAME, "xlabel": "w₁", "ylabel": "w₂", "range": (0, 1), "contours": LEVELS}
    plane = Plane(_heights(kappa), paths=[path], handles=[start], **view)
    return plane, [_errors(w), _needed(kappa)], Note(_said(kappa, rate), tone="bad" if rate * kappa > 2 else "plain")


LEVELS = tuple(np.linspace(0, 1, 10)[1:-1])
GRID = np.stack(np.meshgrid(np.linspace(-2, 2, 100), np.linspace(-2, 2, 100)))  # (2, 100, 100)


def _heights(kappa: float) -> np.ndarray:
    """The square root of f everywhere, from 0 to 1: a bowl whose contours are evenly spaced."""
    root = np.sqrt(GRID[0] ** 2 + kappa * GRID[1] ** 2)
    return root / root.max()


def _errors(w: np.ndarray) -> Curves:
    along, across = np.clip(np.abs(w.T), LEAST, MOST)
    return Curves(along=along, across=across, colors={"along": "blue", "across": "orange"}, title="distance from 0",
                  cursor=True, log=True, xlabel="steps", ylim=(LEAST, MOST))  # fmt: skip


def _needed(kappa: float) -> Curves:
    """Steps at the best rate against kappa, and this one."""
    return Curves(_all=(KAPPAS, [steps_needed(k) for k in KAPPAS]), _here=([kappa], [steps_needed(kappa)]),
                  colors={"_all": "grey", "_here": "orange"}, log=True, logx=True, xlim=(1, 100), ylim=(1, 1000),
                  title="steps to a millionth, at the best rate", xlabel="κ")  # fmt: skip


def _said(kappa: float, rate: float) -> str:
    """The factor as it is, and at the best rate."""
    best = best_rate(1, kappa)
    return (
        f"Error times {plain(factor(rate, 1, kappa), 3)} each step. Best: η = 2/(1 + κ) = {plain(best, 2)}, "
        f"times {plain(factor(best, 1, kappa), 3)}. Not above 2/κ = {plain(2 / kappa, 2)}."
    )
