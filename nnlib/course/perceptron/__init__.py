"""Chapter 01's live pieces, from the nerve cell to measured flowers."""

from .learning import rates, steps, tally, widest, words
from .limits import bound, real_data, xor
from .machine import decision, distance
from .neuron import neuron
from .planes import answers
from .questions import which_bound, which_line

__all__ = [
    "answers", "bound", "decision", "distance", "neuron", "rates", "real_data", "steps", "tally",
    "which_bound", "which_line", "widest", "words", "xor",
]  # fmt: skip
