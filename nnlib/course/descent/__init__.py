"""Chapter 07's live pieces: gradient descent in one and two dimensions, on hills with several valleys, and on data."""

from .batches import SIZES, batch_views, noise_law, spread
from .landscape import CUTS, FRAMES, MOONS, TRAINED, cut, landscape_views, mean_loss, principal, share_held
from .one_dimension import pace, parabola_views
from .questions import (
    which_cut,
    which_edge,
    which_floor,
    which_noise,
    which_rate,
    which_ridge,
    which_scaling,
    which_steps,
    which_stop,
)
from .regression import INPUTS, descend_by, error, gradient, least_squares, petals, regression_views, relief
from .schedules import STEPS, noisy_race, rows, schedule_views
from .starts import basins, ends
from .steepest import directions
from .stopping import EVERY, overfitting, stopping_views
from .two_dimensions import best_rate, factor, ravine_views, steps_needed

__all__ = [
    "CUTS", "EVERY", "FRAMES", "INPUTS", "MOONS", "SIZES", "STEPS", "TRAINED", "basins", "batch_views", "best_rate",
    "cut", "descend_by", "directions", "ends", "error", "factor", "gradient", "landscape_views", "least_squares",
    "mean_loss", "noise_law", "noisy_race", "overfitting", "pace", "parabola_views", "petals", "principal",
    "ravine_views", "regression_views", "relief", "rows", "schedule_views", "share_held", "spread", "steps_needed",
    "stopping_views", "which_cut", "which_edge", "which_floor", "which_noise", "which_rate", "which_ridge",
    "which_scaling", "which_steps", "which_stop",
]  # fmt: skip
