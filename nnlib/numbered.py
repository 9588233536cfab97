"""One of several by its number, which is data: another choice needs no new program."""

from collections.abc import Callable, Sequence
from numbers import Integral
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from nnlib.module import Array, shown

__all__ = ["as_number", "choose"]


def as_number(who: str, number: Any, among: int) -> Array:
    """Which one of several, from 0 to among - 1, as an int32 array; traced numbers pass.

    who: whose number it is, for the message. Anything but whole numbers is a TypeError, one that is out of range a
    ValueError.
    """
    known = not isinstance(number, jax.core.Tracer)
    if known and not (isinstance(number, Integral) or jnp.issubdtype(jnp.result_type(number), jnp.integer)):
        raise TypeError(f"{who}: expected a whole number, got {shown(number)}; give one from 0 to {among - 1}")
    if among < 1 or (known and not np.all((np.asarray(number) >= 0) & (np.asarray(number) < among))):
        raise ValueError(f"{who}: expected one of {among} by number, from 0 up, got {shown(number)}; choose one")
    return jnp.asarray(number, jnp.int32)


def choose(number: Array, functions: Sequence[Callable], *args: Any) -> Any:
    """What function `number` of these functions gives for the arguments args.

    Where none of them has that number, what it would have given in floats is NaN. A TypeError if they give different
    shapes or types.
    """
    try:
        given = lax.switch(number, functions, *args)
    except TypeError:
        shapes = [jax.eval_shape(function, *args) for function in functions]
        if all(jax.tree.structure(one) == jax.tree.structure(shapes[0]) and one == shapes[0] for one in shapes):
            raise  # it was something else
        got = ", ".join(map(shown, shapes))
        raise TypeError(f"expected functions that give the same for the same, got {got}; make them alike") from None
    there = (number >= 0) & (number < len(functions))
    return jax.tree.map(lambda y: jnp.where(there, y, jnp.nan) if jnp.issubdtype(y.dtype, jnp.floating) else y, given)
