"""PyTorch."""

from torch import nn

from benchmarks.digits_mlp.problem import WIDTHS
from benchmarks.loops import Task, pytorch
from benchmarks.loops.pytorch import figures  # noqa: F401  part of the report
from benchmarks.timing import Contender


def contenders(task: Task) -> list[Contender]:
    return pytorch.contenders(task, lambda: network(task.weights))


def network(weights: list) -> nn.Module:
    n_in, width, n_out = WIDTHS
    model = nn.Sequential(nn.Linear(n_in, width), nn.Tanh(), nn.Linear(width, n_out))
    pytorch.copy(model.parameters(), [part for W, b in weights for part in (W.T, b)])
    return model
