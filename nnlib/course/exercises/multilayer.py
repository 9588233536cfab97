"""Chapter 09's exercises: a network built from layers, how many numbers it has, and a score to beat."""

from .beating import BEST_SETTINGS
from .building import BUILD_MLP
from .counting import COUNT_PARAMETERS

__all__ = ["EXERCISES"]

EXERCISES = (BUILD_MLP, COUNT_PARAMETERS, BEST_SETTINGS)
