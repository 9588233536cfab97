"""The race: several optimizers from one start over one surface, each with its own numbers.  In float64."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import jax
import numpy as np

from nnlib.course.common.learner import Failed
from nnlib.course.common.optimizers import KINDS, OWN
from nnlib.course.common.surfaces import NOTHING, Surface, ground, heights, levels
from nnlib.course.common.training import SMALLER, diverged
from nnlib.live import Curves, Note, Path, Plane, film
from nnlib.live.controls import Handle
from nnlib.live.numbers import plain
from nnlib.optim import add_noise, chain
from nnlib.train import descend

from .noise import normal
from .steps import curvatures, slope_and_hessian
from .team import STEPS, Track, run_team
from .user_optimizer import check_step, run_own

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
            went = descend(ground(f), w, chain(add_noise(noise, normal(STEPS)), optimizer), STEPS)
            return Track(np.asarray(went.path), np.asarray(went.losses))

    try:
        return run_own(own, check, run)
    except Failed as failed:
        return Track(w[None], np.array([float(f(w))]), str(failed))


# --- the picture -------------------------------------------------------------------------------------------------

LEAST = 1e-10  # where a logarithmic axis begins
LOW, STAY = 1e-3, 50  # who is below this height over the lowest place, for so many steps at least, has arrived
FAR = 1e3  # who ends so many times as high as it began has flown off
NAMED = 4  # as many paths have their names on the surface; those of more would lie on each other at its minimum


def race_views(surface: Surface, start: Handle, tracks: Mapping[str, Track], steps: int = STEPS) -> tuple:
    """The surface with every path, which grow with the player's time; the heights beside; who arrived, and troubles.

    steps: as many of them are shown, and count.
    """
    tracks = {name: Track(t.path[: steps + 1], t.losses[: steps + 1], t.trouble) for name, t in tracks.items()}
    looks = {name: KINDS.get(name, OWN) for name in tracks}
    minima = [Path([place], mark="plus") for place in surface.minima]
    paths = [
        Path(film(track.path), look.label if len(tracks) <= NAMED else "", look.color, look.mark)
        for look, track in zip(looks.values(), tracks.values(), strict=True)
    ]
    view = {"range": (0, 1), "contours": levels(), "bounds": surface.bounds}
    title = f"{surface.name}; + is a minimum" if minima else surface.name
    plane = Plane(heights(surface), paths=[*minima, *paths], handles=[start], title=title, **view)
    notes = [_arrivals(surface, looks, tracks), *_troubles(surface, start, looks, tracks)]
    return plane, _losses(surface, looks, tracks, steps), *notes


def _losses(surface: Surface, looks: Mapping, tracks: Mapping[str, Track], steps: int) -> Curves:
    """How high above the lowest place each one is, step by step."""
    names = {name: looks[name].label.replace(" ", "_") for name in tracks}
    series = {names[n]: np.clip(track.losses - surface.lowest, NOTHING, 1e10) for n, track in tracks.items()}
    return Curves(
        **(series or {"_nobody": [1.0]}), _low=([0, steps], [LOW, LOW]), thin=("_low", "_nobody"),
        colors={names[n]: looks[n].color for n in tracks},
        marks={names[n]: looks[n].mark for n in tracks},
        title="height above the lowest place",
        log=True, cursor=True, xlabel="steps", xlim=(0, steps), ylim=(LEAST, 1e3),
    )  # fmt: skip


def arrival(surface: Surface, track: Track) -> int | None:
    """The step from which on the runner stays lower than LOW above the lowest place, STAY steps at least."""
    first = _last(~(track.losses - surface.lowest < LOW)) + 1  # what is no number counts as high
    return first if first + STAY < len(track.losses) else None


def departure(surface: Surface, track: Track) -> int | None:
    """The step from which on the runner is no number, or FAR times as high as it began; None if it comes back."""
    above = track.losses - surface.lowest
    first = _last(above <= FAR * max(float(above[0]), 1.0)) + 1
    return first if first < len(above) else None


def _last(marks: np.ndarray) -> int:
    """The place of the last True, -1 if there is none."""
    places = np.flatnonzero(marks)
    return int(places[-1]) if len(places) else -1


def _arrivals(surface: Surface, looks: Mapping, tracks: Mapping[str, Track]) -> Note:
    """Who has come down, in the order of arrival."""
    steps = {name: arrival(surface, track) for name, track in tracks.items() if np.isfinite(track.losses[-1])}
    there = sorted((step, looks[name].label) for name, step in steps.items() if step is not None)
    said = ", ".join(f"{label} after {step}" for step, label in there) or "nobody"
    return Note(f"Down to {plain(LOW)} and staying there: {said}.")


def _troubles(surface: Surface, start: Handle, looks: Mapping, tracks: Mapping[str, Track]) -> list[Note]:
    left = {name: departure(surface, track) for name, track in tracks.items()}
    said = {
        name: track.trouble or _gone(track, left[name], REMEDIES.get(name, SMALLER))
        for name, track in tracks.items()
        if track.trouble or left[name] is not None
    }
    troubles = [Note(f"{looks[name].label}: {text}", tone="bad") for name, text in said.items()]
    if any(step is not None for step in left.values()):
        troubles.append(Note(advice(curvature(surface, start))))
    return troubles


REMEDIES = {"newton": "give it more damping", "own": "make its steps shorter"}


def _gone(track: Track, step: int, remedy: str) -> str:
    """From which step on a path is far off, how high it is there, and what to do."""
    after = plain(float(track.losses[step - 1]), 2) if step else ""
    return diverged(step, remedy, after=after, height=float(track.losses[step]))


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
