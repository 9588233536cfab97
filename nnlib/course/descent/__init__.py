"""Chapter 07's live pieces: gradient descent in one and two dimensions, on hills with several valleys, and on data."""

from .basins import basins, ends
from .directions import directions
from .one_dimension import pace, parabola_views
from .questions import which_edge, which_rate, which_ridge
from .two_dimensions import best_rate, factor, ravine_views, steps_needed

__all__ = [
    "basins", "best_rate", "directions", "ends", "factor", "pace", "parabola_views", "ravine_views", "steps_needed",
    "which_edge", "which_rate", "which_ridge",
]  # fmt: skip
