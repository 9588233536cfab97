"""Flax NNX."""

from flax import nnx

from benchmarks.digits_mlp.problem import WIDTHS
from benchmarks.loops import Task, flax
from benchmarks.timing import Contender


def contender(task: Task) -> Contender:
    return flax.contender(task, lambda: network(task.weights))


class Network(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        n_in, width, n_out = WIDTHS
        self.first = nnx.Linear(n_in, width, rngs=rngs)
        self.last = nnx.Linear(width, n_out, rngs=rngs)

    def __call__(self, x):
        return self.last(nnx.tanh(self.first(x)))


def network(weights: list) -> Network:
    model = Network(nnx.Rngs(0))
    flax.fill((model.first, model.last), weights)
    return model
