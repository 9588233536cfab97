"""Chapter 06's exercises: backward through a linear layer, through two layers, and a transposed matrix to be found."""

from .linear_backward import LINEAR
from .spot import SPOT
from .two_layer_backward import TWO

__all__ = ["EXERCISES"]

EXERCISES = (LINEAR, TWO, SPOT)
