"""Layers: modules from arrays to arrays, batch axes first and features last."""

from nnlib.layers.chain import Chain, chain, mlp
from nnlib.layers.conv import Conv, conv
from nnlib.layers.dense import Dense, dense
from nnlib.layers.dropout import DropConnect, Dropout, drop_connect, dropout
from nnlib.layers.embedding import Embedding, embedding
from nnlib.layers.norm import BatchNorm, LayerNorm, batch_norm, layer_norm
from nnlib.layers.pool import Flatten, GlobalPool, Pool, max_pool, mean_pool, min_pool
from nnlib.layers.rbf import RBF, rbf
from nnlib.layers.residual import Residual, residual
from nnlib.layers.slopes import PReLU, RReLU, prelu_layer, rrelu_layer
from nnlib.layers.windows import output_size

__all__ = [
    "RBF", "BatchNorm", "Chain", "Conv", "Dense", "DropConnect", "Dropout", "Embedding", "Flatten", "GlobalPool",
    "LayerNorm", "PReLU", "Pool", "RReLU", "Residual", "batch_norm", "chain", "conv", "dense", "drop_connect",
    "dropout", "embedding", "layer_norm", "max_pool", "mean_pool", "min_pool", "mlp", "output_size", "prelu_layer",
    "rbf", "residual", "rrelu_layer",
]  # fmt: skip
