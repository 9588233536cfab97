"""A step size for every coordinate: AdaGrad in a ravine that can be turned, and how long a method remembers."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnlib.course.common.surfaces import NOTHING
from nnlib.live import Curves, Note, Path, Plane, film
from nnlib.live.numbers import plain
from nnlib.probe import grid

__all__ = ["half_life", "memory_views", "turned", "turned_views"]

FRAME, N = (-2.0, 2.0, -2.0, 2.0), 80
PLACES = np.asarray(grid(FRAME, N), float)


def turned(kappa: float, degrees: float) -> np.ndarray:
    """The Hessian (2, 2) of a ravine with curvatures 1 and kappa, turned: R diag(1, kappa) R^T."""
    angle = np.deg2rad(degrees)
    R = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return R @ np.diag([1.0, kappa]) @ R.T


def turned_views(H: np.ndarray, paths: dict[str, np.ndarray]) -> tuple:
    """The ravine w.Hw / 2 with the paths of gradient descent and AdaGrad, and the heights on the way."""
    above = np.einsum("ni,ij,nj->n", PLACES, H, PLACES) / 2
    unit = np.median(above) / 30
    shown = (np.log1p(above / unit) / np.log1p(above.max() / unit)).reshape(N, N)
    colors, marks = (
        {"Gradient_descent": "grey", "AdaGrad": "olive"},
        {"Gradient_descent": "circle", "AdaGrad": "triangle"},
    )
    lines = [
        Path(film(xy), name.replace("_", " "), colors[name], marks[name], thin=name == "Gradient_descent")
        for name, xy in paths.items()
    ]
    losses = {name: np.einsum("ti,ij,tj->t", xy, H, xy) / 2 for name, xy in paths.items()}
    levels = tuple(np.linspace(0, 1, 10)[1:-1])
    steps = max(len(xy) for xy in paths.values()) - 1
    moments = tuple(_heights_at(step, losses) for step in range(steps + 1))
    return Plane(shown, range=(0, 1), contours=levels, bounds=FRAME, paths=lines), Curves(
        **{name: np.clip(y, NOTHING, 1e10) for name, y in losses.items()},
        colors=colors, marks=marks, title="height", log=True, cursor=True, xlabel="steps",
        xlim=(0, steps), ylim=(1e-10, 1e4),
    ), Note(moments[-1], moments=moments)  # fmt: skip


def _heights_at(step: int, losses: dict[str, np.ndarray]) -> str:
    """How high each is after so many steps, in words."""
    said = (f"{name.replace('_', ' ')} at {plain(float(y[min(step, len(y) - 1)]), 2)}" for name, y in losses.items())
    return f"Height after {step} step{'s' * (step != 1)}: {', '.join(said)}."


def half_life(b: float) -> float:
    """After how many steps the weight of a gradient in M has fallen to a half: log(1/2) / log(b)."""
    return float(np.log(0.5) / np.log(b)) if 0 < b < 1 else 0.0


def memory_views(b: float, g: np.ndarray, adagrad: Any, rmsprop: Any) -> tuple:
    """The gradients, and what one of size 1 is multiplied by; how long RMSProp remembers."""
    axes = {"xlim": (0, len(g)), "log": True, "xlabel": "steps"}
    back = np.flatnonzero(np.asarray(rmsprop) > 0.5)
    late = back[back >= np.argmax(g < g.max())] if g.max() > 1 else back
    life = half_life(b)
    after = f"{plain(life, 2)} {'step' if plain(life, 2) == '1' else 'steps'}" if life >= 0.05 else "less than a step"
    again = f"is back above 1/2 at step {int(late[0])}" if len(late) else "does not come back above 1/2"
    return (
        Curves(g=g, title="gradient g", ylim=(0.5, 200), **axes),
        Curves(
            AdaGrad=adagrad, RMSProp=rmsprop, title="1 / √M: what g is multiplied by", ylim=(1e-3, 20),
            colors={"AdaGrad": "olive", "RMSProp": "purple"}, **axes,
        ),
        Note(
            f"b = {plain(b)}: a gradient's weight in M halves in {after}. RMSProp {again}, "
            f"AdaGrad ends at {plain(float(np.asarray(adagrad)[-1]), 2)}."
        ),
    )  # fmt: skip
