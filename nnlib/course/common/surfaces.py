"""Surfaces to go down: functions of w = (w1, w2), each with the frame of its picture and a place to start.

They are scaled so that one learning rate of about 0.05 suits them all: the largest curvature on the way is about 20.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from nnlib.layers import switch
from nnlib.module import Array, Module, as_module
from nnlib.probe import grid

__all__ = ["NOTHING", "SURFACES", "Surface", "ground", "heights", "heights_of", "levels", "relief"]

NOTHING = 1e-30  # what stands for 0 on a logarithmic axis: far below all that it shows, so that a curve leaves there


@dataclass(frozen=True)
class Surface:
    """f: (2,) -> (). bounds: (left, right, bottom, top). minima: where its minima are, as far as they are known."""

    name: str
    f: Callable = field(repr=False)
    bounds: tuple[float, float, float, float]
    start: tuple[float, float]
    minima: tuple[tuple[float, float], ...] = ()

    @property
    def __name__(self) -> str:  # so that a choice can show it
        return self.name

    @property
    def lowest(self) -> float:
        """The height of the lowest place: of the known minima, or found by going down from the lowest of the grid."""
        return _lowest(self)


def bowl(w):
    """(x^2 + y^2) / 2: as steep in every direction."""
    return (w[0] ** 2 + w[1] ** 2) / 2


def ravine(w):
    """(x^2 + 20 y^2) / 2: curvatures 1 and 20, condition number 20."""
    return (w[0] ** 2 + 20 * w[1] ** 2) / 2


def rosenbrock(w):
    """((1 - x)^2 + 100 (y - x^2)^2) / 50: a bent ravine. Source: Rosenbrock, 1960; there without the 50."""
    return ((1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2) / 50


def saddle(w):
    """x^2 - y^2 + y^4 / 2: a saddle at 0, minima at (0, 1) and (0, -1)."""
    return w[0] ** 2 - w[1] ** 2 + w[1] ** 4 / 2


def four_minima(w):
    """((x^2 + y - 11)^2 + (x + y^2 - 7)^2) / 10: four minima, all at height 0. Source: Himmelblau, 1972."""
    return ((w[0] ** 2 + w[1] - 11) ** 2 + (w[0] + w[1] ** 2 - 7) ** 2) / 10


def plateau(w):
    """1 - exp(-(x^2 + y^2) / 2): flat far away, and a hole in the middle."""
    return 1 - jnp.exp(-(w[0] ** 2 + w[1] ** 2) / 2)


_FOUR = ((3.0, 2.0), (-2.805118, 3.131313), (-3.77931, -3.283186), (3.584428, -1.848127))
SURFACES = {
    s.name: s
    for s in (
        Surface("bowl", bowl, (-2.0, 2.0, -2.0, 2.0), (-1.6, 1.3), ((0.0, 0.0),)),
        Surface("ravine", ravine, (-2.0, 2.0, -2.0, 2.0), (-1.8, 1.2), ((0.0, 0.0),)),
        Surface("Rosenbrock's valley", rosenbrock, (-2.0, 2.0, -1.0, 3.0), (-1.2, 1.0), ((1.0, 1.0),)),
        Surface("saddle", saddle, (-2.0, 2.0, -2.0, 2.0), (-1.6, 0.02), ((0.0, 1.0), (0.0, -1.0))),
        Surface("four minima", four_minima, (-5.0, 5.0, -5.0, 5.0), (-0.5, -0.5), _FOUR),
        Surface("plateau", plateau, (-3.0, 3.0, -3.0, 3.0), (-2.2, 1.6), ((0.0, 0.0),)),
    )
}
N = 120  # of the grid


FORMULAS = tuple(surface.f for surface in SURFACES.values())


def ground(f: Callable) -> Module:
    """f in the form in which programs are given it: a formula by its number, any other function as it is."""
    return switch(FORMULAS.index(f), *FORMULAS) if f in FORMULAS else as_module(f)


@jax.jit
def _on_grid(f: Module, places: Array) -> Array:
    return lax.map(f, places, batch_size=N)  # a row at a time: a network has many numbers for each place


def _everywhere(surface: Surface, bounds: tuple) -> tuple[np.ndarray, np.ndarray]:
    """The places of a grid, (N * N, 2), and how high the surface is there, (N * N,).  In float64."""
    with jax.enable_x64(True):
        places = grid(bounds, N)
        return np.asarray(places), np.asarray(_on_grid(ground(surface.f), places))


@cache
def heights_of(surface: Surface) -> np.ndarray:
    """f everywhere in the frame, (N, N), row 0 at the bottom."""
    return _everywhere(surface, surface.bounds)[1].reshape(N, N)


@cache
def _lowest(surface: Surface) -> float:
    """At the known minima, or in the frame, by looking closer and closer."""
    if not surface.minima:
        return _zoomed(surface, surface.bounds)
    with jax.enable_x64(True):  # as many places as in a grid: the program is there
        return float(_on_grid(ground(surface.f), np.resize(np.array(surface.minima, float), (N * N, 2))).min())


def _zoomed(surface: Surface, bounds: tuple) -> float:
    """The lowest height in a part of the plane: each time eight times closer, or aside."""
    while True:
        places, heights = _everywhere(surface, bounds)
        at = int(heights.argmin())
        if bounds[1] - bounds[0] <= 1e-7:
            return float(heights[at])
        edge = {at // N, at % N} & {0, N - 1}
        half = np.array([bounds[1] - bounds[0], bounds[3] - bounds[2]]) / (2 if edge else 16)
        (x, y), (dx, dy) = places[at], half
        bounds = float(x - dx), float(x + dx), float(y - dy), float(y + dy)


@cache
def heights(surface: Surface) -> np.ndarray:
    """How high the surface is everywhere, (N, N), as a `relief`."""
    return relief(heights_of(surface))


def relief(values: np.ndarray) -> np.ndarray:
    """How high a surface is everywhere, from 0 at its lowest to 1; by logarithm, so that a valley's floor shows.

    h = log(1 + (f - least) / unit) / log(1 + (most - least) / unit), unit: a thirtieth of the median height.
    """
    above = values - values.min()
    unit = np.median(above) / 30
    return np.log1p(above / unit) / np.log1p(above.max() / unit)


def levels(count: int = 8) -> tuple[float, ...]:
    """Heights for contours, evenly spaced between the lowest and the highest."""
    return tuple(np.linspace(0, 1, count + 2)[1:-1])
