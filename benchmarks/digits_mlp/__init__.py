"""Digits by a 64-128-10 tanh network: mini-batches of 64, Adam (learning rate 0.001), 10 epochs of 1437 examples.

Everyone starts from the same weights and shuffles on its own.  Timed is the training alone; compiling is not counted.
"""

from benchmarks.contest import Rules, contest
from benchmarks.digits_mlp.problem import digits_task
from benchmarks.report import Report

RULES = Rules(trained=0.35, most={"pytorch": 0.4, "pytorch_1": 0.4})  # the loss begins at about 2.4


def run() -> Report:
    """Time all who are there, check that each has learned in every run, and report."""
    return contest(__name__, digits_task(), "raw_jax", RULES)
