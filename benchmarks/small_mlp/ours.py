"""Ours, as in the notebooks: `fit`."""

import jax
import numpy as np

from benchmarks.small_mlp.problem import WIDTHS, Problem
from benchmarks.timing import Contender
from nnlib.layers import mlp
from nnlib.losses import binary_cross_entropy
from nnlib.optim import adam
from nnlib.train import fit


def contender(problem: Problem) -> Contender:
    X, y, _, steps, learning_rate = problem
    model = mlp(jax.random.key(0), *WIDTHS)  # the key of the problem's weights

    def train(_) -> float:
        run = fit(model, (X, y), binary_cross_entropy, adam(learning_rate), steps)
        return float(np.asarray(jax.block_until_ready(run).losses)[-1])

    return Contender("ours", train)
