"""Chapter 09's live pieces: the playground, approximation, linear regions, depth, rates, luck, distance, digits."""

from nnlib.course.playground import controls as playground_controls
from nnlib.course.playground import playground_views, whole_run

from .questions_playground import which_unit

__all__ = ["playground_controls", "playground_views", "which_unit", "whole_run"]
