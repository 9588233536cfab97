"""A computation graph."""

from .graph import Graph

__all__ = ["Graph"]
