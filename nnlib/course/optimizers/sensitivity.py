"""How well an optimizer does for every combination of two of its numbers: 1,024 training runs in one call."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, NamedTuple

import jax
import numpy as np

from nnlib.course.surfaces import Surface, heights, levels
from nnlib.live import Curves, Note, Path, Plane, film
from nnlib.live.inputs import Handle
from nnlib.live.numbers import plain
from nnlib.losses import binary_cross_entropy
from nnlib.probe import boundary
from nnlib.train import descend, fit, sweep

from .real import new_network
from .runners import make

__all__ = ["PAIRS", "RUN_STEPS", "Pair", "map_views", "network_map", "network_views", "surface_map"]

RUN_STEPS, SIZE = 200, 32


class Axis(NamedTuple):
    """A number of an optimizer, with the values that it takes; by logarithm or not."""

    name: str
    label: str
    values: np.ndarray
    log: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        ends = self.values[[0, -1]]
        return tuple(map(float, np.log10(ends) if self.log else ends))

    def nearest(self, place: float) -> int:
        """The number of the value nearest to a place on the axis."""
        low, high = self.ends
        return int(np.clip(round((place - low) / (high - low) * (SIZE - 1)), 0, SIZE - 1))

    def place(self, number: int) -> float:
        """Where a value lies on the axis."""
        low, high = self.ends
        return low + (high - low) * number / (SIZE - 1)


class Pair(NamedTuple):
    """An optimizer and two of its numbers."""

    optimizer: str
    x: Axis
    y: Axis
    rest: dict[str, float] = {}  # noqa: RUF012  nobody writes into it

    def numbers(self, x: Any, y: Any) -> dict[str, Any]:
        return self.rest | {self.x.name: x, self.y.name: y}

    def at(self, handle: Handle) -> dict[str, float]:
        """The numbers of the run that is pointed at."""
        return self.numbers(
            *(float(axis.values[axis.nearest(p)]) for axis, p in ((self.x, handle.x), (self.y, handle.y)))
        )


RATE = Axis("rate", "log₁₀ η", np.logspace(-3, 1, SIZE), log=True)
A, B = Axis("a", "a", np.linspace(0, 0.99, SIZE)), Axis("b", "b", np.linspace(0, 0.999, SIZE))
PAIRS = {
    "momentum: η, a": Pair("momentum", RATE, A),
    "Nesterov: η, a": Pair("nesterov", RATE, A),
    "RMSProp: η, b": Pair("rmsprop", RATE, B),
    "Adam: η, a": Pair("adam", RATE, A, {"b": 0.999}),
    "Adam: η, b": Pair("adam", RATE, B, {"a": 0.9}),
}


# --- on a surface ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)  # made once, compiled once
def _final(f: Callable, name: str) -> Callable:
    """What `sweep` runs: the height after RUN_STEPS steps, from the two numbers and a start (2,)."""
    pair = PAIRS[name]

    def final(x, y, start):
        return descend(f, start, make(pair.optimizer, **pair.numbers(x, y)), RUN_STEPS).losses[-1]

    return final


@lru_cache(maxsize=32)  # pointing at another run computes none of them anew
def surface_map(surface: Surface, name: str, start: tuple[float, float]) -> np.ndarray:
    """The height after 200 steps for all 1,024 combinations of two numbers, (32, 32): row y, column x.  In float64."""
    pair = PAIRS[name]
    with jax.enable_x64(True):
        runs = sweep(_final(surface.f, name), 512, y=pair.y.values, x=pair.x.values, start=np.array([start], float))
        return np.asarray(runs)[..., 0]


def map_views(surface: Surface, name: str, start: Handle, at: Handle) -> tuple:
    """The map with the run that is pointed at, that run's path, and its height step by step."""
    pair = PAIRS[name]
    above = surface_map(surface, name, (start.x, start.y)) - surface.lowest
    with jax.enable_x64(True):
        run = descend(surface.f, np.array([start.x, start.y]), make(pair.optimizer, **pair.at(at)), RUN_STEPS)
    path, way = np.asarray(run.path), np.asarray(run.losses) - surface.lowest
    plane = Plane(
        heights(surface), paths=[Path(film(path), color="ink", mark="circle")], handles=[start],
        range=(0, 1), contours=levels(), bounds=surface.bounds, title="this run",
    )  # fmt: skip
    return _map(pair, above, at, HEIGHTS), plane, _course(way, HEIGHTS), _said(pair, at, above)


