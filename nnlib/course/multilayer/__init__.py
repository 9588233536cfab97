"""Chapter 09's live pieces: the playground, approximation, linear regions, depth, rates, luck, distance, digits."""

from nnlib.course.playground import controls as playground_controls
from nnlib.course.playground import playground_views, whole_run

from .approximation import approximation_views
from .budget import DRAWS, NETS, TASKS, budget_views, measured, parameters
from .bumps import COUNTS, LAWS, SHAPES, bump_views, cuts
from .depth import MOST_FOLDS, deep_tent, depth_views, guaranteed, shallow_tent, tent
from .questions_playground import which_unit
from .questions_theory import how_many_pieces, what_is_promised
from .regions import FRAME, arrangement, random_relus, region_views
from .shallow import ACTIVATIONS, WAYS, WIDTHS, Shallow, approximate, errors_by_width, hidden
from .targets import JUMP, TARGETS, largest_error, samples

__all__ = [
    "ACTIVATIONS", "COUNTS", "DRAWS", "FRAME", "JUMP", "LAWS", "MOST_FOLDS", "NETS", "SHAPES", "TARGETS", "TASKS",
    "WAYS", "WIDTHS", "Shallow", "approximate", "approximation_views", "arrangement", "budget_views",
    "bump_views", "cuts", "deep_tent", "depth_views", "errors_by_width", "guaranteed", "hidden",
    "how_many_pieces", "largest_error", "measured", "parameters", "playground_controls", "playground_views",
    "random_relus", "region_views", "samples", "shallow_tent", "tent", "what_is_promised", "which_unit",
    "whole_run",
]  # fmt: skip
