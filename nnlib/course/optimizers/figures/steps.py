"""Single steps: where momentum and Nesterov's look-ahead go from one place, and where Newton's method would."""

from __future__ import annotations

from typing import Any

import jax
import numpy as np

from nnlib.course.common.surfaces import NOTHING, SURFACES, Surface, ground, heights, levels
from nnlib.live import Arrow, Curves, Note, Plane
from nnlib.live.controls import Handle
from nnlib.live.numbers import plain
from nnlib.module import Module

__all__ = ["curvatures", "look_ahead_views", "newton_views", "slope", "slope_and_hessian"]

RAVINE = SURFACES["ravine"]


def slope(w: Any) -> np.ndarray:
    """The gradient of the ravine (x^2 + 20 y^2) / 2."""
    return np.array([1.0, 20.0]) * w


def _ground(surface: Surface, **more: Any) -> Plane:
    return Plane(heights(surface), range=(0, 1), contours=levels(), bounds=surface.bounds, **more)


NEXT = 40  # steps that are shown ahead


def look_ahead_views(w: Handle, tip: Handle, a: float, rate: float, momentum: Any, nesterov: Any) -> tuple:
    """The velocity's share a v, the two steps from its end, and where each method gets in the steps after that."""
    ahead = w.xy + a * (tip.xy - w.xy)
    arrows = [
        Arrow(w.xy, ahead, "", "grey"),
        Arrow(ahead, w.xy + momentum, "Momentum", "blue"),
        Arrow(ahead, w.xy + nesterov, "Nesterov", "teal"),
    ]
    ends = {name: RAVINE.f(w.xy + step) for name, step in (("Momentum", momentum), ("Nesterov", nesterov))}
    said = " and ".join(f"{name} at height {plain(float(height), 2)}" for name, height in ends.items())
    then = {name: _next(w, tip, a, rate, share) for name, share in (("Momentum", 0.0), ("Nesterov", a))}
    curves = Curves(
        **then, title="height in the steps that follow", log=True, xlabel="steps", xlim=(0, NEXT), ylim=(1e-3, 1e3),
        colors={"Momentum": "blue", "Nesterov": "teal"},
    )  # fmt: skip
    labels = [(*(w.xy + ahead) / 2, "a v")]
    return _ground(RAVINE, arrows=arrows, handles=[w, tip], labels=labels), curves, Note(f"After this step: {said}.")


def _next(w: Handle, tip: Handle, a: float, rate: float, share: float) -> np.ndarray:
    """Heights on the way, (NEXT + 1,), with the gradient taken at w + share v."""
    place, v, heights_ = w.xy.astype(float), (tip.xy - w.xy).astype(float), []
    for _ in range(NEXT + 1):
        heights_.append(float(RAVINE.f(place)))
        v = a * v - rate * slope(place + share * v)
        place = place + v
    return np.clip(heights_, NOTHING, 1e10)


def slope_and_hessian(surface: Surface, w: Any) -> tuple[np.ndarray, np.ndarray]:
    """The gradient (2,) and the Hessian (2, 2) of a surface at w (2,)."""
    with jax.enable_x64(True):
        g, H = _slope_and_hessian(ground(surface.f), np.asarray(w, float))
        return np.asarray(g), np.asarray(H)


@jax.jit
def _slope_and_hessian(f: Module, w: jax.Array) -> tuple:
    return jax.grad(f)(w), jax.hessian(f)(w)


def curvatures(H: Any) -> tuple[float, float]:
    """The eigenvalues of a Hessian (2, 2), ascending."""
    low, high = np.linalg.eigvalsh(np.asarray(H))
    return float(low), float(high)


def newton_views(surface: Surface, at: Handle, g: Any, H: Any, step: Any) -> tuple:
    """Newton's step and the direction of the negative gradient; a cut along the step, with the parabola in it."""
    g, step = np.asarray(g), np.asarray(step)
    length = float(np.linalg.norm(g))
    arrows = []
    if length > 0:
        quarter = (surface.bounds[1] - surface.bounds[0]) / 4
        arrows.append(Arrow(at.xy, at.xy - g / length * quarter, "−g", "grey"))
    if np.isfinite(step).all():
        arrows.append(Arrow(at.xy, at.xy + step, "Newton", "rose"))
    low, high = curvatures(H)
    kind = "a valley" if low > 0 else "a hilltop" if high < 0 else "a saddle"
    before, after = float(surface.f(at.xy)), float(surface.f(at.xy + step))
    goes = (
        f"from height {plain(before, 2)} to {plain(after, 2)}" if np.isfinite(after) else "nowhere: H + λI is singular"
    )
    said = f"Curvatures {plain(low, 2)} and {plain(high, 2)}: the parabola is {kind}. Newton goes {goes}.".replace(
        "-", "−"
    )
    return _ground(surface, arrows=arrows, handles=[at]), _cut(surface, at.xy, g, H, step), Note(said)


def _cut(surface: Surface, w: np.ndarray, g: np.ndarray, H: Any, step: np.ndarray) -> Curves:
    """The surface and the parabola along the step: 0 is the place, 1 is where Newton goes."""
    along = np.linspace(-0.5, 1.5, 81)
    step = np.nan_to_num(step, posinf=0.0, neginf=0.0)
    there = np.array([float(v) for v in np.asarray(surface.f((w + along[:, None] * step).T))])
    fitted = float(surface.f(w)) + along * float(g @ step) + along**2 / 2 * float(step @ np.asarray(H) @ step)
    low, high = fitted.min(), fitted.max()  # the surface may leave the picture, however far it rises or falls
    margin = 0.3 * (high - low) or 1.0
    return Curves(
        surface=(along, there), parabola=(along, fitted), _here=([0.0], there[20:21]), _there=([1.0], there[60:61]),
        title="along the step: 0 is w, and 1 where Newton goes", xlim=(-0.5, 1.5), ylim=(low - margin, high + margin),
        colors={"surface": "ink", "parabola": "rose", "_here": "ink", "_there": "rose"},
    )  # fmt: skip
