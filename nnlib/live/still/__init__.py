"""The same views on paper: one matplotlib figure for a frame, without pyplot, for stored notebooks and print."""

from .page import bundle, figure

__all__ = ["bundle", "figure"]
