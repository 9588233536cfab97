"""Ours, one run by itself: what a run in a sweep should not exceed."""

from benchmarks.small_mlp import ours
from benchmarks.sweep.problem import Sweep
from benchmarks.timing import Contender


def contender(task: Sweep) -> Contender:
    return Contender("single", ours.contender(task.problem).train)
