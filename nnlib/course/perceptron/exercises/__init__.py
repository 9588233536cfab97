"""Chapter 01's exercises: the machine, a gate, the learning rule, and why the learning rate does not matter."""

from .counts import COUNTS
from .nand import NAND
from .predict import PREDICT
from .update import UPDATE

__all__ = ["EXERCISES"]

EXERCISES = (PREDICT, NAND, UPDATE, COUNTS)
