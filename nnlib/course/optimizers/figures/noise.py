"""Noise in the gradients of a race, the same for every runner."""

from __future__ import annotations

from functools import cache
from typing import Any

import jax.numpy as jnp
import numpy as np

from nnlib.module import Array, Module, as_float, buffer
from nnlib.optim.base import as_optimizer, call_update

__all__ = ["noisy", "normal"]


def noisy(optimizer: Any, noise: float, steps: int) -> Noisy:
    """An optimizer that is given gradients with an error, as those of small batches have; for weights (2,)."""
    return Noisy(as_optimizer(optimizer), as_float(noise, "noise", 0), normal(steps))


@cache
def normal(steps: int) -> np.ndarray:
    """The noise of every race, in units of its size: (steps, 2)."""
    return np.random.default_rng(0).normal(size=(steps, 2))


class Noisy(Module):
    """g_t + noise z_t goes to `inner`; z (steps, 2) is drawn beforehand: the same for all, and no work in the loop."""

    inner: Any = buffer()
    noise: Array = buffer()
    z: Array = buffer()

    def init(self, params: Any) -> tuple:
        return jnp.zeros((), jnp.int32), self.inner.init(params)

    def update(self, grads: Array, state: tuple, params: Any = None, **extra: Any) -> tuple[Any, tuple]:
        t, inner = state
        step, inner = call_update(self.inner, grads + self.noise * self.z[t], inner, params, **extra)
        return step, (t + 1, inner)
