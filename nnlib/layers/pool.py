"""Pooling: what a window holds, in one number for each channel; and all places in one vector.

x is (N, H, W, C), or (N, T, C) along one axis. What has not as many axes as the window needs is a ValueError, and so is
a window that does not fit, a kind that is none of the three, or a stride or padding that makes no sense.
"""

from functools import partial, reduce
from typing import Any, ClassVar

import jax
import jax.numpy as jnp

from nnlib.layers.lengths import pair, within
from nnlib.layers.windows import Axis, as_window, lay, shifted
from nnlib.module import Array, Module, static

__all__ = ["Flatten", "GlobalPool", "Pool", "max_pool", "mean_pool", "min_pool"]


class Pool(Module):
    """The greatest, least or mean value (kind "max", "min", "mean") of each channel in a window. Nothing is trained.

        max: y[n, i, c] = max over the cells u of x[n, s i + u - p, c]

    Shapes: x (N, H, W, C) -> (N, H', W', C), along one axis (N, T, C) -> (N, T', C); H' = `output_size(H, k, s, p)`.
    window: its sizes k, one for each axis; stride s and padding p: as in `Conv`.
    Padding counts for nothing: it is never the greatest or least, and a mean is over the cells of the input.
    Where several cells are the greatest (or least), the gradient is shared equally among them.
    """

    kind: str = static()
    window: tuple[int, ...] = static()
    stride: Any = static()
    padding: Any = static("valid")

    def __call__(self, x: Array) -> Array:
        _check_kind("Pool", self.kind)
        x = jnp.asarray(x)
        if x.ndim != len(self.window) + 2:
            shape = f"({'N, ' + 'n, ' * len(self.window)}C)"
            raise ValueError(f"Pool: expected inputs of shape {shape}, got {x.shape}; examples first, channels last")
        axes = lay("Pool", x.shape[1:-1], self.window, self.stride, self.padding)
        x = x.astype(jnp.result_type(x, float))
        if self.kind == "mean":
            return sum(shifted(x, axes)) / sum(shifted(jnp.ones_like(x[:1]), axes))
        return _max(x, axes) if self.kind == "max" else -_max(-x, axes)


def max_pool(window: int | tuple[int, ...], *, stride: Any = None, padding: Any = "valid") -> Pool:
    """The greatest value in a window: a number for a square on images, or a tuple with one for each axis.

    stride: as in `Conv`; None is the window's sizes, so that windows do not overlap. padding: as in `Conv`, but less
    than the window. Anything else is a ValueError.
    """
    return _pool("max", window, stride, padding)


def min_pool(window: int | tuple[int, ...], *, stride: Any = None, padding: Any = "valid") -> Pool:
    """The least value in a window; window, stride and padding as in `max_pool`."""
    return _pool("min", window, stride, padding)


def mean_pool(window: int | tuple[int, ...], *, stride: Any = None, padding: Any = "valid") -> Pool:
    """The mean of the values in a window; window, stride and padding as in `max_pool`."""
    return _pool("mean", window, stride, padding)


class GlobalPool(Module):
    """The "max", "min" or "mean", its kind, of each channel over all places: x (N, H, W, C) or (N, T, C) -> (N, C).

    From the pair (x, lengths), over the steps of each sequence alone.
    """

    reads_lengths: ClassVar[bool] = True

    kind: str = static("mean")

    def __call__(self, x: Any) -> Array:
        _check_kind("GlobalPool", self.kind)
        x, lengths = pair(x)
        x = jnp.asarray(x)
        if x.ndim < 3:
            raise ValueError(f"GlobalPool: expected inputs of shape (N, ..., C), got {x.shape}; give it places to pool")
        axes = tuple(range(1, x.ndim - 1))
        if lengths is None:
            return getattr(jnp, self.kind)(x, axis=axes)  # (N, C)
        there = jnp.broadcast_to(within(x, lengths), x.shape)
        if self.kind == "mean":
            return jnp.where(there, x, 0).sum(axes) / jnp.maximum(there.sum(axes), 1)
        return getattr(jnp, self.kind)(x, axis=axes, where=there, initial=-jnp.inf if self.kind == "max" else jnp.inf)


class Flatten(Module):
    """Every example as one vector: x (N, H, W, C) -> (N, H W C)."""

    def __call__(self, x: Array) -> Array:
        x = jnp.asarray(x)
        return x.reshape(len(x), -1)


def _pool(kind: str, window: int | tuple[int, ...], stride: Any, padding: Any) -> Pool:
    window = as_window(window)
    stride = window if stride is None else stride
    for axis in lay(f"{kind}_pool", None, window, stride, padding):
        if (most := max(axis.before, axis.after)) >= axis.window:  # a window in it alone would hold no value
            raise ValueError(f"{kind}_pool: expected less padding than the window, {axis.window}, got {most}; pad less")
    return Pool(kind, window, stride, padding)


def _check_kind(who: str, kind: str) -> None:
    if kind not in ("max", "min", "mean"):
        raise ValueError(f'{who}: expected the kind "max", "min" or "mean", got {kind!r}; choose one of the three')


@partial(jax.custom_jvp, nondiff_argnums=(1,))
def _max(x: Array, axes: tuple[Axis, ...]) -> Array:
    return reduce(jnp.maximum, shifted(x, axes, -jnp.inf))


@_max.defjvp  # by hand, as the gradient of jnp.maximum, cell by cell, would be slower and shared unequally
def _max_jvp(axes: tuple[Axis, ...], primals: tuple, tangents: tuple) -> tuple[Array, Array]:
    cells = list(shifted(*primals, axes, -jnp.inf))
    y = reduce(jnp.maximum, cells)
    greatest = [cell == y for cell in cells]
    moved = sum(jnp.where(g, dx, 0) for g, dx in zip(greatest, shifted(*tangents, axes), strict=True))
    return y, moved / sum(g.astype(y.dtype) for g in greatest)
