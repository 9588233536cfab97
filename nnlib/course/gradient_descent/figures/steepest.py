"""A step of a given length: which direction goes down most?  By the slope, and in truth."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nnlib.course.common.surfaces import SURFACES, heights, levels
from nnlib.live import Arrow, Curves, Note, Path, Plane, handle, live, log_slider
from nnlib.live.controls import Handle
from nnlib.live.numbers import plain

__all__ = ["Step", "directions", "step_from"]

RAVINE = SURFACES["ravine"]
ANGLES = np.linspace(-180, 180, 721)  # degrees
SHORTEST = 0.45  # of an arrow that is drawn: shorter ones could not be seen
APART = 12  # degrees: from here on there is room for two names


class Step(NamedTuple):
    """All steps of one length from one place.

    slope: |grad f|. down, best: unit vectors (2,), against the gradient, and to the lowest place on the circle.
    off: the angle of `best`, seen from `down`, in degrees. change: f after the step less f before, for each of ANGLES.
    """

    slope: float
    down: np.ndarray
    best: np.ndarray
    off: float
    change: np.ndarray


def gradient(w: np.ndarray) -> np.ndarray:
    """Of the ravine, (x^2 + 20 y^2) / 2."""
    return np.array([1.0, 20.0]) * w


def step_from(w: np.ndarray, h: float) -> Step | None:
    """Steps of length h from w (2,) in every direction; None where there is no slope."""
    g = gradient(w)
    slope = float(np.hypot(*g))
    if slope < 1e-9:
        return None
    turn = np.radians(ANGLES)
    ways = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])  # (2, 2, angles)
    ways = np.einsum("ijk,j->ik", ways, -g / slope)  # (2, angles): the direction against the gradient, turned
    change = RAVINE.f(w[:, None] + h * ways) - RAVINE.f(w)
    lowest = int(np.argmin(change))
    return Step(slope, -g / slope, ways[:, lowest], float(ANGLES[lowest]), change)


@live(h=log_slider(0.01, 2.0, 1.0, label="length of the step, h"), start=handle(-1.5, 0.5))
def directions(h, start):
    """The ravine with both directions, and the change of f for every direction beside it."""
    w = np.array([start.x, start.y], float)
    step = step_from(w, h)
    if step is None:
        return _plane(start, []), _curves(np.zeros_like(ANGLES), []), Note("There is no slope here: it is flat.")
    names = ("against the gradient", "best") if abs(step.off) > APART else ("", "both")
    tips = zip(names, (step.down, step.best), ("orange", "blue"), strict=True)
    arrows = [Arrow(w, w + max(h, SHORTEST) * way, name, colour) for name, way, colour in tips]
    turn = np.linspace(0, 2 * np.pi, 121)
    circle = Path(w + h * np.stack([np.cos(turn), np.sin(turn)], axis=1), color="grey")
    share = step.change / (h * step.slope)
    there = [("against_the_gradient", 0.0, "orange"), ("best", step.off, "blue")]
    marks = [(name, at, float(np.interp(at, ANGLES, share)), colour) for name, at, colour in there]
    return _plane(start, arrows, [circle]), _curves(share, marks), Note(_said(w, step))


def _plane(start: Handle, arrows: list[Arrow], paths: list[Path] = ()) -> Plane:
    view = {"range": (0, 1), "contours": levels(), "bounds": RAVINE.bounds}
    return Plane(heights(RAVINE), paths=paths, arrows=arrows, handles=[start], **view)


def _curves(share: np.ndarray, marks: list[tuple[str, float, float, str]]) -> Curves:
    """The change in units of h |grad f|, so that the slope's answer is always the same curve, -cos."""
    spots = {f"_{name}": ([at], [value]) for name, at, value, _ in marks}
    return Curves(
        in_truth=(ANGLES, share), the_slope_alone=(ANGLES, -np.cos(np.radians(ANGLES))), **spots,
        colors={f"_{name}": colour for name, *_, colour in marks},
        marks={"_against_the_gradient": "circle", "_best": "square"},
        thin=("the_slope_alone",), xlim=(-180, 180), ylim=(-1.2, 3),
        title="change of f, in units of what the slope promises", xlabel="° from −∇f",
    )  # fmt: skip


def _said(w: np.ndarray, step: Step) -> str:
    before = float(RAVINE.f(w))
    after = [before + float(c) for c in (step.change[len(ANGLES) // 2], step.change.min())]
    numbers = [plain(v, 3) for v in (before, *after)]
    return (
        f"From {numbers[0]}, against the gradient to {numbers[1]}; "
        f"in the best direction, {abs(step.off):.0f}° off, to {numbers[2]}."
    )
