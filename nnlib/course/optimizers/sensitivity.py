"""How well an optimizer does for every combination of two of its numbers: 1,024 training runs in one call."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import jax
import numpy as np

from nnlib.course.surfaces import Surface, heights, levels
from nnlib.live import Curves, Note, Path, Plane, film
from nnlib.live.inputs import Handle
from nnlib.live.numbers import plain
from nnlib.losses import binary_cross_entropy
from nnlib.module import Module
from nnlib.probe import boundary
from nnlib.train import descend, fit, sweep

from .grounds import ground
from .real import new_network
from .runners import chosen
from .team import run

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

    @property
    def place(self) -> int:
        """The optimizer's number among those that are mapped."""
        return AMONG.index(self.optimizer)

    def all(self) -> dict[str, np.ndarray]:
        """The numbers of every run, each (32, 32): row y, column x; a and b also where they do not count."""
        x, y = np.meshgrid(self.x.values, self.y.values)
        numbers = {"a": 0.9, "b": 0.999} | self.numbers(x, y)
        return {key: np.broadcast_to(np.asarray(values, float), x.shape) for key, values in numbers.items()}

    def cell(self, handle: Handle) -> tuple[int, int]:
        """Row and column of the run that is pointed at."""
        return self.y.nearest(handle.y), self.x.nearest(handle.x)

    def at(self, handle: Handle) -> dict[str, float]:
        """The numbers of that run."""
        row, column = self.cell(handle)
        return self.numbers(float(self.x.values[column]), float(self.y.values[row]))


AMONG = ("momentum", "nesterov", "rmsprop", "adam")
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


@lru_cache(maxsize=32)  # pointing at another run computes none of them anew
def surface_map(surface: Surface, name: str, start: tuple[float, float]) -> np.ndarray:
    """The height after 200 steps for all 1,024 combinations of two numbers, (32, 32): row y, column x.  In float64."""
    pair = PAIRS[name]
    with jax.enable_x64(True):
        return np.asarray(_ends(ground(surface.f), np.array(start, float), pair.place, pair.all()))


@jax.jit
def _ends(f: Module, start: jax.Array, place: jax.Array, numbers: dict) -> jax.Array:
    def end(numbers: dict) -> jax.Array:
        return descend(f, start, chosen(place, numbers, AMONG), RUN_STEPS).losses[-1]

    return jax.vmap(jax.vmap(end))(numbers)


def map_views(surface: Surface, name: str, start: Handle, at: Handle) -> tuple:
    """The map with the run that is pointed at, that run's path, and its height step by step."""
    pair = PAIRS[name]
    above = surface_map(surface, name, (start.x, start.y)) - surface.lowest
    path, losses, _ = run(surface.f, start, pair.optimizer, **pair.at(at))
    plane = Plane(
        heights(surface), paths=[Path(film(path[: RUN_STEPS + 1]), color="ink", mark="circle")], handles=[start],
        range=(0, 1), contours=levels(), bounds=surface.bounds, title="this run",
    )  # fmt: skip
    course = _course(losses[: RUN_STEPS + 1] - surface.lowest, HEIGHTS)
    return _map(pair, above, at, HEIGHTS), plane, course, _said(pair, at, above)


# --- on a network ------------------------------------------------------------------------------------------------


class Trained(NamedTuple):
    """All runs of a map: the mean loss after the last step (32, 32), before each step (32, 32, 200), and the models."""

    final: np.ndarray
    losses: np.ndarray
    models: Module


@lru_cache(maxsize=2)  # a megabyte each
def network_map(name: str, seed: int = 0) -> Trained:
    """1,024 trainings of a 2-8-1 network on 100 points, 200 steps each."""
    pair = PAIRS[name]
    models = jax.tree.map(lambda leaf: leaf[None], new_network(seed)[0])
    numbers = {key: np.float32(values).ravel() for key, values in pair.all().items()}
    runs = sweep(_train, numbers=numbers, place=np.int32([pair.place]), model=models)
    return jax.tree.map(lambda leaf: np.asarray(leaf).reshape(SIZE, SIZE, *leaf.shape[3:]), runs)


def _train(numbers: dict, place: jax.Array, model: Module) -> Trained:
    """What `sweep` runs for each combination of the optimizer's numbers."""
    _, (X, y) = new_network()
    run = fit(model, (X, y), binary_cross_entropy, chosen(place, numbers, AMONG), RUN_STEPS)
    return Trained(binary_cross_entropy(run.model(X), y).mean(), run.losses, run.model)


def network_views(name: str, seed: int, at: Handle) -> tuple:
    """The map with the run that is pointed at, what that network has learned, and its loss step by step."""
    pair, (_, (X, y)) = PAIRS[name], new_network(seed)
    runs, cell = network_map(name, seed), pair.cell(at)
    model = jax.tree.map(lambda leaf: leaf[cell], runs.models)
    plane = Plane(
        np.asarray(boundary(model, MOONS, 60)), points=(np.asarray(X), np.asarray(y)), bounds=MOONS, title="this run"
    )
    return _map(pair, runs.final, at, LOSSES), plane, _course(runs.losses[cell], LOSSES), _said(pair, at, runs.final)


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
    row, column = pair.cell(at)
    here, lost = losses[row, column], int((~np.isfinite(losses)).sum())
    numbers = f"η = {plain(pair.x.values[column], 2)}, {pair.y.label} = {plain(pair.y.values[row], 2)}"
    end = f"ends at {plain(float(here), 2)}" if np.isfinite(here) else "diverges"
    return Note(f"{numbers}: {end}. The best of all ends at {plain(float(np.nanmin(losses)), 2)}; {lost} diverge.")
