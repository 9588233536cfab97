"""Adam by hand, for the contenders that use JAX without any library."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp


def start(weights: Any) -> tuple:
    """What Adam carries: the weights, and the means of the gradient and of its square."""
    zeros = jax.tree.map(jnp.zeros_like, weights)
    return weights, zeros, zeros


def adam_step(objective: Callable, carry: tuple, t, eta, b1=0.9, b2=0.999, eps=1e-8) -> tuple:
    """Step number t, counted from 1: what is carried after it, and the loss before it."""

    def moved(w, m, v):
        return w - eta * (m / (1 - b1**t)) / (jnp.sqrt(v / (1 - b2**t)) + eps)

    w, m, v = carry
    loss, grads = jax.value_and_grad(objective)(w)
    m = jax.tree.map(lambda m, g: b1 * m + (1 - b1) * g, m, grads)
    v = jax.tree.map(lambda v, g: b2 * v + (1 - b2) * g * g, v, grads)
    return (jax.tree.map(moved, w, m, v), m, v), loss
