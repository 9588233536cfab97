"""Looking into networks that see: feature maps, what an answer rests on, and how far a unit sees."""

import math
from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.given import check_sizes
from nnlib.module import Array, Module, as_float, merge, split
from nnlib.probe.layers import activations

__all__ = ["feature_maps", "occlusion_map", "receptive_field"]


def feature_maps(model: Module, image: Array) -> list[Array]:
    """What the layers of `model`, a `Sequential`, see in one image (H, W, C): all their maps, (H', W', C') each."""
    return [a[0] for a in activations(model, image[None]) if a.ndim == 4]


def occlusion_map(score: Callable, image: Array, size: int = 3, stride: int = 1, fill: float | Array = 0.0) -> Array:
    """How much the score falls when a square is covered: score(image) - score(image with `fill` there), (H', W').

    score: images (N, H, W, C) -> (N,), such as lambda x: model(x)[:, label]. Square (i, j) has `size` pixels a side and
    begins at (i stride, j stride); H' = floor((H - size) / stride) + 1. fill: one number, or one for each channel (C,);
    anything else is a TypeError. ValueError: a square that does not fit into the image, or a size or a stride that is
    no whole number from 1 up.
    Source: Zeiler and Fergus, 2014.
    """
    check_sizes("occlusion_map", 1, size=size, stride=stride)
    height, width, _ = image.shape
    if size > min(height, width):
        sizes = f"a size from 1 to {min(height, width)}, and a stride from 1, got {size} and {stride}"
        raise ValueError(f"occlusion_map: expected {sizes}; the square must fit into the image")
    top, left = np.arange(0, height - size + 1, stride), np.arange(0, width - size + 1, stride)
    rows = (np.arange(height) >= top[:, None]) & (np.arange(height) < top[:, None] + size)  # (H', H)
    columns = (np.arange(width) >= left[:, None]) & (np.arange(width) < left[:, None] + size)  # (W', W)
    covered = (rows[:, None, :, None] & columns[None, :, None, :]).reshape(-1, height, width, 1)  # (H' W', H, W, 1)
    drop = score(image[None]) - score(jnp.where(covered, as_float(fill).astype(image.dtype), image))
    return drop.reshape(len(top), len(left))


def receptive_field(model: Callable, shape: tuple, position: tuple) -> Array:
    """Which places of an input of this shape a unit of the output can see: true or false for each place.

    A NaN as the gradient of output[position] comes back to all that it can depend on, and to nothing else. model: a
    function, or a Module, whose weights do not matter: they are replaced by positive ones, which keep every ReLU on.
    shape: of one input, channels last, (H, W, C) or (T, C); position: (i, j) or (t,), all channels together. A chain
    of kernels k_l with strides s_l reaches over 1 + sum_l (k_l - 1) s_1 ... s_(l-1) places, fewer at the border.
    """
    if isinstance(model, Module):
        trained, rest = split(model)
        model = merge(jax.tree.map(lambda w: jnp.ones_like(w) / math.prod(w.shape[:-1]), trained), rest)
    outputs, back = jax.vjp(model, jnp.ones((1, *shape)))
    (seen,) = back(jnp.zeros_like(outputs).at[(0, *position)].set(jnp.nan))
    return jnp.isnan(seen[0]).any(-1)
