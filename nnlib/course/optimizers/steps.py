"""Single steps: where momentum and Nesterov's look-ahead go from one place, and where Newton's method would."""

from __future__ import annotations

from functools import cache
from typing import Any

import jax
import numpy as np

from nnlib.course.surfaces import SURFACES, Surface, heights, levels
from nnlib.live import Arrow, Note, Plane
from nnlib.live.inputs import Handle
from nnlib.live.numbers import plain

__all__ = ["curvatures", "look_ahead_views", "newton_views", "slope", "slope_and_hessian"]

RAVINE = SURFACES["ravine"]


def slope(w: Any) -> np.ndarray:
    """The gradient of the ravine (x^2 + 20 y^2) / 2."""
    return np.array([1.0, 20.0]) * w


def _ground(surface: Surface, **more: Any) -> Plane:
    return Plane(heights(surface), range=(0, 1), contours=levels(), bounds=surface.bounds, **more)


def look_ahead_views(w: Handle, tip: Handle, ahead: Any, momentum: Any, nesterov: Any) -> tuple:
    """The velocity and its share a v, and the two steps, each with its gradient drawn from the end of a v."""
    arrows = [
        Arrow(w.xy, ahead, "a v", "grey"),
        Arrow(ahead, w.xy + momentum, "Momentum", "blue"),
        Arrow(ahead, w.xy + nesterov, "Nesterov", "teal"),
    ]
    ends = {name: RAVINE.f(w.xy + step) for name, step in (("Momentum", momentum), ("Nesterov", nesterov))}
    said = " and ".join(f"{name} ends at height {plain(float(height), 2)}" for name, height in ends.items())
    gap = float(np.linalg.norm(momentum - nesterov))
    return _ground(RAVINE, arrows=arrows, handles=[w, tip]), Note(f"{said}; the two are {plain(gap, 2)} apart.")


@cache
def slope_and_hessian(surface: Surface):
    """w -> the gradient (2,) and the Hessian (2, 2), compiled."""
    return jax.jit(lambda w: (jax.grad(surface.f)(w), jax.hessian(surface.f)(w)))


def curvatures(H: Any) -> tuple[float, float]:
    """The eigenvalues of a Hessian (2, 2), ascending."""
    low, high = np.linalg.eigvalsh(np.asarray(H))
    return float(low), float(high)


def newton_views(surface: Surface, at: Handle, g: Any, H: Any, step: Any) -> tuple:
    """Newton's step, and the direction of the negative gradient, half the frame long; the curvatures in words."""
    g, step = np.asarray(g), np.asarray(step)
    half = (surface.bounds[1] - surface.bounds[0]) / 4
    length = float(np.linalg.norm(g))
    away = -g / length * half if length > 0 else np.zeros(2)
    arrows = [Arrow(at.xy, at.xy + away, "−g", "grey")] if length > 0 else []
    if np.isfinite(step).all():
        arrows.append(Arrow(at.xy, at.xy + step, "Newton", "rose"))
    low, high = curvatures(H)
    kind = "a valley" if low > 0 else "a hilltop" if high < 0 else "a saddle"
    before = float(surface.f(at.xy))
    after = float(surface.f(at.xy + step))
    end = (
        f"from height {plain(before, 2)} to {plain(after, 2)}"
        if np.isfinite(after)
        else "and no step, for H + λI is singular"
    )
    return _ground(surface, arrows=arrows, handles=[at]), Note(
        f"Curvatures {plain(low, 2)} and {plain(high, 2)}: the parabola is {kind}. Newton goes {end}."
    )
