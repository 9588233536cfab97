"""A grid of pictures."""

from .images import Images

__all__ = ["Images"]
