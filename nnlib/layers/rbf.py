"""Radial basis functions: units that measure how near an input is, instead of on which side it lies."""

from collections.abc import Callable

import jax.numpy as jnp

from nnlib.given import as_features, check_sizes
from nnlib.initializers import normal
from nnlib.module import Array, Module, as_float

__all__ = ["RBF", "rbf"]


class RBF(Module):
    """Gaussian bumps: y_m = exp(-|x - c_m|^2 / (2 s_m^2)), 1 at its centre and less than 0.02 three widths away.

    Shapes: x (..., D), centres c (M, D), widths s (M,), in the unit of x and not 0; y (..., M). Centres and widths are
    trained. Another number of features is a ValueError. Source: Broomhead and Lowe, 1988.
    """

    centres: Array
    widths: Array

    def __call__(self, x: Array) -> Array:
        x = as_features("RBF", x, self.centres.shape[1])
        squares = jnp.square(x[..., None, :] - self.centres).sum(-1)  # (..., D) -> (..., M)
        return jnp.exp(-squares / (2 * jnp.square(self.widths)))


def rbf(key: Array, n_in: int, n_out: int, width: float = 1.0, init: Callable = normal) -> RBF:
    """n_out bumps over n_in features to train, with centres init(key, (n_out, n_in)), each of this width.

    Examples are good centres too: RBF(X[:10], jnp.ones(10)). ValueError: a size that is not a whole number from 1 up;
    TypeError: a width that is no number.
    """
    check_sizes("rbf", 1, n_in=n_in, n_out=n_out)
    return RBF(init(key, (n_out, n_in)), jnp.full(n_out, as_float(width)))
