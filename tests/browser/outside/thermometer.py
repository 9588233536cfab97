"""A view of its own: a number between 0 and 1 as a column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nnlib.live import View


@dataclass(frozen=True, eq=False)
class Thermometer(View):
    """How warm something is, from 0 to 1; a film of numbers rises and falls with the player."""

    value: Any
    title: str = ""

    def wire(self, put):
        return {"value": put(self.value)}

    def words(self):
        return f"{self.title or 'Thermometer'} at {self._now:.0%}."

    def still(self, ax):
        ax.bar([0], [self._now], color="#d9731a")
        ax.set(xlim=(-1, 1), ylim=(0, 1), xticks=[])

    @property
    def _now(self) -> float:
        return float(getattr(self.value, "frames", [self.value])[-1])
