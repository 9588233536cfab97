"""A package a chapter, named as its notebook; `common` is what they share.  A chapter's point is in its notebook."""

from .exercises import check, hint, solution

__all__ = ["check", "hint", "solution"]
