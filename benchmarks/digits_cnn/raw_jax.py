"""JAX without any library.

On a CPU, `lax.conv` is slow inside a scan.  What was fastest of five ways: a kernel is written out along the width as a
banded matrix, so that each row of the answer is three rows of the image times a matrix.
"""

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.loops import Task, raw_jax
from benchmarks.timing import Contender


def convolved(x, kernel, b):
    """(N, H, W, C) -> (N, H, W, M), padded by 1; kernel (3, 3, C, M)."""
    n, height, width, channels = x.shape
    bands = np.stack([np.eye(width, k=1 - j, dtype=np.float32) for j in range(3)])  # (3, W, W): in, out
    matrix = jnp.einsum("jab,ijcd->iacbd", bands, kernel).reshape(3 * width * channels, -1)
    padded = jnp.pad(x.reshape(n, height, width * channels), ((0, 0), (1, 1), (0, 0)))
    rows = jnp.concatenate([padded[:, i : i + height] for i in range(3)], axis=-1)  # (N, H, 3 W C)
    return (rows @ matrix).reshape(n, height, width, -1) + b


def pooled(x):
    """(N, H, W, C) -> (N, H/2, W/2, C)."""
    n, height, width, channels = x.shape
    return x.reshape(n, height // 2, 2, width // 2, 2, channels).max((2, 4))


def logits(weights, x):
    *convolutions, (W, b) = weights
    for kernel, c in convolutions:
        x = pooled(jax.nn.relu(convolved(x, kernel, c)))
    return x.reshape(len(x), -1) @ W + b  # (N, 64) -> (N, 10)


def contender(task: Task) -> Contender:
    return raw_jax.contender(task, logits)
