"""The curves: the same training with one size growing."""

import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import jax

from nnlib.data import adding_problem, spirals
from nnlib.layers import dense, lstm, mlp, sequential
from nnlib.losses import binary_cross_entropy, squared_error
from nnlib.optim import adam
from nnlib.train import fit, sweep

REPEATS = 3


class Point(NamedTuple):
    """size; the seconds of a call, the least of three; the units of work in it; the memory of its own values."""

    size: int
    seconds: float
    units: int
    megabytes: float

    @property
    def each_s(self) -> float:
        return self.seconds / self.units


Curve = list[Point]


def samples() -> Curve:
    """A unit: one example in one full-batch step of a 2-16-16-1 network."""
    steps, model = 10, mlp(jax.random.key(0), 2, 16, 16, 1)

    def train(X, y):
        return fit(model, (X, y), binary_cross_entropy, adam(0.01), steps).losses

    sizes = (300, 3_000, 30_000, 300_000)
    return [_point(n, n * steps, train, *spirals(jax.random.key(0), n)) for n in sizes]


def width() -> Curve:
    """A unit: one weight between the two hidden layers in one step with 300 examples."""
    steps, data = 10, spirals(jax.random.key(0), 300)

    def train(model):
        return fit(model, data, binary_cross_entropy, adam(0.001), steps).losses

    return [_point(w, w * w * steps, train, mlp(jax.random.key(0), 2, w, w, 1)) for w in (16, 64, 256, 1024)]


def sequence() -> Curve:
    """A unit: one step of the sequences, in one training step of an LSTM, 32 wide, with 16 of them."""
    steps = 5
    key_cell, key_last = jax.random.split(jax.random.key(0))
    model = sequential(lstm(key_cell, 2, 32, outputs="last"), dense(key_last, 32, 1))

    def train(X, y):
        return fit(model, (X, y), squared_error, adam(0.01), steps).losses

    return [_point(t, t * steps, train, *adding_problem(jax.random.key(0), 16, t)) for t in (10, 100, 1000)]


def runs() -> Curve:
    """A unit: one run of a sweep, 100 full-batch steps of a 2-16-16-1 network with 300 examples.

    Called by itself a sweep uses all processors; its memory is that of the same sweep as a part of one program.
    """
    data = spirals(jax.random.key(0), 300)

    def final(key):
        return fit(mlp(key, 2, 16, 16, 1), data, binary_cross_entropy, adam(0.01), 100).losses[-1]

    train, points = partial(sweep, final), []
    for n in (1, 4, 16, 64, 256, 1024):
        keys = jax.random.split(jax.random.key(0), n)
        one_program = jax.jit(lambda key: train(key=key)).lower(keys).compile()
        points.append(Point(n, _seconds(lambda keys=keys: train(key=keys)), n, _megabytes(one_program)))
    return points


CURVES = {"samples": samples, "width": width, "sequence": sequence, "runs": runs}


def _point(size: int, units: int, train: Callable, *arguments) -> Point:
    program = jax.jit(train).lower(*arguments).compile()
    return Point(size, _seconds(lambda: program(*arguments)), units, _megabytes(program))


def _seconds(call: Callable) -> float:
    jax.block_until_ready(call())
    taken = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        jax.block_until_ready(call())
        taken.append(time.perf_counter() - began)
    return min(taken)


def _megabytes(program) -> float:
    return program.memory_analysis().temp_size_in_bytes / 1e6
