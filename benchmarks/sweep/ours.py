"""Ours: `sweep`, as in the notebooks."""

import numpy as np

from benchmarks.sweep.problem import Sweep, network
from benchmarks.timing import Contender
from nnlib.losses import binary_cross_entropy
from nnlib.optim import adam
from nnlib.train import fit, sweep


def contender(task: Sweep) -> Contender:
    X, y, _, steps, _ = task.problem

    def final(rate, key):
        return fit(network(key), (X, y), binary_cross_entropy, adam(rate), steps).losses[-1]

    def train(_) -> float:
        return float(np.nanmin(np.asarray(sweep(final, rate=task.rates, key=task.keys))))

    return Contender("ours", train)
