"""What an exercise says: its state and a sentence; with a coloured edge in the notebook, plain text elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

__all__ = ["Verdict"]

# state: its sign and its colour, each light enough and dark enough for both themes
LOOKS = {"right": ("✓", "#2b8f8a"), "not yet": ("✕", "#d9731a"), "not attempted yet": ("○", "#8a8d93")}
OTHER = ("→", "#4a85c9")


@dataclass(frozen=True)
class Verdict:
    """What is said of an exercise.  state: "right", "not yet", "not attempted yet", a hint's number, ..."""

    exercise: str
    state: str
    says: str
    code: str = ""

    @property
    def right(self) -> bool:
        """Whether the exercise is solved."""
        return self.state == "right"

    def __repr__(self) -> str:
        sign, _ = LOOKS.get(self.state, OTHER)
        head = f"{sign} {self.exercise}: {self.state}."
        return f"{head}\n\n{self.code}\n\n{self.says}" if self.code else f"{head} {self.says}"

    def _repr_html_(self) -> str:
        sign, colour = LOOKS.get(self.state, OTHER)
        box = f"border-left: 3px solid {colour}; padding: 0.3em 0.9em; max-width: 46em; line-height: 1.5"
        head = f'<b style="color: {colour}">{sign} {escape(self.exercise)}: {escape(self.state)}</b>'
        code = f'<pre style="margin: 0.6em 0">{escape(self.code)}</pre>' if self.code else "<br>"
        return f'<div style="{box}">{head}{code}{_with_code(self.says)}</div>'


def _with_code(text: str) -> str:
    """Text as HTML, what stands between backquotes as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
