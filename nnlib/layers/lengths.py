"""Sequences of several lengths: the pair (x, lengths), and which steps belong to a sequence.

x is (N, T, ...), padded to T steps; lengths (N,), whole numbers from 0 to T. A layer that says `reads_lengths` is given
the pair, any other x alone.
"""

from typing import Any

import jax.numpy as jnp

from nnlib.module import Array, Module

__all__ = ["cleared", "pair", "paired", "within"]


def pair(x: Any) -> tuple[Any, Array | None]:
    """x and its lengths: a pair taken apart; any other x, also a tuple of plain numbers, with None.

    ValueError: a tuple of other than two, or lengths that are not whole numbers (N,).
    """
    if not isinstance(x, tuple) or all(isinstance(part, (int, float)) for part in x):
        return x, None
    if len(x) != 2:
        raise ValueError(f"expected an array or a pair (x, lengths), got a tuple of {len(x)}; give one of the two")
    x, lengths = x
    if lengths is None:
        return x, None
    lengths = jnp.asarray(lengths)
    if lengths.ndim != 1 or not jnp.issubdtype(lengths.dtype, jnp.integer):
        got = f"{lengths.dtype}{lengths.shape}"
        raise ValueError(f"expected lengths (N,), whole numbers, got {got}; give one for each sequence")
    return x, lengths


def paired(layer: Module, x: Any, lengths: Array | None) -> Any:
    """What `layer` is given: the pair if there are lengths and it reads them, otherwise x."""
    return (x, lengths) if layer.reads_lengths and lengths is not None else x


def within(x: Array, lengths: Array) -> Array:
    """Which steps of x (N, T, ...) belong to its sequences: (N, T, 1, ...), bool."""
    inside = jnp.arange(x.shape[1]) < lengths[:, None]  # (N, T)
    return inside.reshape(*inside.shape, *[1] * (x.ndim - 2))


def cleared(x: Array, lengths: Array | None) -> Array:
    """x with 0 for the numbers of its padding: a NaN there would get into every gradient, as 0 times NaN.

    Where there are no steps any more, as after a last state, (N, H), or where x holds words, it stays as it is.
    """
    padded = lengths is not None and x.ndim > 2 and jnp.issubdtype(x.dtype, jnp.inexact)
    return jnp.where(within(x, lengths), x, 0) if padded else x
