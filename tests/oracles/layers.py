"""Layers beside PyTorch, SciPy, scikit-learn, and plain NumPy."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from nnlib import layers as ours
from nnlib.layers import Conv, Dense
from tests.oracles.part import Part, golden, numbers


def convolution(entry, **options):
    return golden(entry, lambda x, W, b: Conv(W, b, **options)(x), "layers.Conv")


def same_as_jax(x, W, b):
    return lax.conv_general_dilated(x, W, (2, 3), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC")) + b


CONVOLUTIONS = [
    convolution("conv 1d, stride 2, padding 1, dilation 2", stride=2, padding=1, dilation=2),
    convolution("conv 2d, valid"),
    convolution("conv 2d, stride 2, padding 1", stride=2, padding=1),
    convolution("conv 2d, stride (2, 1), padding (1, 2)", stride=(2, 1), padding=((1, 1), (2, 2))),
    convolution("conv 2d, dilation 2", dilation=2),
    convolution("conv 2d, same, dilation 2", padding="same", dilation=2),
    convolution("conv 2d, same, even kernel", padding="same"),
    convolution("conv 2d, full", padding="full"),
    convolution("conv 3d, padding 1", padding=1),
    Part("conv 2d, same, stride (2, 3)", lambda x, W, b: Conv(W, b, stride=(2, 3), padding="same")(x),
         (numbers(2, 6, 7, 2), numbers(3, 4, 2, 3), numbers(3)), "lax.conv", same_as_jax, "layers.Conv"),
]  # fmt: skip

PARTS = [
    golden("dense", lambda x, W, b: Dense(W, b)(x), "layers.Dense"),
    *CONVOLUTIONS,
]
