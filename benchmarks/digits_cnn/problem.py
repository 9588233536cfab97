"""The task, and our model with the weights from which everyone starts."""

import jax
import numpy as np

from benchmarks.digits import training_digits
from benchmarks.loops import Task
from nnlib.activations import relu
from nnlib.layers import Flatten, Sequential, conv, dense, max_pool, sequential

CHANNELS, CLASSES = (8, 16), 10


def network() -> Sequential:
    keys = jax.random.split(jax.random.key(0), 3)
    first, second = CHANNELS
    return sequential(
        conv(keys[0], 1, first, 3, padding="same"), relu, max_pool(2),
        conv(keys[1], first, second, 3, padding="same"), relu, max_pool(2),
        Flatten(), dense(keys[2], 4 * second, CLASSES),
    )  # fmt: skip


def digits_task(epochs: int = 5) -> Task:
    """`weights` are the (W, b) of every layer: kernels (3, 3, inputs, outputs), then (inputs, outputs)."""
    X, y = training_digits()
    weights = [(np.asarray(layer.W), np.asarray(layer.b)) for layer in network().layers if hasattr(layer, "W")]
    return Task(X, y, weights, "cross_entropy", epochs)
