"""Where you start decides where you end: every start of a surface, coloured by the minimum that descent leads it to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.course.common.surfaces import NOTHING, SURFACES, Surface, heights, levels
from nnlib.course.common.training import diverged
from nnlib.live import Curves, Note, Path, Plane, choice, film, handle, live, log_slider, player
from nnlib.live.numbers import plain
from nnlib.optim import sgd
from nnlib.probe import grid
from nnlib.train import descend

__all__ = ["NONE", "arrival", "basins", "ends"]

STEPS, PIXELS, NEAR = 500, 120, 0.1
REST = 0.01  # a longer last step has not come to rest: what leaps to and fro past a minimum is not there
LEAST, MOST = 1e-7, 1e4  # of the heights drawn; float32 knows no smaller ones
NAMES = "ABCD"
# The minima's places on the scale from blue to orange: of two neighbours one is blue and one is orange.
TINTS = {1: (1.0,), 2: (0.0, 1.0), 4: (0.0, 1.0, 0.22, 0.78)}
NONE = -1  # no minimum is near the end


@partial(jax.jit, static_argnames="f")
def _last(f: Callable, starts: jax.Array, rate: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Where all steps but the last of STEPS lead from every start, and where the last one does: (N, 2) each."""
    slope = jax.vmap(jax.grad(f))
    before = jax.lax.fori_loop(0, STEPS - 1, lambda _, w: w - rate * slope(w), starts)
    return before, before - rate * slope(before)


def arrival(surface: Surface, before: np.ndarray, w: np.ndarray) -> np.ndarray:
    """In which of the surface's minima each run has come to rest, as a number, or NONE: near it, by a short last step.

    before, w: the last two places of every run, (N, 2).
    """
    far = np.linalg.norm(w[:, None] - np.array(surface.minima), axis=-1)  # (N, minima)
    with np.errstate(invalid="ignore", over="ignore"):  # of what left the numbers; it compares as not at rest
        rests = np.linalg.norm(w - before, axis=1) < REST
    return np.where(rests & (np.nan_to_num(far, nan=np.inf).min(1) < NEAR), np.argmin(far, axis=1), NONE)


def ends(surface: Surface, rate: float, starts: np.ndarray | None = None) -> np.ndarray:
    """For each start (N, 2), or each pixel of the frame, the number of the minimum in which descent ends, or NONE."""
    starts = grid(surface.bounds, PIXELS) if starts is None else jnp.asarray(starts, jnp.float32)
    return arrival(surface, *map(np.asarray, _last(surface.f, starts, jnp.float32(rate))))


@live(
    surface=choice(["four minima", "saddle", "plateau"]),
    rate=log_slider(0.005, 0.3, 0.02, label="learning rate, η"),
    start=handle(-0.5, -0.5),
    time=player(fps=40),
)
def basins(surface, rate, start):
    """The surface with one path; the map of all starts; how high the path is, step by step."""
    surface = SURFACES[surface]
    w = np.float32([start.x, start.y])
    run = descend(surface.f, w, sgd(rate), STEPS)
    path = np.asarray(run.path)
    (home,) = ends(surface, rate, w[None])
    labels = [(x, y, name) for (x, y), name in zip(surface.minima, NAMES, strict=False)]
    common = {"bounds": surface.bounds, "handles": [start], "labels": labels, "range": (0, 1)}
    line = [Path(film(path), color="orange", mark="circle")]
    homes = ends(surface, rate)
    relief = Plane(heights(surface), paths=line, contours=levels(), title="one way down", **common)
    chart = Plane(_tints(surface, homes), contours=(), title="where each start ends", **common)
    return relief, chart, _height(surface, np.asarray(run.losses)), _note(home, path, homes)


def _height(surface: Surface, losses: np.ndarray) -> Curves:
    """How high above the lowest place the path is, step by step."""
    above = np.clip(losses - surface.lowest, NOTHING, MOST)
    view = {"log": True, "cursor": True, "xlabel": "steps", "xlim": (0, STEPS), "ylim": (LEAST, MOST / 10)}
    return Curves(height=above, colors={"height": "orange"}, title="height above the lowest", **view)


def _tints(surface: Surface, homes: np.ndarray) -> np.ndarray:
    """The colours of the map, (PIXELS, PIXELS): one for each minimum, the page's own where there is none."""
    tints = np.array([*TINTS[len(surface.minima)], 0.5])
    return tints[homes].reshape(PIXELS, PIXELS)


def _note(home: int, path: np.ndarray, homes: np.ndarray) -> Note:
    lost = 100 * float(np.mean(homes == NONE))
    rest = f"{lost:.0f} % of all starts do not arrive" if lost >= 0.5 else "Nearly all starts arrive"
    rest = "All starts arrive" if lost == 0 else "Hardly any start arrives" if lost > 99.5 else rest
    if home != NONE:
        return Note(f"This start ends in {NAMES[home]}. {rest}.", tone="good")
    if not np.isfinite(path).all():
        step = int(np.argmin(np.isfinite(path).all(1)))
        return Note(f"From this start it {diverged(step)}. {rest}.", tone="bad")
    moved = float(np.linalg.norm(path[-1] - path[-2]))
    return Note(f"This start arrives nowhere: step {STEPS} was {plain(moved, 1)} long. {rest}.", tone="bad")