# --- on a network ------------------------------------------------------------------------------------------------


@cache
def _trained(name: str) -> Callable:
    """What `sweep` runs: the mean loss of a network after RUN_STEPS steps, from the two numbers and its start."""
    pair, (_, data) = PAIRS[name], new_network()

    def final(x, y, model):
        run = fit(model, data, binary_cross_entropy, make(pair.optimizer, **pair.numbers(x, y)), RUN_STEPS)
        return binary_cross_entropy(run.model(data[0]), data[1]).mean()

    return final


@lru_cache(maxsize=32)
def network_map(name: str, seed: int = 0) -> np.ndarray:
    """The mean loss of a 2-8-1 network on 100 points after 200 steps for all 1,024 combinations, (32, 32)."""
    pair = PAIRS[name]
    models = jax.tree.map(lambda leaf: leaf[None], new_network(seed)[0])
    return np.asarray(sweep(_trained(name), y=np.float32(pair.y.values), x=np.float32(pair.x.values), model=models))[
        ..., 0
    ]


def network_views(name: str, seed: int, at: Handle) -> tuple:
    """The map with the run that is pointed at, what that network has learned, and its loss step by step."""
    pair, (model, (X, y)) = PAIRS[name], new_network(seed)
    losses = network_map(name, seed)
    run = fit(model, (X, y), binary_cross_entropy, make(pair.optimizer, **pair.at(at)), RUN_STEPS)
    plane = Plane(
        np.asarray(boundary(run.model, MOONS, 60)), points=(np.asarray(X), np.asarray(y)), bounds=MOONS,
        title="this run",
    )  # fmt: skip
    return _map(pair, losses, at, LOSSES), plane, _course(np.asarray(run.losses), LOSSES), _said(pair, at, losses)


# --- the picture -------------------------------------------------------------------------------------------------

MOONS = (-1.9, 2.9, -2.15, 2.65)  # the frame of the data


class Scale(NamedTuple):
    """How a loss is called, and between which powers of ten it is told apart."""

    name: str
    low: int
    high: int


HEIGHTS, LOSSES = Scale("height", -10, 2), Scale("loss", -4, 1)


def _clipped(values: np.ndarray, scale: Scale) -> np.ndarray:
    low, high = 10.0**scale.low, 10.0**scale.high
    return np.clip(np.nan_to_num(values, nan=high, posinf=high), low, high)


def _map(pair: Pair, losses: np.ndarray, at: Handle, scale: Scale) -> Plane:
    """Every run as a cell: blue where it came low, orange where it stayed high or left the numbers."""
    shown = np.log10(_clipped(losses, scale))
    row, column = np.unravel_index(np.nan_to_num(losses, nan=np.inf).argmin(), losses.shape)
    lowest = Path([[pair.x.place(column), pair.y.place(row)]], "lowest", mark="star")
    return Plane(
        shown, range=(scale.low, scale.high), contours=(), bounds=(*pair.x.ends, *pair.y.ends), handles=[at],
        paths=[lowest], axes="xy", xlabel=pair.x.label,
        ylabel=pair.y.label, title=f"1,024 runs: {scale.name} in the end", aspect=1.0, cells=True,
    )  # fmt: skip


def _course(losses: np.ndarray, scale: Scale) -> Curves:
    """The loss of one run, step by step."""
    limits = {"xlim": (0, RUN_STEPS), "ylim": (10.0**scale.low, 10.0**scale.high)}
    shown = np.where(np.isfinite(losses), _clipped(losses, scale), np.nan)
    return Curves(_run=shown, title=f"{scale.name} of this run", log=True, cursor=True, xlabel="steps", **limits)


def _said(pair: Pair, at: Handle, losses: np.ndarray) -> Note:
    column, row = pair.x.nearest(at.x), pair.y.nearest(at.y)
    here, lost = losses[row, column], int((~np.isfinite(losses)).sum())
    numbers = f"η = {plain(pair.x.values[column], 2)}, {pair.y.label} = {plain(pair.y.values[row], 2)}"
    end = f"ends at {plain(float(here), 2)}" if np.isfinite(here) else "diverges"
    return Note(f"{numbers}: {end}. The best of all ends at {plain(float(np.nanmin(losses)), 2)}; {lost} diverge.")
