"""One module a chapter with its live pieces; the exercises.  The point of a chapter stands in its notebook."""

from .exercises import check, hint, solution

__all__ = ["check", "hint", "solution"]
