"""JAX without any library, and the examples last through the whole network.

What was fastest of six ways: `lax.conv` is slow inside a scan on a CPU, and with the examples last every slice that a
convolution or a pool takes is a long row, where channels last gives pieces of 1 or 8 numbers.
"""

import jax
import jax.numpy as jnp

from benchmarks.loops import Task, raw_jax
from benchmarks.timing import Contender


def convolved(x, kernel, b):
    """(C, H, W, N) -> (M, H, W, N), padded by 1; kernel (3, 3, C, M)."""
    channels, height, width, n = x.shape
    padded = jnp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    patches = jnp.concatenate([padded[:, i : i + height, j : j + width] for i in range(3) for j in range(3)])
    z = kernel.reshape(9 * channels, -1).T @ patches.reshape(9 * channels, -1)  # (M, H W N)
    return z.reshape(-1, height, width, n) + b[:, None, None, None]


@jax.custom_vjp
def pooled(x):
    """(C, H, W, N) -> (C, H/2, W/2, N)."""
    cells = [x[:, i::2, j::2] for i in (0, 1) for j in (0, 1)]
    return jnp.maximum(jnp.maximum(cells[0], cells[1]), jnp.maximum(cells[2], cells[3]))


def back(kept, dy):
    x, y = kept
    channels, height, width, n = y.shape
    greatest = x.reshape(channels, height, 2, width, 2, n) == y[:, :, None, :, None]
    share = dy / greatest.sum((2, 4))
    return (jnp.where(greatest, share[:, :, None, :, None], 0).reshape(x.shape),)


pooled.defvjp(lambda x: (y := pooled(x), (x, y)), back)


def logits(weights, x):
    *convolutions, (W, b) = weights
    x = x.transpose(3, 1, 2, 0)
    for kernel, c in convolutions:
        x = pooled(jax.nn.relu(convolved(x, kernel, c)))
    return x.transpose(3, 1, 2, 0).reshape(x.shape[-1], -1) @ W + b  # (N, 64) -> (N, 10)


def contender(task: Task) -> Contender:
    return raw_jax.contender(task, logits)
