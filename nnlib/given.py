"""What functions are given, looked at where it enters: the features of inputs, sizes, keys."""

from numbers import Integral
from typing import Any

import jax
import jax.numpy as jnp

from nnlib.module import Array, shown

__all__ = ["as_features", "check_key", "check_sizes"]


def as_features(who: str, x: Any, n: int) -> Array:
    """x as an array (..., n), with n features on the last axis; or a ValueError that says who asks, such as "Dense"."""
    x = jnp.asarray(x)
    if x.shape[-1:] != (n,):
        raise ValueError(f"{who}: expected inputs of shape (..., {n}), got {x.shape}; features go last")
    return x


def check_sizes(who: str, least: int, **sizes: Any) -> None:
    """A ValueError that names who asks, and the first of the sizes (name=size) that is not a whole number >= least."""
    for name, size in sizes.items():
        if not isinstance(size, Integral) or isinstance(size, bool) or size < least:
            whole = f"{name} to be a whole number from {least} up"
            raise ValueError(f"{who}: expected {whole}, got {shown(size)}; give one")


def check_key(who: str, key: Any) -> None:
    """A TypeError unless key is one of JAX's random keys; it begins with who asks, such as "moons"."""
    kind = getattr(key, "dtype", None)
    if kind is None or not (jax.dtypes.issubdtype(kind, jax.dtypes.prng_key) or kind == jnp.uint32):
        raise TypeError(f"{who}: expected a random key, got {shown(key)}; give one, such as jax.random.key(0)")
