"""What everyone has to do: data, starting weights, how long, how fast."""

from typing import NamedTuple

import jax
import numpy as np

from nnlib.data import spirals
from nnlib.layers import mlp


class Problem(NamedTuple):
    """`weights` are the (W, b) of every layer, W (inputs, outputs); all arrays are NumPy's, float32."""

    X: np.ndarray  # (N, 2)
    y: np.ndarray  # (N,), 0 or 1
    weights: list[tuple[np.ndarray, np.ndarray]]
    steps: int = 1000
    learning_rate: float = 0.03


WIDTHS = (2, 16, 16, 1)


def two_spirals(steps: int = 1000) -> Problem:
    """300 points, and a 2-16-16-1 network with Glorot's uniform weights and biases 0."""
    key = jax.random.key(0)
    X, y = spirals(key, 300)
    dense = [layer for layer in mlp(key, *WIDTHS).layers if hasattr(layer, "W")]
    weights = [(np.asarray(layer.W), np.asarray(layer.b)) for layer in dense]
    return Problem(np.asarray(X), np.asarray(y, np.float32), weights, steps)
