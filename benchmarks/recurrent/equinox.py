"""Equinox: its cells in a scan over the steps, as its example of a recurrent network has them."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.loops import equinox
from benchmarks.recurrent.problem import UNITS, Recurrent, Weights
from benchmarks.timing import Contender

CELLS = {"lstm": eqx.nn.LSTMCell, "gru": eqx.nn.GRUCell}


class Network(eqx.Module):
    cell: eqx.Module
    last: eqx.nn.Linear

    def __init__(self, cell: str, n_in: int, key):
        self.cell = CELLS[cell](n_in, UNITS, key=key)
        self.last = eqx.nn.Linear(UNITS, 1, key=key)

    def __call__(self, x):  # (T, D)
        zeros = jnp.zeros(UNITS)
        start = (zeros, zeros) if isinstance(self.cell, eqx.nn.LSTMCell) else zeros
        state, _ = jax.lax.scan(lambda state, x: (self.cell(x, state), None), start, x)
        return self.last(state[0] if isinstance(state, tuple) else state)[0]


def contender(problem: Recurrent) -> Contender:
    cell, task = problem
    return equinox.contender(task, lambda: network(cell, task.weights))


def network(cell: str, weights: Weights) -> Network:
    W, U, b, V, d = weights
    inner = {"bias_n": np.zeros(UNITS, np.float32)} if cell == "gru" else {}  # one more, inside the reset gate
    arrays = {"weight_ih": W.T, "weight_hh": U.T, "bias": b} | inner

    def places(model: Network) -> list:
        return [*(getattr(model.cell, name) for name in arrays), model.last.weight, model.last.bias]

    return equinox.with_arrays(Network(cell, len(W), jax.random.key(0)), places, [*arrays.values(), V.T, d])
