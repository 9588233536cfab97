"""Windows over an input: how many places they have, and what each of their cells sees."""

import itertools
from collections.abc import Iterator, Sequence
from numbers import Integral
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import lax

from nnlib.given import check_sizes
from nnlib.module import Array

__all__ = ["Axis", "as_window", "lay", "output_size", "shifted"]


class Axis(NamedTuple):
    """A window along one axis: its cells, `dilation` apart; its places, `stride` apart; padding before and after."""

    window: int
    stride: int
    dilation: int
    before: int
    after: int
    places: int


def output_size(n: int, window: int, stride: int = 1, padding: Any = "valid", dilation: int = 1) -> int:
    """The number of places of a window along an axis of n cells.

        floor((n + 2p - d (k - 1) - 1) / s) + 1

    for a window of k cells with stride s, dilation d and p zeros on each side. `padding` is p, a pair (before, after),
    "valid" (p = 0), "full" (p = d (k - 1), every overlap), or "same": ceil(n / s) places; where that takes an odd
    number of zeros, the extra one comes after, as in JAX. ValueError: a window that does not fit; a window, stride or
    dilation that is not a whole number from 1 up; another padding.
    """
    return _axis("output_size", n, window, stride, padding, dilation).places


def as_window(window: int | tuple[int, ...]) -> tuple[int, ...]:
    """The sizes of a window along each axis; a number is a square window, for images."""
    return tuple(window) if np.iterable(window) else (window, window)


def lay(
    who: str, sizes: Sequence[int] | None, window: Sequence[int], stride: Any, padding: Any, dilation: Any = 1
) -> tuple[Axis, ...]:
    """The window along each axis of an input; sizes None checks the settings alone, as if any window fitted.

    stride, padding, dilation: as in `output_size`, one for all axes or a tuple with one for each. ValueError: settings
    for another number of axes, or as in `output_size`; it begins with who asks.
    """
    settings = []
    for name, value in (("stride", stride), ("padding", padding), ("dilation", dilation)):
        settings.append(value if isinstance(value, tuple) else (value,) * len(window))
        if len(settings[-1]) != len(window):
            raise ValueError(f"{who}: expected one {name}, or one for each of {len(window)} axes, got {value}; use one")
    sizes = [d * k for k, d in zip(window, settings[2], strict=True)] if sizes is None else sizes
    return tuple(_axis(who, *of_axis) for of_axis in zip(sizes, window, *settings, strict=True))


def shifted(x: Array, axes: tuple[Axis, ...], fill: float = 0.0) -> Iterator[Array]:
    """What each cell of a window sees at all places: x (N, H, W, C) -> k_h k_w times (N, H', W', C).

    axes: as `lay` gives them; fill: the number that x is padded with.
    """
    x = jnp.pad(x, [(0, 0), *((a.before, a.after) for a in axes), (0, 0)], constant_values=fill)
    for cell in itertools.product(*(range(a.window) for a in axes)):
        first = [u * a.dilation for u, a in zip(cell, axes, strict=True)]
        end = [u + (a.places - 1) * a.stride + 1 for u, a in zip(first, axes, strict=True)]
        yield lax.slice(x, (0, *first, 0), (len(x), *end, x.shape[-1]), (1, *(a.stride for a in axes), 1))


def _axis(who: str, n: int, window: int, stride: int, padding: Any, dilation: int) -> Axis:
    check_sizes(who, 1, window=window, stride=stride, dilation=dilation)
    reach = dilation * (window - 1)  # from the first cell to the last
    before, after = _padding(who, n, reach, stride, padding)
    places = (n + before + after - reach - 1) // stride + 1
    if places < 1:
        padded = f"{n} and {before + after} of padding"
        raise ValueError(f"{who}: expected a window that fits, got one over {reach + 1} cells on {padded}; pad more")
    return Axis(window, stride, dilation, before, after, places)


def _padding(who: str, n: int, reach: int, stride: int, padding: Any) -> tuple[int, int]:
    """How many cells are added before and after."""
    if padding == "same":
        both = max((-(-n // stride) - 1) * stride + reach + 1 - n, 0)
        return both // 2, both - both // 2
    if isinstance(padding, str):
        padding = {"valid": 0, "full": reach}.get(padding, padding)
    pair = padding if isinstance(padding, tuple) else (padding, padding)
    if len(pair) != 2 or not all(isinstance(p, Integral) and not isinstance(p, bool) and p >= 0 for p in pair):
        known = '"valid", "same", "full", a number from 0 up, or for each axis a pair (before, after)'
        raise ValueError(f'{who}: expected padding {known}, got {padding}; "same" keeps the size at stride 1')
    return pair
