"""Chapter 08: the race of optimizers, the sensitivity map, and its other live pieces."""

from .classifier import digit_rows, digit_views, train_digits
from .eigenvalues import eigenvalues
from .inside_adam import inside_adam
from .pairs import PAIRS
from .questions import which_average, which_correction, which_memory, which_nesterov, which_newton, which_start
from .race import race_views, run_race
from .real import CUT, FLOWERS
from .runners import KINDS, make, noisy, rows
from .scaling import half_life, memory_views, turned, turned_views
from .sensitivity import map_views, network_views
from .situations import SITUATIONS
from .steps import curvatures, look_ahead_views, newton_views, slope, slope_and_hessian
from .team import STEPS, run

__all__ = [
    "CUT", "FLOWERS", "KINDS", "PAIRS", "SITUATIONS", "STEPS", "curvatures", "digit_rows", "digit_views",
    "eigenvalues", "half_life", "inside_adam", "look_ahead_views", "make", "map_views", "memory_views",
    "network_views", "newton_views", "noisy", "race_views", "rows", "run", "run_race", "slope", "slope_and_hessian",
    "train_digits", "turned", "turned_views", "which_average", "which_correction", "which_memory", "which_nesterov",
    "which_newton", "which_start",
]  # fmt: skip
