"""Chapter 08's race of optimizers, and its other live pieces."""

from .race import STEPS, race_views, run, run_race
from .real import CUT, FLOWERS
from .runners import KINDS, make, noisy, rows

__all__ = ["CUT", "FLOWERS", "KINDS", "STEPS", "make", "noisy", "race_views", "rows", "run", "run_race"]
