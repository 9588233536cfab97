"""Chapter 09's live pieces: multilayer perceptrons, what they can do and how they are trained."""

from .compared import compared_views
from .fan import RATES, fan_views
from .luck import TWELVE, luck_views
from .packed import mlp
from .pixels import EPOCHS, SORTS, STEPS, alike, errors, first_weights, mistake_views, pixel_views, pixels_cases
from .questions_practice import which_alike, which_test
from .radial import answers, centres, radial_views
from .sets import SETS, draw, right, seen

__all__ = [
    "EPOCHS", "RATES", "SETS", "SORTS", "STEPS", "TWELVE", "alike", "answers", "centres",
    "compared_views", "draw", "errors", "fan_views", "first_weights", "luck_views", "mistake_views", "mlp",
    "pixel_views", "pixels_cases", "radial_views", "right", "seen", "which_alike", "which_test",
]  # fmt: skip
