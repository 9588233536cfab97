"""The optimizers of a race in one program: they share the gradient's code, and each costs a few numbers more.

Whoever is switched off runs along unseen, so switching another one on compiles nothing.  Only Newton, whose Hessian is
the larger part of everything, has a program of its own and runs when it is asked to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from nnlib.course.common.optimizers import FIRST_ORDER, START, make
from nnlib.course.common.surfaces import ground
from nnlib.module import Array, Module, as_float
from nnlib.optim.base import call_update

from .noise import normal

__all__ = ["STEPS", "Track", "run", "run_team"]

STEPS = 500


class Track(NamedTuple):
    """Where a runner was, (steps + 1, 2), how high, (steps + 1,), and what is wrong with it, if anything is."""

    path: np.ndarray
    losses: np.ndarray
    trouble: str = ""


def run(f: Callable, start: Any, name: str, *, noise: float = 0.0, **numbers: float) -> Track:
    """STEPS steps of one optimizer from a start (x, y): `run(f, start, "momentum", rate=0.02, a=0.9)`.  In float64."""
    return run_team(f, start, {name: numbers}, noise)[name]


def run_team(f: Callable, start: Any, runners: Mapping[str, Mapping], noise: float = 0.0) -> dict[str, Track]:
    """STEPS steps of each of them, with the same noise.  In float64, the numbers and the start too."""
    tracks: dict[str, Track] = {}
    with jax.enable_x64(True):
        values = ground(f), jnp.array(start[:2], float), as_float(noise, "noise", 0), normal(STEPS)
        for names in (FIRST_ORDER, ("newton",)):
            if set(names) & set(runners):
                team = tuple(_made(name, *(START[name] | dict(runners.get(name, {}))).items()) for name in names)
                paths, losses = map(np.asarray, _team(team, *values))
                tracks |= {name: Track(paths[:, i], losses[:, i]) for i, name in enumerate(names)}
    return {name: tracks[name] for name in runners}


@lru_cache(maxsize=100)
def _made(name: str, *numbers: tuple[str, float]) -> Any:
    """The optimizer, made once: whoever moves one number leaves the others as they are.  In float64."""
    return make(name, **dict(numbers))


@jax.jit
def _team(team: tuple, f: Module, start: Array, noise: Array, z: Array) -> tuple[Array, Array]:
    """Paths (steps + 1, runners, 2) and heights (steps + 1, runners)."""

    def step(now: tuple, z: Array) -> tuple[tuple, tuple]:
        w, states = now  # (runners, 2)
        heights, g = jax.vmap(jax.value_and_grad(f))(w)
        each = zip(team, g + noise * z, states, w, strict=True)
        steps, states = zip(*(call_update(o, g, state, w, loss=f) for o, g, state, w in each), strict=True)
        return (w + jnp.stack(steps), states), (w, heights)

    w = jnp.tile(start, (len(team), 1))
    (w, _), (paths, losses) = lax.scan(step, (w, tuple(o.init(start) for o in team)), z)
    return jnp.concatenate([paths, w[None]]), jnp.concatenate([losses, jax.vmap(f)(w)[None]])
