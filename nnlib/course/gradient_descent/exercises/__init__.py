"""Chapter 07's exercises: gradient descent, an epoch of mini-batches, and a learning rate that falls in a line."""

from .gradient_descent import GRADIENT_DESCENT
from .linear_annealing import LINEAR_ANNEALING
from .mini_batches import MINI_BATCHES

__all__ = ["EXERCISES"]

EXERCISES = (GRADIENT_DESCENT, MINI_BATCHES, LINEAR_ANNEALING)
