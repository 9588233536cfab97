"""A table of numbers."""

from .matrix import MEETS, Matrix

__all__ = ["MEETS", "Matrix"]
