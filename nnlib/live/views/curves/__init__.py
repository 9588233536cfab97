"""Lines over a common axis."""

from .curves import Curves
from .still import shown_name

__all__ = ["Curves", "shown_name"]
