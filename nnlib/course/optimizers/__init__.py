"""Chapter 08's race of optimizers, and its other live pieces."""

from .race import KINDS, STEPS, race_views, rows, run_race

__all__ = ["KINDS", "STEPS", "race_views", "rows", "run_race"]
