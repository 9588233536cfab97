"""Ours, as in the notebooks: `fit` with a batch."""

from typing import Any

import jax
import numpy as np

from benchmarks.loops import Task
from benchmarks.timing import Contender
from nnlib.losses import softmax_cross_entropy, squared_error
from nnlib.optim import adam
from nnlib.train import fit

LOSSES = {"cross_entropy": softmax_cross_entropy, "squared_error": squared_error}


def contender(task: Task, model: Any) -> Contender:
    data, loss, steps = (task.X, task.y), LOSSES[task.loss], task.epochs * task.per_epoch

    def train(_) -> float:
        run = fit(model, data, loss, adam(task.learning_rate), steps, batch=task.batch, key=jax.random.key(0))
        return float(np.mean(np.asarray(run.losses)[-task.per_epoch :]))

    return Contender("ours", train)
