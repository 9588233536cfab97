"""Chapter 09's exercises: a network built from layers, how many numbers it has, and a score to beat."""

from .best_settings import BEST_SETTINGS
from .build_mlp import BUILD_MLP
from .count_parameters import COUNT_PARAMETERS

__all__ = ["EXERCISES"]

EXERCISES = (BUILD_MLP, COUNT_PARAMETERS, BEST_SETTINGS)
