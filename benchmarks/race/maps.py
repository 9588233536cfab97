"""The sensitivity map: 1,024 runs of 200 steps in one call, each time from another start, beside one run at a time."""

import time
from collections.abc import Callable

import jax
import numpy as np

from benchmarks.timing import Summary, summary
from nnlib.course.common.optimizers import make
from nnlib.course.common.surfaces import SURFACES
from nnlib.course.optimizers.figures.networks import network_map
from nnlib.course.optimizers.figures.pairs import PAIRS, RUN_STEPS
from nnlib.course.optimizers.figures.sensitivity import surface_map
from nnlib.train import descend

CALLS, ALONE, NAME = 12, 100, "momentum: η, a"
SURFACE = SURFACES["Rosenbrock's valley"]


def maps() -> dict[str, Summary]:
    """Times of a map on a surface and on a network, and of 1,024 single runs on the surface, from 100 of them."""
    x, y = SURFACE.start
    return {
        "map, surface": _timed(lambda number: surface_map(SURFACE, NAME, (x + number / 1000, y))),
        "map, network": _timed(lambda number: network_map(NAME, 100 + number)),
        "1,024 single runs, surface": _timed(_alone, 1024 / ALONE),
    }


def _timed(call: Callable[[int], object], times: float = 1.0) -> Summary:
    """The calls after the first, which compiles."""
    call(0)
    seconds = []
    for number in range(1, CALLS + 1):
        began = time.perf_counter()
        call(number)
        seconds.append((time.perf_counter() - began) * times)
    return summary(seconds)


def _alone(number: int) -> None:
    pair = PAIRS[NAME]
    start = np.array(SURFACE.start)
    with jax.enable_x64(True):
        for rate in pair.x.values[:10]:
            for a in pair.y.values[:10]:
                float(descend(SURFACE.f, start, make(pair.optimizer, **pair.numbers(rate, a)), RUN_STEPS).losses[-1])
