"""The task, and our model with the weights from which everyone starts."""

import jax
import numpy as np

from benchmarks.digits import training_digits
from benchmarks.loops import Task
from nnlib.layers import Sequential, mlp

WIDTHS = (64, 128, 10)


def network() -> Sequential:
    return mlp(jax.random.key(0), *WIDTHS)


def digits_task(epochs: int = 10) -> Task:
    """`weights` are the (W, b) of every layer, W (inputs, outputs)."""
    X, y = training_digits()
    weights = [(np.asarray(layer.W), np.asarray(layer.b)) for layer in network().layers if hasattr(layer, "W")]
    return Task(X.reshape(len(X), -1), y, weights, "cross_entropy", epochs)
