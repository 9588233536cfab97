"""The handwritten digits that scikit-learn carries, for the digits' benchmarks."""

import numpy as np

from nnlib.data import digits

TRAINING = 1437  # four fifths, from the front


def training_digits() -> tuple[np.ndarray, np.ndarray]:
    """Images X (1437, 8, 8, 1), from 0 to 1, and labels y (1437,), int32."""
    table = digits()
    return np.asarray(table.X[:TRAINING]), np.asarray(table.y[:TRAINING])
