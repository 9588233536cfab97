"""The race: several optimizers from one start over one surface, each with its own numbers.  In float64."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import jax
import numpy as np

from nnlib.course.surfaces import Surface, ground, heights, levels
from nnlib.live import Curves, Note, Path, Plane, film
from nnlib.live.inputs import Handle
from nnlib.live.numbers import plain
from nnlib.train import descend

from .own import Failed, check_step, run_own
from .runners import KINDS, OWN, noisy
from .steps import curvatures, slope_and_hessian
from .team import STEPS, Track, run_team

__all__ = ["LOW", "arrival", "race_views", "run_race"]


def run_race(
    f: Callable, start: Handle, runners: Mapping[str, Mapping | None], noise: float = 0.0, own: Any = None
) -> dict[str, Track]:
    """Every runner that is switched on, and the learner's own, STEPS steps from the same start, with the same noise."""
    on = {name: numbers for name, numbers in runners.items() if numbers is not None}
    tracks = run_team(f, start, on, noise) if on else {}
    return tracks | ({"own": _own(f, np.array(start[:2]), noise, own)} if own is not None else {})


def _own(f: Callable, w: np.ndarray, noise: float, own: Any) -> Track:
    """The learner's runner; if it fails, a track of its start and the reason."""

    def check(optimizer: Any) -> None:
        with jax.enable_x64(True):
            check_step(optimizer, jax.numpy.asarray(w))

    def run(optimizer: Any) -> Track:
        with jax.enable_x64(True):
            went = descend(ground(f), w, noisy(optimizer, noise, STEPS), STEPS)
            return Track(np.asarray(went.path), np.asarray(went.losses))

    try:
        return run_own(own, check, run)
    except Failed as failed:
        return Track(w[None], np.array([float(f(w))]), str(failed))


# --- the picture -------------------------------------------------------------------------------------------------

LEAST = 1e-10  # what a logarithmic axis shows at least
LOW = 1e-3  # below this height over the lowest place, a runner has arrived


def race_views(surface: Surface, start: Handle, tracks: Mapping[str, Track]) -> tuple:
    """The surface with every path, which grow with the player's time; the heights beside; who arrived, and troubles."""
    looks = {name: KINDS.get(name, OWN) for name in tracks}
    paths = [
        Path(film(track.path), looks[name].label, looks[name].color, looks[name].mark) for name, track in tracks.items()
    ]
    view = {"range": (0, 1), "contours": levels(), "bounds": surface.bounds}
    plane = Plane(heights(surface), paths=paths, handles=[start], **view)
    notes = [_arrivals(surface, looks, tracks), *_troubles(surface, start, looks, tracks)]
    return plane, _losses(surface, looks, tracks), *notes


def _losses(surface: Surface, looks: Mapping, tracks: Mapping[str, Track]) -> Curves:
    """How high above the lowest place each one is, step by step."""
    names = {name: looks[name].label.replace(" ", "_") for name in tracks}
    series = {names[n]: np.clip(track.losses - surface.lowest, LEAST, 1e10) for n, track in tracks.items()}
    return Curves(
        **(series or {"_nobody": [1.0]}),
        colors={names[n]: looks[n].color for n in tracks},
        marks={names[n]: looks[n].mark for n in tracks},
        title="height above the lowest place",
        log=True, cursor=True, xlabel="steps", xlim=(0, STEPS), ylim=(LEAST, 1e3),
    )  # fmt: skip


def arrival(surface: Surface, track: Track) -> int | None:
    """The first step from which on the runner stays lower than LOW above the lowest place."""
    high = np.flatnonzero(~(track.losses - surface.lowest < LOW))  # what is no number counts as high
    first = int(high[-1]) + 1 if len(high) else 0
    return first if first < len(track.losses) else None


def _arrivals(surface: Surface, looks: Mapping, tracks: Mapping[str, Track]) -> Note:
    """Who has come down, in the order of arrival."""
    steps = {name: arrival(surface, track) for name, track in tracks.items() if np.isfinite(track.losses[-1])}
    there = sorted((step, looks[name].label) for name, step in steps.items() if step is not None)
    said = ", ".join(f"{label} after {step}" for step, label in there) or "nobody"
    return Note(f"Down to {plain(LOW)} for good: {said}.")


def _troubles(surface: Surface, start: Handle, looks: Mapping, tracks: Mapping[str, Track]) -> list[Note]:
    troubles = [
        Note(f"{looks[name].label}: {track.trouble or diverged(track, REMEDIES.get(name, SMALLER))}", tone="bad")
        for name, track in tracks.items()
        if track.trouble or not np.isfinite(track.losses).all()
    ]
    if any(not np.isfinite(track.losses).all() for track in tracks.values()):
        troubles.append(Note(advice(curvature(surface, start))))
    return troubles


SMALLER = "take a smaller learning rate"
REMEDIES = {"newton": "give it more damping", "own": "make its steps shorter"}


def diverged(track: Track, remedy: str = SMALLER) -> str:
    """Where a path leaves the numbers, how high it had come, and what to do."""
    step = int(np.argmin(np.isfinite(track.losses)))
    height = f", after {plain(float(track.losses[step - 1]), 2)}" if step else ""
    return f"diverged: no number at step {step}{height}; {remedy}"


def curvature(surface: Surface, start: Handle) -> float:
    """The largest eigenvalue of the Hessian at the start."""
    _, H = slope_and_hessian(surface, start[:2])
    return curvatures(H)[1]


def advice(curvature: float) -> str:
    """The learning rate up to which gradient descent is stable, by the curvature at the start."""
    if not np.isfinite(curvature):
        return "The start lies too far out for any number; choose one in the picture."
    bends = f"At the start the surface bends by up to {plain(curvature, 2)}"
    if not curvature > 0:
        return f"{bends}: it is no valley there, and says nothing about the rate."
    return f"{bends}: gradient descent is stable below η = 2/{plain(curvature, 2)} = {plain(2 / curvature, 2)}."
