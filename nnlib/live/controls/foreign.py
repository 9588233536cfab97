"""Any ipywidgets widget that has a value, in place of a control of our own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .control import Control

__all__ = ["Foreign"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Foreign(Control):
    """Shown above the piece; its value goes to the function as it is."""

    widget: Any
    kind = "widget"
    place = "outside"

    @property
    def value(self):
        return self.widget.value
