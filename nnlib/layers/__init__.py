"""Layers: modules from arrays to arrays, batch axes first and features last."""

from nnlib.layers.conv import Conv, conv
from nnlib.layers.dense import Dense, dense
from nnlib.layers.dropout import DropConnect, Dropout, drop_connect, dropout
from nnlib.layers.embedding import Embedding, embedding
from nnlib.layers.mask import Mask, mask, narrow
from nnlib.layers.norm import BatchNorm, LayerNorm, batch_norm, layer_norm
from nnlib.layers.pool import Flatten, GlobalPool, Pool, max_pool, mean_pool, min_pool
from nnlib.layers.rbf import RBF, rbf
from nnlib.layers.recurrent.base import Recurrent, reverse
from nnlib.layers.recurrent.bidirectional import Bidirectional, bidirectional
from nnlib.layers.recurrent.gru import GRU, gru
from nnlib.layers.recurrent.lstm import LSTM, lstm
from nnlib.layers.recurrent.rnn import RNN, Jordan, jordan, rnn
from nnlib.layers.residual import Residual, residual
from nnlib.layers.seq2seq import Seq2Seq, seq2seq
from nnlib.layers.sequential import Sequential, mlp, sequential
from nnlib.layers.slopes import PReLU, RReLU, prelu_layer, rrelu_layer
from nnlib.layers.switch import Switch, switch
from nnlib.layers.windows import output_size

__all__ = [
    "GRU", "LSTM", "RBF", "RNN", "BatchNorm", "Bidirectional", "Conv", "Dense", "DropConnect", "Dropout",
    "Embedding", "Flatten", "GlobalPool", "Jordan", "LayerNorm", "Mask", "PReLU", "Pool", "RReLU", "Recurrent",
    "Residual", "Seq2Seq", "Sequential", "Switch", "batch_norm", "bidirectional", "conv", "dense", "drop_connect",
    "dropout", "embedding", "gru", "jordan", "layer_norm", "lstm", "mask", "max_pool", "mean_pool", "min_pool", "mlp",
    "narrow", "output_size", "prelu_layer", "rbf", "residual", "reverse", "rnn", "rrelu_layer", "seq2seq",
    "sequential", "switch",
]  # fmt: skip
