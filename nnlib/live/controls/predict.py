"""A guess before the reveal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .control import Control

__all__ = ["Predict", "predict"]


@dataclass(frozen=True, kw_only=True)
class Predict(Control):
    """A guess, committed to before the views are shown and kept beside the answer."""

    question: str
    options: tuple[str, ...]
    answer: int | None = None
    because: str = ""
    place, drawn_at_once, in_browser, asks = "guess", True, True, True

    @property
    def value(self):
        return None

    def decode(self, wire, name):
        return None if wire is None else self.options[wire]

    def encode(self, value):
        return None if value is None else self.options.index(value)

    def ends(self):
        return list(range(len(self.options)))

    def words(self) -> str:
        """The question with its options, in one sentence."""
        return f"{self.question} Your guess first: {'; '.join(self.options)}."

    def details(self):
        return {
            "question": self.question,
            "options": list(self.options),
            "answer": self.answer,
            "because": self.because,
        }


def predict(question: str, options: Sequence[str], answer: str | None = None, because: str = "") -> Predict:
    """Asks a `question` first: the views stay veiled until one of `options` is chosen.

    answer: the right option (None: the picture itself is the answer). because: one sentence of why.
    Raises ValueError if `answer` is none of the options.
    """
    options = tuple(options)
    if answer is not None and answer not in options:
        raise ValueError(f"predict: expected the answer to be one of {', '.join(options)}, got {answer!r}")
    right = None if answer is None else options.index(answer)
    return Predict(question=question, options=options, answer=right, because=because)
