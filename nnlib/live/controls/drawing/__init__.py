"""A drawing, pixel by pixel."""

from .drawing import DrawingInput, drawing
from .ink import Drawing, drawn

__all__ = ["Drawing", "DrawingInput", "drawing", "drawn"]
