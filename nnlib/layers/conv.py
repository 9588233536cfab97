"""Convolution: one small set of weights, used at every place of the input."""

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp

from nnlib.given import check_sizes
from nnlib.initializers import he_normal
from nnlib.layers.windows import as_window, lay, shifted
from nnlib.module import Array, Module, static

__all__ = ["Conv", "conv"]


class Conv(Module):
    """A convolutional layer, without its activation, over one, two or more axes.

        z[n, i, :] = b + sum over the cells u of the window: x[n, s i + d u - p, :] W[u]

    (cross-correlation: the kernel is not flipped), with stride s, dilation d and p zeros before the input.
    Shapes: x (N, H, W, C), W (k_h, k_w, C, M), b (M,), z (N, H', W', M) with H' = `output_size(H, k_h, s, p, d)`;
    along one axis x (N, T, C), W (k, C, M). stride and dilation: a number, or one for each axis; padding: "valid",
    "same", "full" or a number, or for each axis one of these or a pair (before, after). ValueError: an x of other axes
    or channels, or smaller than the window.
    """

    W: Array
    b: Array
    stride: Any = static(1)
    padding: Any = static("valid")
    dilation: Any = static(1)

    def __call__(self, x: Array) -> Array:
        x = jnp.asarray(x)
        *window, n_in, n_out = self.W.shape
        if x.ndim != self.W.ndim or x.shape[-1] != n_in:
            shape = f"({'N, ' + 'n, ' * len(window)}{n_in})"
            raise ValueError(f"Conv: expected inputs of shape {shape}, got {x.shape}; examples first, channels last")
        axes = lay("Conv", x.shape[1:-1], window, self.stride, self.padding, self.dilation)
        # One product of all patches and W: inside a compiled loop on a CPU, lax.conv is several times slower.
        W, cells = self.W.reshape(-1, n_out), list(shifted(x, axes))  # (k_h k_w C, M), k_h k_w times (N, H', W', C)
        if n_in == 1:  # whole slices are copied faster than their numbers one by one
            patches = jnp.stack([cell.ravel() for cell in cells]).T
        else:
            patches = jnp.concatenate(cells, axis=-1).reshape(-1, len(W))  # (N H' W', k_h k_w C)
        return (patches @ W).reshape(*cells[0].shape[:-1], n_out) + self.b  # (N, H', W', M)


def conv(
    key: Array, n_in: int, n_out: int, window: int | tuple[int, ...], *, stride: Any = 1, padding: Any = "valid",
    dilation: Any = 1, init: Callable = he_normal,
) -> Conv:  # fmt: skip
    """A `Conv` to train: n_out kernels over n_in channels, W = init(key, (*window, n_in, n_out)), biases 0.

    `window` is a number for a square one on images, or a tuple with one for each axis: (3,) for sequences. stride,
    padding, dilation: as there. It has prod(window) n_in n_out + n_out parameters. ValueError: a size, stride or
    dilation that is not a whole number from 1 up, or another padding.
    """
    window = as_window(window)
    check_sizes("conv", 1, n_in=n_in, n_out=n_out)
    lay("conv", None, window, stride, padding, dilation)
    return Conv(init(key, (*window, n_in, n_out)), jnp.zeros(n_out), stride, padding, dilation)
