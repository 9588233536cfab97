"""JAX without any library: the inputs of all steps times W at once, then a scan; JAX differentiates it."""

from functools import partial

import jax
import jax.numpy as jnp

from benchmarks.loops import raw_jax
from benchmarks.recurrent.problem import UNITS, Recurrent
from benchmarks.timing import Contender


def lstm(U, state, a):
    h, c = state
    i, f, g, o = jnp.split(a + h @ U, 4, axis=-1)
    c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
    return jax.nn.sigmoid(o) * jnp.tanh(c), c


def gru(U, state, a):
    h, c = state
    (a_r, a_z, a_n), (u_r, u_z, u_n) = jnp.split(a, 3, axis=-1), jnp.split(h @ U, 3, axis=-1)
    r, z = jax.nn.sigmoid(a_r + u_r), jax.nn.sigmoid(a_z + u_z)
    n = jnp.tanh(a_n + r * u_n)
    return n + z * (h - n), c


CELLS = {"lstm": lstm, "gru": gru}


def outputs(cell, weights, x):
    W, U, b, V, d = weights
    zeros = jnp.zeros((len(x), UNITS))
    steps = x.swapaxes(0, 1) @ W + b  # (T, N, G H)
    (h, _), _ = jax.lax.scan(lambda state, a: (CELLS[cell](U, state, a), None), (zeros, zeros), steps)
    return (h @ V + d)[:, 0]  # (N,)


def contender(problem: Recurrent) -> Contender:
    cell, task = problem
    return raw_jax.contender(task, partial(outputs, cell), "raw_scan")
