"""Layers beside PyTorch, SciPy, JAX's own convolution, and plain NumPy.

Each layer is made by its factory, which sets what is no array, and then gets the weights that the oracle has.
"""

import jax
import jax.numpy as jnp
import numpy as np
import scipy.spatial
from jax import lax

from nnlib.activations import relu
from nnlib.initializers import zeros
from nnlib.layers import (
    Dense,
    Flatten,
    GlobalPool,
    batch_norm,
    conv,
    dense,
    drop_connect,
    dropout,
    embedding,
    layer_norm,
    max_pool,
    mean_pool,
    min_pool,
    prelu_layer,
    rbf,
    residual,
    rrelu_layer,
)  # fmt: skip
from nnlib.module import replace
from tests.oracles.part import Part, golden, numbers

KEY = jax.random.key(0)
X = numbers(4, 3, scale=2)


def convolution(entry, window, **options):
    return golden(
        entry,
        lambda x, W, b: replace(conv(KEY, 2, 3, window, init=zeros, **options), W=W, b=b)(x),
        "layers.Conv layers.conv",
    )


def same_as_jax(x, W, b):
    return lax.conv_general_dilated(x, W, (2, 3), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC")) + b


def pool(entry, layer):
    return golden(entry, layer, f"layers.Pool layers.{entry.split()[0]}")


def global_pool(kind):
    return golden(f"{kind}_pool, global", lambda x: GlobalPool(kind)(x)[:, None, None], "layers.GlobalPool")


def our_batch_norm(first, second, x, gamma, beta, mean, variance, momentum, eps):
    layer = replace(batch_norm(3, momentum, eps), gamma=gamma, beta=beta, mean=mean, variance=variance)
    y1, layer = layer.train_call(first, None)
    y2, layer = layer.train_call(second, None)
    return y1, y2, layer(x), layer.mean, layer.variance


def our_layer_norm(x, gamma, beta, eps):
    return replace(layer_norm(4, eps), gamma=gamma, beta=beta)(x)


def thinned(x, rate):
    """Dropout's answer with what was left out filled in and the scale taken back; its prediction; whether any is 0."""
    layer = dropout(rate)
    y, _ = layer.train_call(x, KEY)
    return jnp.where(y == 0, x, y * (1 - rate)), layer(x), jnp.any(y == 0) & jnp.any(y != 0)


def thinned_weights(x, W, b, rate):
    """The same for DropConnect's weights, which an input of unit vectors shows; and that all inputs meet the same."""
    layer = drop_connect(replace(dense(KEY, 3, 2, zeros), W=W, b=b), rate)
    seen = layer.train_call(jnp.eye(3), KEY)[0] - b
    gap = layer.train_call(x, KEY)[0] - (x @ seen + b)
    left_out = jnp.abs(seen) < 1e-6
    kept = jnp.any(left_out) & jnp.any(~left_out)
    return jnp.where(left_out, W, seen * (1 - rate)), gap, layer(x), kept


def random_slopes(z, low, high):
    """The slopes behind the answers, cut to their range, give the answers again; then the prediction."""
    layer = rrelu_layer(low, high)
    y, _ = layer.train_call(z, KEY)
    return y - jnp.where(z > 0, z, jnp.clip(y / z, low, high) * z), layer(z)


def our_residual(x, W, b, V, c):
    inner, shortcut = Dense(W, b), Dense(V, c)
    return residual(inner)(x), residual(inner, shortcut, relu)(x)


def residual_by_hand(x, W, b, V, c):
    return x @ W + b + x, np.maximum(x @ W + b + x @ V + c, 0)


def bumps(x, centres, widths):
    return np.exp(-scipy.spatial.distance.cdist(x, centres, "sqeuclidean") / (2 * widths**2))


PARTS = [
    golden("dense", lambda x, W, b: replace(dense(KEY, 3, 2, zeros), W=W, b=b)(x), "layers.Dense layers.dense"),
    convolution("conv 1d, stride 2, padding 1, dilation 2", (3,), stride=2, padding=1, dilation=2),
    convolution("conv 2d, valid", (3, 2)),
    convolution("conv 2d, stride 2, padding 1", 3, stride=2, padding=1),
    convolution("conv 2d, stride (2, 1), padding (1, 2)", (3, 2), stride=(2, 1), padding=(1, 2)),
    convolution("conv 2d, dilation 2", (3, 2), dilation=2),
    convolution("conv 2d, same, dilation 2", 3, padding="same", dilation=2),
    convolution("conv 2d, same, even kernel", (2, 4), padding="same"),
    convolution("conv 2d, full", (3, 2), padding="full"),
    convolution("conv 3d, padding 1", (2, 3, 2), padding=1),
    Part("conv 2d, same, stride (2, 3)",
         lambda x, W, b: replace(conv(KEY, 2, 3, (3, 4), stride=(2, 3), padding="same", init=zeros), W=W, b=b)(x),
         (numbers(2, 6, 7, 2), numbers(3, 4, 2, 3), numbers(3)), "jax.lax", same_as_jax, "layers.Conv layers.conv"),
    pool("max_pool 1d, 2", max_pool((2,))),
    pool("max_pool 2d, 3 stride 2", max_pool(3, stride=2)),
    pool("max_pool 2d, 3 stride 2 padding 1", max_pool(3, stride=2, padding=1)),
    pool("min_pool 2d, 2", min_pool(2)),
    pool("mean_pool 2d, 2", mean_pool(2)),
    pool("mean_pool 2d, 3 stride 1", mean_pool(3, stride=1)),
    pool("mean_pool 2d, 3 stride 2 padding 1", mean_pool(3, stride=2, padding=1)),
    pool("mean_pool 3d, 2", mean_pool((2, 2, 2))),
    global_pool("max"),
    global_pool("mean"),
    Part("flatten", lambda x: Flatten()(x), (numbers(2, 3, 2, 2),), "NumPy", lambda x: x.reshape(2, 12),
         "layers.Flatten"),
    golden("batch_norm", our_batch_norm, "layers.BatchNorm layers.batch_norm"),
    golden("batch_norm, images", our_batch_norm, "layers.BatchNorm layers.batch_norm"),
    golden("layer_norm", our_layer_norm, "layers.LayerNorm layers.layer_norm"),
    golden("embedding", lambda ids, W: replace(embedding(KEY, 5, 2, zeros), table=W)(ids),
           "layers.Embedding layers.embedding"),
    golden("prelu", lambda z, a: replace(prelu_layer(3), a=a)(z), "layers.PReLU layers.prelu_layer",
           name="prelu layer"),
    golden("rrelu", lambda z, low, high: rrelu_layer(low, high)(z), "layers.RReLU layers.rrelu_layer",
           name="rrelu layer, predicting"),
    Part("rrelu layer, training", random_slopes, (X, np.array(0.125), np.array(0.375)), "NumPy",
         lambda z, low, high: (np.zeros_like(z), np.where(z > 0, z, (low + high) / 2 * z)), "layers.RReLU"),
    Part("dropout", thinned, (X, np.array(0.25)), "NumPy", lambda x, rate: (x, x, np.array(True)),
         "layers.Dropout layers.dropout"),
    Part("drop_connect", thinned_weights, (X, numbers(3, 2), numbers(2), np.array(0.25)), "NumPy",
         lambda x, W, b, rate: (W, 0 * (x @ W), x @ W + b, np.array(True)), "layers.DropConnect layers.drop_connect"),
    Part("residual", our_residual, (X, numbers(3, 3), numbers(3), numbers(3, 3, seed=1), numbers(3, seed=1)),
         "NumPy", residual_by_hand, "layers.Residual layers.residual"),
    Part("rbf", lambda x, centres, widths: replace(rbf(KEY, 3, 5, init=zeros), centres=centres, widths=widths)(x),
         (X, numbers(5, 3), 1 + np.arange(5) / 4), "SciPy", bumps, "layers.RBF layers.rbf"),
]  # fmt: skip
