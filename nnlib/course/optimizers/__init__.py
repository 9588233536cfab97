"""Chapter 08's race of optimizers, and its other live pieces."""

from .eigenvalues import EXACT, eigenvalues, law, matrices, positive
from .inside_adam import SIGNALS, half_life, inside, inside_adam, too_large
from .race import KINDS, STEPS, race_views, rows, run_race

__all__ = [
    "EXACT", "KINDS", "SIGNALS", "STEPS", "eigenvalues", "half_life", "inside", "inside_adam", "law", "matrices",
    "positive", "race_views", "rows", "run_race", "too_large",
]  # fmt: skip
