"""Chapter 09's live pieces: the playground, approximation, linear regions, depth, rates, luck, distance, digits."""

from nnlib.course.playground import START, features, layers_of, playground_views, points_of, whole_run
from nnlib.course.playground import controls as playground_controls

from .approximation import approximation_views
from .budget import DRAWS, NETS, TASKS, budget_views, measured, parameters
from .bumps import COUNTS, LAWS, SHAPES, bump_views, cuts
from .compared import compared_views
from .depth import MOST_FOLDS, bends, deep_tent, depth_views, guaranteed, shallow_tent, tent
from .fan import RATES, fan_views
from .luck import TWELVE, luck_views
from .packed import mlp
from .pixels import EPOCHS, SORTS, STEPS, alike, errors, first_weights, mistake_views, pixel_views, pixels_cases
from .questions_playground import which_unit
from .questions_practice import which_alike, which_test
from .questions_theory import how_many_pieces, what_is_promised
from .radial import answers, centres, radial_views
from .regions import FRAME, arrangement, random_relus, region_views
from .sets import SETS, draw, right, seen
from .shallow import ACTIVATIONS, WAYS, WIDTHS, Shallow, approximate, errors_by_width, hidden
from .targets import JUMP, TARGETS, largest_error, samples

__all__ = [
    "ACTIVATIONS", "COUNTS", "DRAWS", "EPOCHS", "FRAME", "JUMP", "LAWS", "MOST_FOLDS", "NETS", "RATES", "SETS",
    "SHAPES", "SORTS", "START", "STEPS", "TARGETS", "TASKS", "TWELVE", "WAYS", "WIDTHS", "Shallow", "alike",
    "answers", "approximate", "approximation_views", "arrangement", "bends", "budget_views", "bump_views",
    "centres", "compared_views", "cuts", "deep_tent", "depth_views", "draw", "errors", "errors_by_width",
    "fan_views", "features", "first_weights", "guaranteed", "hidden", "how_many_pieces", "largest_error",
    "layers_of", "luck_views", "measured", "mistake_views", "mlp", "parameters", "pixel_views", "pixels_cases",
    "playground_controls", "playground_views", "points_of", "radial_views", "random_relus", "region_views",
    "right", "samples", "seen", "shallow_tent", "tent", "what_is_promised", "which_alike", "which_test",
    "which_unit", "whole_run",
]  # fmt: skip
