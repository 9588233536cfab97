"""Checking a gradient against differences, and how good a difference can be.

    forward  (f(x + h) - f(x)) / h         off by about |f''| h / 2
    central  (f(x + h) - f(x - h)) / 2h    off by about |f'''| h^2 / 6

That is truncation; rounding adds about eps |f(x)| / h, so that too small a step is as bad as one too large.
Everything is computed in float64, whatever the type of x.
"""

from collections.abc import Callable, Sequence
from numbers import Real
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree

from nnlib.module import as_float, shown

__all__ = ["ErrorCurve", "check_gradient", "error_curve"]


def check_gradient(f: Callable, x: Any, h: float = 1e-5) -> float:
    """The largest difference between `jax.grad(f)(x)` and central differences, over the largest entry of either.

    f: of an array, or of a tree of arrays, to one number; x: where, one number or more, or a ValueError;
    what is no number is a TypeError. h: the step, a number above 0, in the unit of x, or a ValueError. About 1e-10
    where the gradient is right; about 1 where a rule is wrong. Takes two calls of f for every number in x.
    """
    if not isinstance(h, (Real, np.ndarray, jax.Array)) or np.ndim(h) or not 0 < h < np.inf:
        raise ValueError(f"check_gradient: expected a step h above 0, got {h}; such as 1e-5")
    if not sum(as_float(leaf).size for leaf in jax.tree.leaves(x)):
        raise ValueError(f"check_gradient: expected numbers x, got {shown(x)}; give one or more")
    with jax.enable_x64(True):
        flat, back = ravel_pytree(jax.tree.map(lambda leaf: jnp.asarray(leaf, jnp.float64), x))
        gradient = np.asarray(jax.grad(lambda row: f(back(row)))(flat))
        steps = h * np.eye(flat.size)  # (D, D)
        ends = [(float(f(back(flat + step))), float(f(back(flat - step)))) for step in steps]
    differences = np.array([(up - down) / (2 * h) for up, down in ends])
    largest = max(np.abs(gradient).max(), np.abs(differences).max())
    return float(np.abs(gradient - differences).max() / largest) if largest > 0 else 0.0


class ErrorCurve(NamedTuple):
    """The errors |difference - f'(x)| of the forward and central differences, at all the steps h: (S,) each."""

    steps: np.ndarray
    forward: np.ndarray
    central: np.ndarray


def error_curve(f: Callable, x: float, steps: Sequence[float] = tuple(np.logspace(-15, 0, 61))) -> ErrorCurve:
    """How far forward and central differences are from `jax.grad(f)(x)`, for a function f of one number x.

    steps: the h to try, a list of numbers above 0, in the unit of x; anything else is a ValueError.
    """
    h = np.asarray(steps, np.float64)
    if h.ndim != 1 or not (h > 0).all():
        raise ValueError(f"error_curve: expected a list of steps above 0, got {steps}; such as [1e-8, 1e-4]")
    with jax.enable_x64(True):
        slope = float(jax.grad(f)(jnp.asarray(x, jnp.float64)))
        here, up, down = (np.array([float(f(jnp.float64(x + s))) for s in side]) for side in (0 * h, h, -h))
    return ErrorCurve(h, np.abs((up - here) / h - slope), np.abs((up - down) / (2 * h) - slope))
