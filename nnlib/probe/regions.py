"""Networks of ReLUs are piecewise linear: their pieces, counted and cut.

What is to be cut exactly (`kinks`, `cells`, `count_regions`) must be a `Sequential` of Dense layers and `relu`: any
other layer in the model is a TypeError.
"""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.activations import relu
from nnlib.given import check_sizes
from nnlib.layers import Dense
from nnlib.module import Array, Function, Module, as_float, shown
from nnlib.probe.layers import activations, layers
from nnlib.probe.plane import grid

__all__ = ["Cell", "cells", "count_regions", "exact_answers", "kinks", "linear_regions", "switched_on"]


class Cell(NamedTuple):
    """A linear region of the plane, a convex polygon, and the model there: x -> x A + c."""

    corners: np.ndarray  # (V, 2), in order around it
    A: np.ndarray  # (2, M)
    c: np.ndarray  # (M,)


NEAR = 1e-12  # of the largest input: what is nearer to 0 is 0, so that rounding makes no slivers


def linear_regions(model: Module, bounds: tuple, n: int) -> Array:
    """The linear region of each point of a grid, by number from 0 on: (n,) or (n, n).

    A region is where the same ReLUs are on, and there the model is linear. max + 1 of them meet the grid; narrower ones
    are missed. model: a `Sequential` of linear layers and `relu`. bounds: (low, high) or (left, right, bottom, top),
        raise ValueError(f"linear_regions: expected bounds, 2 or 4 numbers, got {shown(tuple(bounds))}; give those")
    an n that is no whole number from 1 up; TypeError: what is no number among them.
    """
    check_sizes("linear_regions", 1, n=n)
    if len(bounds) == 2 and any(map(np.ndim, bounds)):
        raise ValueError(f"linear_regions: expected 2 or 4 numbers as bounds, got {shown(tuple(bounds))}; in a row")
    points = jnp.linspace(*map(as_float, bounds), n)[:, None] if len(bounds) == 2 else grid(bounds, n)
    on = [jnp.ones((len(points), 1), bool)]  # one that is on everywhere, for a model without a relu
    for a, layer in zip(activations(model, points), layers(model), strict=True):
        on += [a.reshape(len(points), -1) > 0] if _is_relu(layer) else []
    words = jnp.packbits(jnp.concatenate(on, axis=1), axis=1).T  # (P, units + 1) -> (units / 8, P)
    order = jnp.lexsort(words)
    new = (words[:, order[1:]] != words[:, order[:-1]]).any(0)
    number = jnp.zeros(len(points), jnp.int32).at[order[1:]].set(jnp.cumsum(new, dtype=jnp.int32))
    return number.reshape((n,) * (len(bounds) // 2))


def exact_answers(model: Module, x: Any) -> np.ndarray:
    """A model's answers (N, M) for x (N, D) in NumPy and float64, as `kinks` has them.

    model: a `Sequential` of Dense layers and `relu`; with anything else in it a TypeError.
    """
    h = np.asarray(x, float)
    for layer in layers(model):
        h = _straight("exact_answers", layer, h)
    return h


def switched_on(model: Module, x: Any) -> list[np.ndarray]:
    """Which units of each relu are on at the points x (N, D), in their order: booleans (N, units) each.

    In NumPy and the type of x. model: a `Sequential` of Dense layers and `relu`; with anything else in it a TypeError.
    """
    h, on = np.ascontiguousarray(np.asarray(x).T).T, []  # unit by unit: for many points twice as quick
    for layer in layers(model):
        on += [h > 0] if _is_relu(layer) else []
        h = _straight("switched_on", layer, h)
    return on


def _straight(who: str, layer: Module, h: np.ndarray) -> np.ndarray:
    """One layer's answers (N, units) in NumPy, in memory as its inputs are."""
    if isinstance(layer, Dense):
        W, b = np.asarray(layer.W, h.dtype), np.asarray(layer.b, h.dtype)
        return (W.T @ h.T + b[:, None]).T if h.flags.f_contiguous else h @ W + b
    if _is_relu(layer):
        return np.maximum(h, 0)
    raise TypeError(f"{who}: expected a Sequential of Dense layers and relu, got {layer} in it; take those out")


def kinks(model: Module, start: Any, end: Any) -> np.ndarray:
    """Where the line from `start` to `end` goes from one linear region into the next: all t in (0, 1), ascending.

        x(t) = start + t (end - start)

    start, end: (D,), in the units of the inputs. Between two places each unit's input is linear in t, so its zero is
    found by a division; each layer cuts the pieces that the layers before it have left. Exact, in NumPy and float64, as
    the number of places differs from model to model.
    """
    t, h = np.array([0.0, 1.0]), np.stack([np.asarray(start, float), np.asarray(end, float)])  # (2, D)
    for layer in layers(model):
        t, h = _cut(t, h) if _is_relu(layer) else (t, h)
        h = _straight("kinks", layer, h)  # (places, units)
    return t[1:-1][np.diff(t[:-1]) > 1e-12]  # units that change at the same place count once


def cells(model: Module, bounds: tuple) -> list[Cell]:
    """All linear regions of a model of two inputs that meet the rectangle `bounds`, each cut to it.

    Inside a cell every unit's input is linear, h = x A + c, and so its zero a straight line: each layer cuts the cells
    that the layers before it have left. bounds: (left, right, bottom, top). Exact, in float64; the time goes with the
    number of cells. ValueError: bounds that are not four, or a layer whose inputs are not what the one before it gives.
    """
    if np.shape(bounds) != (4,):
        raise ValueError(f"cells: expected bounds (left, right, bottom, top), got {bounds}; for one input see `kinks`")
    left, right, bottom, top = map(float, bounds)
    box = np.array([[left, bottom], [right, bottom], [right, top], [left, top]])
    found = [Cell(box, np.eye(2), np.zeros(2))]
    for layer in layers(model):
        if isinstance(layer, Dense):
            W, b = np.asarray(layer.W, float), np.asarray(layer.b, float)
            if len(W) != found[0].A.shape[1]:
                raise ValueError(f"cells: expected a layer of {found[0].A.shape[1]} inputs, got {len(W)}; cut a plane")
            found = [Cell(corners, A @ W, c @ W + b) for corners, A, c in found]
        elif _is_relu(layer):
            found = [piece for cell in found for piece in _divided(cell)]
        else:
            raise TypeError(f"cells: expected a Sequential of Dense layers and relu, got {layer} in it; take those out")
    return found


def count_regions(model: Module, bounds: tuple) -> int:
    """How many linear regions of a model meet an interval or a rectangle, exactly.

    model: of one input, with bounds (low, high), or of two, with bounds (left, right, bottom, top); others are a
    ValueError.
    """
    if len(bounds) == 2:
        return len(kinks(model, *([end] for end in bounds))) + 1
    return len(cells(model, bounds))


def _divided(cell: Cell) -> list[Cell]:
    """A cell, divided by the lines on which the units switch, and after the ReLUs: those that are off give 0."""
    h = cell.corners @ cell.A + cell.c  # (V, units)
    least = NEAR * np.abs(h).max(initial=0.0)
    cuts = np.flatnonzero((h.min(0) < -least) & (h.max(0) > least))
    polygons = [cell.corners.tolist()]  # a few corners each: in plain Python that is quicker than in NumPy
    for w, v, b in zip(*cell.A[:, cuts].tolist(), cell.c[cuts].tolist(), strict=True):
        cut = ([(x, y, w * x + v * y + b) for x, y in polygon] for polygon in polygons)
        polygons = [part for polygon in cut for part in _halves(polygon, least)]
    middles = np.array([np.sum(polygon, axis=0) / len(polygon) for polygon in polygons])
    on = middles @ cell.A + cell.c > 0  # (polygons, units)
    return [Cell(np.array(polygon), cell.A * o, cell.c * o) for polygon, o in zip(polygons, on, strict=True)]


def _halves(polygon: list, least: float) -> list[list]:
    """A convex polygon, corners (x, y, h), cut where h is 0: two of them, (x, y), or one if it lies on one side."""
    heights = [h for *_, h in polygon]
    if min(heights) >= -least or max(heights) <= least:
        return [[(x, y) for x, y, _ in polygon]]
    below, above = [], []
    for (x0, y0, h0), (x, y, h) in zip([polygon[-1], *polygon], polygon, strict=False):
        if h0 * h < 0:  # the edge that ends here crosses over
            t = h0 / (h0 - h)
            between = (x0 + t * (x - x0), y0 + t * (y - y0))
            below.append(between)
            above.append(between)
        if h <= 0:
            below.append((x, y))
        if h >= 0:
            above.append((x, y))
    return [below, above]


def _cut(t: np.ndarray, h: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places t and the units' inputs h there, with the places where one of them changes sign."""
    piece, unit = np.nonzero(h[:-1] * h[1:] < 0)
    before, after = h[piece, unit], h[piece + 1, unit]
    share = before / (before - after)
    new_h = h[piece] + share[:, None] * (h[piece + 1] - h[piece])
    new_h[np.arange(len(unit)), unit] = 0.0
    t = np.append(t, t[piece] + share * (t[piece + 1] - t[piece]))
    order = np.argsort(t, kind="stable")
    return t[order], np.append(h, new_h, axis=0)[order]


def _is_relu(layer: Module) -> bool:
    return isinstance(layer, Function) and layer.f in (relu, jax.nn.relu)
