"""How each library trains in mini-batches, as its own pages have it: everything but the model and the data.

All go through the shuffled examples `epochs` times, with Adam; the last batch of an epoch may be short. What is
returned is the mean loss over the last epoch, as a Python float.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np


class Task(NamedTuple):
    """What everyone has to do. `weights` are those of our model, in NumPy; arrays are float32, labels int32."""

    X: np.ndarray  # (N, ...)
    y: np.ndarray  # (N,)
    weights: Any
    loss: str  # "cross_entropy" or "squared_error"
    epochs: int
    batch: int = 64
    learning_rate: float = 1e-3

    @property
    def per_epoch(self) -> int:
        """Batches in an epoch."""
        return -(-len(self.X) // self.batch)


def batches(task: Task, rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The shuffled batches of all epochs, cut in NumPy: a JAX array would be cut by a program for each cut."""
    for _ in range(task.epochs):
        order = rng.permutation(len(task.X))
        for start in range(0, len(order), task.batch):
            rows = order[start : start + task.batch]
            yield task.X[rows], task.y[rows]
