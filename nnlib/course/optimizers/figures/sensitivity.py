"""How well an optimizer does for every combination of two of its numbers: 1,024 training runs in one call."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import jax
import numpy as np

from nnlib.course.common.optimizers import chosen
from nnlib.course.common.surfaces import NOTHING, Surface, ground, heights, levels
from nnlib.live import Cell, Curves, Handle, HeatMap, Note, Path, Plane, film
from nnlib.live.numbers import plain
from nnlib.module import Module
from nnlib.probe import boundary
from nnlib.train import descend

from .networks import network_map, new_network
from .pairs import AMONG, PAIRS, RUN_STEPS, Pair
from .team import run

__all__ = ["map_views", "network_views", "surface_map"]

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


def map_views(surface: Surface, name: str, start: Handle, at: Cell) -> tuple:
    """The map with the run that is pointed at, that run's path, and its height step by step."""
    pair = PAIRS[name]
    above = surface_map(surface, name, (start.x, start.y)) - surface.lowest
    path, losses, _ = run(surface.f, start, pair.optimizer, **pair.at(at))
    began = float(losses[0]) - surface.lowest
    plane = Plane(
        heights(surface), paths=[Path(film(path[: RUN_STEPS + 1]), color="ink", mark="circle")], handles=[start],
        range=(0, 1), contours=levels(), bounds=surface.bounds, title="this run",
    )  # fmt: skip
    course = _course(losses[: RUN_STEPS + 1] - surface.lowest, HEIGHTS)
    return _map(pair, above, began, at, HEIGHTS), plane, course, _said(pair, at, above, began, HEIGHTS)


# --- on a network ------------------------------------------------------------------------------------------------


def network_views(name: str, seed: int, at: Cell) -> tuple:
    """The map with the run that is pointed at, what that network has learned, and its loss step by step."""
    pair, (_, (X, y)) = PAIRS[name], new_network(seed)
    runs = network_map(name, seed)
    model = jax.tree.map(lambda leaf: leaf[at.place], runs.models)
    plane = Plane(
        np.asarray(boundary(model, MOONS, 60)), points=(np.asarray(X), np.asarray(y)), bounds=MOONS, title="this run"
    )
    began, course = float(runs.losses[at.place][0]), _course(runs.losses[at.place], LOSSES)
    return _map(pair, runs.final, began, at, LOSSES), plane, course, _said(pair, at, runs.final, began, LOSSES)


# --- the picture -------------------------------------------------------------------------------------------------

MOONS = (-1.9, 2.9, -2.15, 2.65)  # the frame of the data


class Scale(NamedTuple):
    """How a loss is called, from which power of ten to which its course is drawn, and below what it is good.

    Where nothing is said to be good, the lowest run counts.  A network's is one of those at large rates, which any
    rounding turns into another.
    """

    name: str
    low: int
    high: int
    good: float | None = None


HEIGHTS, LOSSES = Scale("height", -10, 2), Scale("loss", -4, 1, 0.03)


def _map(pair: Pair, losses: np.ndarray, began: float, at: Cell, scale: Scale) -> HeatMap:
    """Every run as a cell: blue where it came low, white where it stayed, orange where it ended higher or nowhere."""
    middle = max(began, 10.0 ** (scale.low + 1))
    ends = np.where(np.isnan(losses), np.inf, np.maximum(losses, 0))  # what is no number is not lower either
    return HeatMap(
        ends, rows=pair.y.values, columns=pair.x.values, log=True, range=(10.0**scale.low, 10 * middle), middle=middle,
        cell=at, labels=[] if scale.good else [_lowest(losses)], origin="bottom", xlabel=pair.x.label,
        ylabel=pair.y.label, quantity=scale.name, title=f"1,024 runs: {scale.name} in the end",
    )  # fmt: skip


def _lowest(losses: np.ndarray) -> tuple[int, int, str]:
    """The run that came lowest, as a label."""
    row, column = np.unravel_index(np.nan_to_num(losses, nan=np.inf).argmin(), losses.shape)
    return int(row), int(column), "lowest"


def _course(losses: np.ndarray, scale: Scale) -> Curves:
    """The loss of one run, step by step."""
    limits = {"xlim": (0, RUN_STEPS), "ylim": (10.0**scale.low, 10.0**scale.high)}
    shown = np.where(np.isfinite(losses), np.clip(losses, NOTHING, 1e10), np.nan)
    return Curves(_run=shown, title=f"{scale.name} of this run", log=True, cursor=True, xlabel="steps", **limits)


def _said(pair: Pair, at: Cell, losses: np.ndarray, began: float, scale: Scale) -> Note:
    row, column = at.place
    here, higher = losses[at.place], f"{(~(losses <= began)).mean():.0%}"
    numbers = f"η = {plain(pair.x.values[column], 2)}, {pair.y.label} = {plain(pair.y.values[row], 2)}"
    end = f"ends at {plain(float(here), 2)}" if np.isfinite(here) else "diverges"
    if scale.good:
        all_runs = f"{np.mean(losses < scale.good):.0%} of the runs end below {plain(scale.good)}, {higher}"
    else:
        lowest = plain(max(float(np.nanmin(losses)), 0.0), 2)
        all_runs = f"The best run ends at {lowest}; {higher} of the runs end"
    return Note(f"{numbers}: {end}. {all_runs} higher than they began.".replace("%", " %"))
