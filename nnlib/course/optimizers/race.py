"""The race: several optimizers from one start over one surface, each with its own numbers.  In float64."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import jax
import numpy as np

from nnlib import optim
from nnlib.course.surfaces import Surface, heights, levels
from nnlib.live import Curves, Note, Path, Plane, film, log_slider, row, slider
from nnlib.live.inputs import Handle
from nnlib.live.numbers import plain
from nnlib.live.rows import Row
from nnlib.train import descend

from .own import Failed, as_runner, check_step, in_time

__all__ = ["KINDS", "STEPS", "Kind", "Track", "race_views", "rows", "run_race"]

STEPS = 500


class Kind(NamedTuple):
    """An optimizer on offer: how it is called and drawn, made from its numbers, and what can be moved."""

    label: str
    color: str
    mark: str
    make: Callable
    numbers: Mapping[str, Any]


class Track(NamedTuple):
    """Where a runner was, (steps + 1, 2), how high, (steps + 1,), and what is wrong with it, if anything is."""

    path: np.ndarray
    losses: np.ndarray
    trouble: str = ""


def rate(start: float):
    return log_slider(1e-3, 10.0, start, per_decade=20, label="η")


KINDS = {
    "sgd": Kind("Gradient descent", "grey", "circle", lambda rate: optim.sgd(rate), {"rate": rate(0.05)}),
    "momentum": Kind(
        "Momentum", "blue", "square", lambda rate, a: optim.momentum(rate, a),
        {"rate": rate(0.02), "a": slider(0.0, 0.99, 0.9)},
    ),
    "nesterov": Kind(
        "Nesterov", "teal", "diamond", lambda rate, a: optim.nesterov(rate, a),
        {"rate": rate(0.02), "a": slider(0.0, 0.99, 0.9)},
    ),
    "adagrad": Kind("AdaGrad", "olive", "triangle", lambda rate: optim.adagrad(rate), {"rate": rate(0.5)}),
    "rmsprop": Kind(
        "RMSProp", "purple", "down", lambda rate, b: optim.rmsprop(rate, b),
        {"rate": rate(0.02), "b": slider(0.0, 0.999, 0.9)},
    ),
    "adam": Kind(
        "Adam", "orange", "star", lambda rate, a, b: optim.adam(rate, a, b),
        {"rate": rate(0.1), "a": slider(0.0, 0.99, 0.9), "b": slider(0.0, 0.999, 0.999)},
    ),
    "newton": Kind(
        "Newton", "rose", "cross", lambda rate, damping: optim.newton(damping, rate),
        {"rate": rate(1.0), "damping": slider(0.0, 10.0, 0.0)},
    ),
}  # fmt: skip
OWN = Kind("Yours", "ink", "plus", as_runner, {})


def rows(*on: str) -> dict[str, Row]:
    """A line of controls for every kind; those named in `on` are switched on."""
    return {name: row(name in on, label=kind.label, color=kind.color, **kind.numbers) for name, kind in KINDS.items()}


def run_race(f: Callable, start: Handle, runners: Mapping[str, Mapping | None], own: Any = None) -> dict[str, Track]:
    """Every runner that is switched on, and the learner's own, STEPS steps from the same start."""
    with jax.enable_x64(True):
        w = np.array([start.x, start.y])
        tracks = {
            name: _track(descend(f, w, KINDS[name].make(**numbers), STEPS))
            for name, numbers in runners.items()
            if numbers is not None
        }
    return tracks | ({"own": _own(f, w, own)} if own is not None else {})


def _track(run: Any) -> Track:
    return Track(np.asarray(run.path), np.asarray(run.losses))


def _own(f: Callable, w: np.ndarray, own: Any) -> Track:
    """The learner's runner; if it fails, a track of its start and the reason."""

    def run() -> Track:
        with jax.enable_x64(True):
            optimizer = as_runner(own)
            check_step(optimizer, jax.numpy.asarray(w))
            return _track(descend(f, w, optimizer, STEPS))

    try:
        return in_time(run)
    except Failed as failed:
        return Track(w[None], np.array([float(f(w))]), str(failed))


# --- the picture -------------------------------------------------------------------------------------------------

LEAST = 1e-10  # what a logarithmic axis shows at least


def race_views(surface: Surface, start: Handle, tracks: Mapping[str, Track]) -> tuple:
    """The surface with every path, which grow with the player's time; the heights beside; a note for each trouble."""
    looks = {name: KINDS.get(name, OWN) for name in tracks}
    paths = [
        Path(film(track.path), looks[name].label, looks[name].color, looks[name].mark) for name, track in tracks.items()
    ]
    view = {"range": (0, 1), "contours": levels(), "bounds": surface.bounds}
    plane = Plane(heights(surface), paths=paths, handles=[start], **view)
    return plane, _losses(surface, looks, tracks), *_notes(surface, start, looks, tracks)


def _losses(surface: Surface, looks: Mapping[str, Kind], tracks: Mapping[str, Track]) -> Curves:
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


def _notes(surface: Surface, start: Handle, looks: Mapping[str, Kind], tracks: Mapping[str, Track]) -> list[Note]:
    troubles = [
        Note(f"{looks[name].label}: {track.trouble or diverged(track)}", tone="bad")
        for name, track in tracks.items()
        if track.trouble or not np.isfinite(track.losses).all()
    ]
    if any(not np.isfinite(track.losses).all() for track in tracks.values()):
        most = curvature(surface, start)
        troubles.append(Note(f"At the start the surface bends by up to {plain(most, 2)}: {advice(most)}."))
    return troubles


def diverged(track: Track) -> str:
    """Where a path leaves the numbers, and how high it had come."""
    step = int(np.argmin(np.isfinite(track.losses)))
    height = f", after {plain(float(track.losses[step - 1]), 2)}" if step else ""
    return f"diverged: no number at step {step}{height}; take a smaller learning rate"


def curvature(surface: Surface, start: Handle) -> float:
    """The largest eigenvalue of the Hessian at the start."""
    with jax.enable_x64(True):
        return float(np.linalg.eigvalsh(np.asarray(jax.hessian(surface.f)(np.array([start.x, start.y]))))[-1])


def advice(curvature: float) -> str:
    """The learning rate up to which gradient descent is stable there."""
    if not curvature > 0:
        return "it is not a valley there, and no rate is safe"
    return f"gradient descent is stable below η = 2/{plain(curvature, 2)} = {plain(2 / curvature, 2)}"
