"""Flax NNX: nnx.RNN around its cells."""

import jax.numpy as jnp
from flax import nnx

from benchmarks.loops import flax
from benchmarks.recurrent.problem import UNITS, Recurrent, Weights
from benchmarks.timing import Contender

CELLS = {"lstm": nnx.OptimizedLSTMCell, "gru": nnx.GRUCell}


class Network(nnx.Module):
    def __init__(self, cell: str, n_in: int, rngs: nnx.Rngs):
        self.rnn = nnx.RNN(CELLS[cell](n_in, UNITS, rngs=rngs))
        self.last = nnx.Linear(UNITS, 1, rngs=rngs)

    def __call__(self, x):
        return self.last(self.rnn(x)[:, -1])[:, 0]


def contender(problem: Recurrent) -> Contender:
    cell, task = problem
    return flax.contender(task, lambda: network(cell, task.weights))


def network(cell: str, weights: Weights) -> Network:
    W, U, b, V, d = weights
    model = Network(cell, len(W), nnx.Rngs(0))
    of = model.rnn.cell
    of.dense_i.kernel[...], of.dense_h.kernel[...] = jnp.array(W), jnp.array(U)
    (of.dense_h if cell == "lstm" else of.dense_i).bias[...] = jnp.array(b)
    flax.fill([model.last], [(V, d)])
    return model
