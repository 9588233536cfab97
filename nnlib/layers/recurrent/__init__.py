"""Recurrent layers: the same weights at every step of a sequence, and a state that is handed on."""

from nnlib.layers.recurrent.base import Recurrent, reverse
from nnlib.layers.recurrent.bidirectional import Bidirectional, bidirectional
from nnlib.layers.recurrent.gru import GRU, gru
from nnlib.layers.recurrent.lstm import LSTM, lstm
from nnlib.layers.recurrent.rnn import RNN, Jordan, jordan, rnn

__all__ = [
    "GRU", "LSTM", "RNN", "Bidirectional", "Jordan", "Recurrent", "bidirectional", "gru", "jordan", "lstm",
    "reverse", "rnn",
]  # fmt: skip
