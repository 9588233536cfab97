"""A map of numbers as colours."""

from .heat_map import HeatMap

__all__ = ["HeatMap"]
