"""Ours: a recurrent layer in a chain."""

import jax
import jax.numpy as jnp

from benchmarks.loops import ours
from benchmarks.recurrent.problem import UNITS, Recurrent, Weights
from benchmarks.timing import Contender
from nnlib.layers import Sequential, dense, gru, lstm, sequential
from nnlib.module import replace

CELLS = {"lstm": lstm, "gru": gru}


def contender(problem: Recurrent) -> Contender:
    cell, task = problem
    return ours.contender(task, network(cell, task.weights))


def network(cell: str, weights: Weights) -> Sequential:
    W, U, b, V, d = map(jnp.asarray, weights)
    key = jax.random.key(0)
    layer = CELLS[cell](key, len(W), UNITS, outputs="last")
    return sequential(replace(layer, W=W, Theta=U, b=b), replace(dense(key, UNITS, 1), W=V, b=d))
