"""The loss surface of a network, cut along two directions, with the path of its own training."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree

from nnlib.course.common.surfaces import levels, relief
from nnlib.course.common.training import diverged, loss_curves, network_plane
from nnlib.data import moons
from nnlib.live import Curves, Note, Path, Plane, film
from nnlib.losses import binary_cross_entropy
from nnlib.module import split
from nnlib.probe import boundary, directions, loss_surface

__all__ = [
    "CUTS", "FRAMES", "MOONS", "TRAINED", "cut", "landscape_views", "mean_loss", "principal", "shadow",
    "share_held",
]  # fmt: skip

MOONS = moons(jax.random.key(3), 150, 0.15)
EVERY, FRAMES, GRID = 9, 101, 41  # an odd number of steps apart, so that a leap to and fro shows
TRAINED = EVERY * (FRAMES - 1)  # steps: the last moment of the film is the end
CUTS = ("along its own path", "at random")


def mean_loss(model: Any) -> jax.Array:
    """The mean cross-entropy of a model with one logit on the moons."""
    X, y = MOONS
    return binary_cross_entropy(model(X)[:, 0], y).mean()


@jax.jit
def _weights(stack: Any) -> jax.Array:
    """All trained numbers of every model of a film, in a row: (T, P)."""
    return jax.vmap(lambda model: ravel_pytree(split(model)[0])[0])(stack)


def principal(model: Any, stack: Any) -> tuple[Any, Any]:
    """The two directions in which a training's path is longest, seen from its end, each of length 1.

    The first two right singular vectors of (w_t - w_end), turned so that the path begins at the left and lies
    above its end; each has the form of `split(model)[0]`.
    """
    away = _away(stack)
    V = _longest(away).T  # (2, P)
    a, b = V @ away.T
    V = V * np.where([a[0] > 0, b.mean() < 0], -1, 1)[:, None]
    back = ravel_pytree(split(model)[0])[1]
    return tuple(back(jnp.asarray(v, jnp.float32)) for v in V)


@jax.jit
def _boundaries(stack: Any) -> tuple[jax.Array, jax.Array]:
    """What every model of a film says of the plane, (T, GRID, GRID), and the loss of the last: one program for both."""
    said = jax.vmap(lambda model: boundary(model, DATA, GRID))(stack)
    return said, mean_loss(jax.tree.map(lambda leaf: leaf[-1], stack))


def _away(stack: Any) -> np.ndarray:
    """The weights at each moment, less those at the end: (T, P); 0 where a run has left the numbers."""
    weights = np.nan_to_num(np.asarray(_weights(stack), float), nan=0.0, posinf=0.0, neginf=0.0)
    return weights - weights[-1]


def _longest(away: np.ndarray) -> np.ndarray:
    """The first two right singular vectors of (T, P), as columns (P, 2), by iterating in a plane.

    LAPACK would find all P of them, with threads on every core: up to half a second where two cores are busy.
    """
    G = away.T @ away  # (P, P)
    Q = G[:, np.argsort(np.diag(G))[-2:]] + np.eye(len(G), 2)
    for _ in range(60):
        Q = np.linalg.qr(G @ Q)[0]
    _, turn = np.linalg.eigh(Q.T @ G @ Q)
    return Q @ turn[:, ::-1]


def _columns(u: Any, v: Any) -> np.ndarray:
    return np.stack([np.asarray(ravel_pytree(one)[0], float) for one in (u, v)], axis=1)  # (P, 2)


def shadow(stack: Any, u: Any, v: Any) -> np.ndarray:
    """The path in the plane of u and v, seen from its end: the nearest (a, b) to each moment, (T, 2)."""
    plane = _columns(u, v)
    return np.linalg.solve(plane.T @ plane, plane.T @ _away(stack).T).T


def share_held(stack: Any, u: Any, v: Any) -> float:
    """How much of the path's spread lies in the plane of u and v: 1 - |rest|^2 / |w_t - w_end|^2, summed over t."""
    away, plane = _away(stack), _columns(u, v)
    rest = away - shadow(stack, u, v) @ plane.T
    return 1 - float((rest**2).sum() / max((away**2).sum(), 1e-30))


def cut(run: Any, which: str) -> tuple[Any, Any]:
    """Two directions for a cut through the end of a training, "along its own path" or "at random"."""
    if which not in CUTS:
        raise ValueError(f"cut: expected one of {', '.join(CUTS)}, got {which!r}; choose one of these")
    return principal(run.model, run.film) if which == CUTS[0] else directions(jax.random.key(8), run.model)


# --- the picture -------------------------------------------------------------------------------------------------

DATA = (-2.0, 2.0, -2.0, 2.0)


def frame(path: np.ndarray) -> tuple[float, float, float, float]:
    """A square around a path (T, 2), at least 2 wide, with room on all sides, and more on that of its end."""
    low, high = path.min(0), path.max(0)
    middle, half = (low + high) / 2, max(0.92 * float((high - low).max()), 1.0)
    x, y = middle + (path[-1] - middle) / 3
    return float(x - half), float(x + half), float(y - half), float(y + half)


def landscape_views(run: Any, u: Any, v: Any) -> tuple:
    """The surface in the plane of u and v with the path, the boundary as it was at each moment, and the loss."""
    if not np.isfinite(run.losses).all():
        return _diverged(run)
    path = shadow(run.film, u, v)
    bounds = frame(path)
    values = np.asarray(loss_surface(mean_loss, run.model, u, v, bounds, GRID), float)
    surface = Plane(
        relief(values), paths=[Path(film(path), "", "ink", "circle")], bounds=bounds, contours=levels(),
        xlabel="a", ylabel="b", title="the loss around the end of training",
    )  # fmt: skip
    said, last = _boundaries(run.film)
    losses = loss_curves({"loss": np.append(run.losses, last)}, ylim=(1e-3, 20))  # before each step, and after the last
    return surface, network_plane(said, MOONS, DATA, xlabel="x₁", ylabel="x₂"), losses, _held(run, u, v)


def _held(run: Any, u: Any, v: Any) -> Note:
    weights = _weights(run.film).shape[1]
    share = 100 * share_held(run.film, u, v)
    return Note(f"Of the path through {weights} dimensions, these two hold {share:.3g} %.")


def _diverged(run: Any) -> tuple:
    said = f"The training {diverged(int(run.diverged))}."
    return Curves(loss=np.asarray(run.losses), title="loss"), Note(said, tone="bad")
