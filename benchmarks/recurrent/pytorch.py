"""PyTorch: nn.LSTM and nn.GRU."""

import numpy as np
from torch import nn

from benchmarks.loops import pytorch
from benchmarks.loops.pytorch import figures  # noqa: F401  part of the report
from benchmarks.recurrent.problem import UNITS, Recurrent, Weights
from benchmarks.timing import Contender

CELLS = {"lstm": nn.LSTM, "gru": nn.GRU}


class Network(nn.Module):
    def __init__(self, cell: str, n_in: int):
        super().__init__()
        self.cell = CELLS[cell](n_in, UNITS, batch_first=True)
        self.last = nn.Linear(UNITS, 1)

    def forward(self, x):
        return self.last(self.cell(x)[0][:, -1])[:, 0]


def contenders(problem: Recurrent) -> list[Contender]:
    cell, task = problem
    return pytorch.contenders(task, lambda: network(cell, task.weights))


def network(cell: str, weights: Weights) -> Network:
    W, U, b, V, d = weights
    model = Network(cell, len(W))
    pytorch.copy(model.parameters(), [W.T, U.T, b, np.zeros_like(b), V.T, d])  # it has two biases for one sum
    return model
