"""Ours."""

from benchmarks.digits_mlp.problem import network
from benchmarks.loops import Task, ours
from benchmarks.timing import Contender


def contender(task: Task) -> Contender:
    return ours.contender(task, network())
