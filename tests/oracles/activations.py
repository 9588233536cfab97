"""Activations beside NumPy, SciPy and PyTorch."""

import jax
import jax.numpy as jnp
import numpy as np
import scipy.special

from nnlib import activations as ours
from tests.oracles.part import Part, golden, numbers

Z = numbers(4, 5, scale=3)
LIMITS = np.array(0.125), np.array(0.375)
WIDE = np.array([-750.0, -90.0, -20.0, -1e-3, 1e-3, 20.0, 90.0, 750.0])  # where naive forms overflow


def live(name, oracle, expected, *more, z=Z, label=""):
    return Part(label or name, getattr(ours, name), (z, *map(np.array, more)), oracle, expected, f"activations.{name}")


def stored(name, entry=""):
    return golden(entry or name, getattr(ours, name), f"activations.{name}")


def drawn_slopes(z, low, high):
    """The answers, and the slopes behind them, cut to the range that they may come from."""
    y = ours.rrelu(z, jax.random.key(0), low, high)
    slopes = jnp.clip(y / z, low, high)
    return y - jnp.where(z > 0, z, slopes * z), jnp.std(jax.lax.stop_gradient(slopes)) > 0.01


def all_inside(z, low, high):
    return np.zeros_like(z), np.array(True)


PARTS = [
    live("step", "NumPy", lambda z: np.heaviside(z, 1)),
    live("sign", "NumPy", np.sign),
    live("identity", "NumPy", np.copy),
    live("sigmoid", "SciPy", scipy.special.expit),
    live("sigmoid", "SciPy", scipy.special.expit, z=WIDE, label="sigmoid, far out"),
    live("tanh", "NumPy", np.tanh),
    live("tanh", "NumPy", np.tanh, z=WIDE, label="tanh, far out"),
    live("relu", "NumPy", lambda z: np.maximum(z, 0)),
    live("leaky_relu", "NumPy", lambda z: np.where(z > 0, z, 0.01 * z), label="leaky_relu, a not given"),
    stored("leaky_relu"),
    stored("prelu"),
    golden("rrelu", lambda z, low, high: ours.rrelu(z, None, low, high), "activations.rrelu"),
    Part(
        "rrelu, random", drawn_slopes, (Z, np.array(0.125), np.array(0.375)), "NumPy", all_inside, "activations.rrelu"
    ),
    live("absolute", "NumPy", np.abs),
    stored("elu"),
    live("elu", "NumPy", lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))), z=WIDE, label="elu, far out"),
    stored("softplus"),
    live("softplus", "NumPy", lambda z: np.logaddexp(0, z), z=WIDE, label="softplus, far out"),
    stored("swish"),
    live("swish", "SciPy", lambda z, beta: z * scipy.special.expit(beta * z), 1.5, label="swish, beta"),
    stored("softmax"),
    live("softmax", "SciPy", lambda z: scipy.special.softmax(z, -1), z=WIDE, label="softmax, far out"),
    stored("log_softmax"),
    live("log_softmax", "SciPy", lambda z: scipy.special.log_softmax(z, -1), z=WIDE, label="log_softmax, far out"),
]
