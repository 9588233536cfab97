"""Layers: modules from arrays to arrays, batch axes first and features last."""

from nnlib.layers.chain import Chain, chain, mlp
from nnlib.layers.conv import Conv, conv
from nnlib.layers.dense import Dense, dense
from nnlib.layers.pool import Flatten, GlobalPool, Pool, max_pool, mean_pool, min_pool
from nnlib.layers.windows import output_size

__all__ = [
    "Chain", "Conv", "Dense", "Flatten", "GlobalPool", "Pool", "chain", "conv", "dense", "max_pool", "mean_pool",
    "min_pool", "mlp", "output_size",
]  # fmt: skip
