"""Digits by a small convolutional network: mini-batches of 64, Adam (learning rate 0.001), 5 epochs of 1437 examples.

3 x 3 convolution to 8 channels, relu, max pooling by 2; the same to 16 channels; a dense layer to 10 classes.  Everyone
starts from the same weights and shuffles on its own.  Timed is the training alone; compiling is not counted.
"""

from benchmarks.contest import Rules, contest
from benchmarks.digits_cnn.problem import digits_task
from benchmarks.report import Report

# The loss begins at about 2.4.
RULES = Rules(trained=1.8, most={"pytorch": 0.8, "pytorch_1": 0.8, "raw_jax": 1.1})


def run() -> Report:
    """Time all who are there, check that each has learned in every run, and report."""
    return contest(__name__, digits_task(), "raw_jax", RULES)
