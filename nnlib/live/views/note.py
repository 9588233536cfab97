"""A line of text."""

from __future__ import annotations

from dataclasses import dataclass

from .style import COLORS, SIZE
from .view import Put, View

__all__ = ["Note"]


@dataclass(frozen=True, eq=False)
class Note(View):
    """A line of text; among the views' columns it stands in its place, on its own it joins the status line.

    tone: "plain", "good" (with a tick) or "bad" (with a cross); any other is a ValueError.
    moments: a text for each moment of the films beside it; `text` is then what is said where there is no player.
    """

    text: str
    tone: str = "plain"
    title: str = ""
    moments: tuple[str, ...] = ()

    def __post_init__(self):
        if self.tone not in ("plain", "good", "bad"):
            raise ValueError(f"Note: expected a tone of plain, good or bad, got {self.tone!r}")

    def wire(self, put: Put) -> dict:
        return {"text": self.said, "tone": self.tone}

    @property
    def said(self) -> str | list[str]:
        """The text as the browser gets it: one, or one for each moment."""
        return list(self.moments) or self.text

    def words(self) -> str:
        return self.text

    def still(self, ax) -> None:
        color = {"plain": COLORS["ink"], "good": COLORS["teal"], "bad": COLORS["orange"]}[self.tone]
        ax.text(0, 1, self.text, va="top", fontsize=SIZE + 1, color=color, wrap=True, transform=ax.transAxes)
        ax.set_axis_off()

    def still_share(self, stack) -> float:
        return 0.35
