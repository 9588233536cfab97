"""PyTorch."""

from torch import nn

from benchmarks.digits_cnn.channels import channels_first, parts
from benchmarks.digits_cnn.problem import CHANNELS, CLASSES
from benchmarks.loops import Task, pytorch
from benchmarks.loops.pytorch import figures  # noqa: F401  part of the report
from benchmarks.timing import Contender


def contenders(task: Task) -> list[Contender]:
    return pytorch.contenders(channels_first(task), lambda: network(task.weights))


def network(weights: list) -> nn.Module:
    first, second = CHANNELS
    model = nn.Sequential(
        nn.Conv2d(1, first, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(first, second, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(4 * second, CLASSES),
    )  # fmt: skip
    pytorch.copy(model.parameters(), parts(weights))
    return model
