"""Newton's method: the step to where the slope of the fitted parabola is 0."""

from collections.abc import Callable
from typing import Any, ClassVar

import jax
import jax.numpy as jnp
from jax.flatten_util import ravel_pytree

from nnlib.module import Array, as_float, buffer
from nnlib.optim.base import Optimizer, Rate, as_rate, as_typed, rate_at

__all__ = ["Newton", "newton"]

MOST = 1000  # parameters n: the Hessian has n^2 numbers, and to solve takes n^3 operations


def newton(damping: float = 0.0, learning_rate: Rate = 1.0) -> "Newton":
    """Newton's method, for few parameters: one step on a parabola, and drawn to saddles unless damped enough.

    damping: from 0 up, in the unit of the Hessian. learning_rate: a number from 0 up, 1 for the whole step, or a
    schedule. A number below 0 is a ValueError, what is no number a TypeError. See `Newton`.
    """
    return Newton(as_float(damping, "damping", 0), as_rate(learning_rate))


class Newton(Optimizer):
    """Newton's method: (H + damping I) s = -g, update = eta s, with H (n, n) the Hessian of `loss`, g its gradient.

    `update` needs `loss=`, a function from the parameters to a number, which `fit` gives; without it, or with other
    than 1 to 1000 parameters n, it is a ValueError. The step is not finite where H + damping I is singular.
    """

    packs: ClassVar[bool] = True

    damping: Array = buffer()
    learning_rate: Rate = buffer()

    def update(self, grads: Any, state: Array, params: Any = None, *, loss: Callable | None = None, **extra: Any):
        w, unravel = ravel_pytree(params)
        if loss is None or not 0 < w.size <= MOST:
            got = f"{'no' if loss is None else 'a'} loss and {w.size} parameters"
            raise ValueError(f"newton: expected loss= and 1 to {MOST} parameters, got {got}; fit gives the loss")
        H = jax.hessian(lambda w: loss(unravel(w)))(w)  # (n, n)
        s = jnp.linalg.solve(H + self.damping * jnp.eye(w.size), -ravel_pytree(grads)[0])
        return as_typed(unravel(rate_at(self.learning_rate, state) * s), grads), state + 1
