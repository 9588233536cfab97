"""Chapter 07: descent on data, and its live pieces."""

from .batches import SIZES, batch_views, noise_law, spread
from .landscape import CUTS, FRAMES, MOONS, cut, landscape_views, mean_loss, principal, share_held
from .questions_data import which_cut, which_floor, which_noise, which_scaling, which_steps, which_stop
from .regression import INPUTS, descend_by, error, gradient, least_squares, petals, regression_views, relief
from .schedules import STEPS, noisy_race, rows, schedule_views
from .stopping import EVERY, overfitting, stopping_views

__all__ = [
    "CUTS", "EVERY", "FRAMES", "INPUTS", "MOONS", "SIZES", "STEPS", "batch_views", "cut", "descend_by", "error",
    "gradient", "landscape_views", "least_squares", "mean_loss", "noise_law", "noisy_race", "overfitting", "petals",
    "principal", "regression_views", "relief", "rows", "schedule_views", "share_held", "spread", "stopping_views",
    "which_cut", "which_floor", "which_noise", "which_scaling", "which_steps", "which_stop",
]  # fmt: skip
