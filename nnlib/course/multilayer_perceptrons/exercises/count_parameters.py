"""Chapter 09's exercise of how many numbers a network learns."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np

from nnlib.course.common.exercise import Exercise, Wrong

__all__ = ["COUNT_PARAMETERS", "count_parameters"]


def count_parameters(sizes):
    return sum((sizes[k] + 1) * sizes[k + 1] for k in range(len(sizes) - 1))


def _counted(count: Callable) -> Callable:
    """The answer of a learner who adds up count(n_in, n_out) over the layers."""
    return lambda sizes: sum(count(n_in, n_out) for n_in, n_out in itertools.pairwise(sizes))


COUNT_PARAMETERS = Exercise(
    solution=count_parameters,
    cases=[((2, 3, 1),), ((2, 32, 1),), ((2, 32, 16, 1),), ((64, 32, 10),), ((5, 4),)],
    right="For each layer n_in · n_out weights, and n_out biases.",
    wrong=[
        Wrong(
            _counted(lambda n_in, n_out: n_in * n_out),
            "The biases are forgotten: each unit that is no input has one.",
        ),
        Wrong(
            lambda sizes: count_parameters(sizes) + sizes[0],
            "Biases are counted for the inputs, too. An input is only a number that comes in; it has none.",
        ),
        Wrong(
            lambda sizes: int(np.prod(sizes)) + sum(sizes[1:]),
            "All sizes are multiplied, and the biases added. Weights join neighbours only: a product for each layer.",
        ),
        Wrong(
            lambda sizes: int(np.prod(sizes)),
            "All sizes are multiplied. Weights join neighbours only: a product for each layer, and their sum.",
        ),
        Wrong(
            _counted(lambda n_in, n_out: n_in * (n_out + 1)),
            "The biases are the wrong way round: n_in for each layer. Its *outputs* have one each, n_out.",
        ),
        Wrong(
            _counted(lambda n_in, n_out: n_in * n_out + 1),
            "One bias for each layer. Each of its units has one of its own: n_out.",
        ),
        Wrong(
            lambda sizes: count_parameters(sizes[:-1]),
            "The last layer, to the outputs, is left out.",
        ),
        Wrong(
            lambda sizes: count_parameters(sizes) - sizes[-1],
            "The biases of the outputs are forgotten: the output units have them, too.",
        ),
        Wrong(
            lambda sizes: sum(sizes),
            "Those are the units. What is learned are the weights between them, n_in · n_out, and the biases.",
        ),
    ],
    hints=[
        "Think of one layer first, from n_in to n_out: how large is W, how large is b?",
        "n_in · n_out weights and n_out biases, that is (n_in + 1) · n_out. Add these up over all pairs of neighbours.",
        "`sum((sizes[k] + 1) * sizes[k + 1] for k in range(len(sizes) - 1))`.",
    ],
    because="W has a number for every pair of an input and an output of its layer, b one for every output: as if there "
    "were one more input, which is always 1.",
)
