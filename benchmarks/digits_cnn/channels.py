"""Channels before rows and columns, as PyTorch and Equinox have them."""

import numpy as np

from benchmarks.digits_cnn.problem import CHANNELS
from benchmarks.loops import Task


def channels_first(task: Task) -> Task:
    """The same task with images (N, C, H, W)."""
    return task._replace(X=np.ascontiguousarray(task.X.transpose(0, 3, 1, 2)))


def parts(weights: list) -> list[np.ndarray]:
    """Weights and biases in order: kernels (M, C, 3, 3), and the matrix (M, D) for inputs in their order."""
    *kernels, (W, b) = weights
    W = W.reshape(2, 2, CHANNELS[-1], -1).transpose(3, 2, 0, 1).reshape(W.shape[1], -1)
    return [part for kernel, c in kernels for part in (kernel.transpose(3, 2, 0, 1), c)] + [W, b]
