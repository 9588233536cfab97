"""A small network, with all its numbers."""

from .network import Network

__all__ = ["Network"]
