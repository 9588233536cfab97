"""Flax NNX."""

from functools import partial

from flax import nnx

from benchmarks.digits_cnn.problem import CHANNELS, CLASSES
from benchmarks.loops import Task, flax
from benchmarks.timing import Contender


def contender(task: Task) -> Contender:
    return flax.contender(task, lambda: network(task.weights))


pool = partial(nnx.max_pool, window_shape=(2, 2), strides=(2, 2))


class Network(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        first, second = CHANNELS
        self.first = nnx.Conv(1, first, (3, 3), rngs=rngs)
        self.second = nnx.Conv(first, second, (3, 3), rngs=rngs)
        self.last = nnx.Linear(4 * second, CLASSES, rngs=rngs)

    def __call__(self, x):
        x = pool(nnx.relu(self.first(x)))
        x = pool(nnx.relu(self.second(x)))
        return self.last(x.reshape(len(x), -1))


def network(weights: list) -> Network:
    model = Network(nnx.Rngs(0))
    flax.fill((model.first, model.second, model.last), weights)
    return model
