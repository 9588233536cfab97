"""PyTorch: one run by itself.  Its optimizers take one learning rate for all."""

from benchmarks.small_mlp import pytorch
from benchmarks.small_mlp.pytorch import figures  # noqa: F401  part of the report
from benchmarks.sweep.problem import Sweep
from benchmarks.timing import Contender


def contender(task: Sweep) -> Contender:
    return pytorch.contender(task.problem)
