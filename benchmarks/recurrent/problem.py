"""What everyone has to do: the adding problem, and weights from which all start."""

from typing import NamedTuple

import jax
import numpy as np

from benchmarks.loops import Task
from nnlib.data import adding_problem

UNITS, STEPS = 64, 50
GATES = {"lstm": 4, "gru": 3}


class Weights(NamedTuple):
    """Columns gate by gate in PyTorch's order: i, f, g, o in an LSTM; r, z, n in a GRU.  H units, G gates."""

    W: np.ndarray  # (D, G H), from the inputs
    U: np.ndarray  # (H, G H), from the state
    b: np.ndarray  # (G H,)
    V: np.ndarray  # (H, 1), the output's
    d: np.ndarray  # (1,)


class Recurrent(NamedTuple):
    """A task for cells of one kind, "lstm" or "gru"; the task's weights are `Weights`."""

    cell: str
    task: Task


def adding(cell: str, n_in: int = 2, sequences: int = 1024, epochs: int = 4) -> Recurrent:
    """The adding problem; inputs beyond the second are noise.  Weights are uniform as PyTorch's, biases 0."""
    X, y = adding_problem(jax.random.key(0), sequences, STEPS)
    rng = np.random.default_rng(0)
    noise = rng.uniform(size=(sequences, STEPS, n_in - 2)).astype(np.float32)
    task = Task(
        np.concatenate([X, noise], axis=-1), np.asarray(y), _weights(rng, n_in, GATES[cell]),
        loss="squared_error", epochs=epochs, learning_rate=0.01,
    )  # fmt: skip
    return Recurrent(cell, task)


def _weights(rng: np.random.Generator, n_in: int, gates: int) -> Weights:
    most, shapes = UNITS**-0.5, {"W": (n_in, gates * UNITS), "U": (UNITS, gates * UNITS), "V": (UNITS, 1)}
    drawn = {name: rng.uniform(-most, most, shape).astype(np.float32) for name, shape in shapes.items()}
    zeros = {"b": np.zeros(gates * UNITS, np.float32), "d": np.zeros(1, np.float32)}
    return Weights(**drawn, **zeros)
