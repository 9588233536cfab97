"""Chapter 05's live pieces, from a graph's paths to the curvature of a surface."""

from .expressions import KNOWN, START, STEPS
from .functions import jax_function, show
from .questions import which_mode, which_nudge, which_reset
from .rates import differences, passes, small_changes
from .routes import diamonds, paths

__all__ = [
    "KNOWN", "START", "STEPS", "diamonds", "differences", "jax_function", "passes", "paths", "show", "small_changes",
    "which_mode", "which_nudge", "which_reset",
]  # fmt: skip
