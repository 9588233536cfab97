"""A part of the plane, and what lies on it."""

from .marks import MARKS, Arrow, Line, Path
from .plane import Plane

__all__ = ["MARKS", "Arrow", "Line", "Path", "Plane"]
