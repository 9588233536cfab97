"""Controls that guide the hand: presets, the player of time, and the guess before the reveal.

They work in the browser.  The function takes one only if it names it as a parameter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .controls import Control

__all__ = ["Player", "Predict", "Presets", "player", "predict", "presets"]


@dataclass(frozen=True, kw_only=True)
class Player(Control):
    """Time, as an index."""

    count: int | None = None
    fps: int = 20
    start: int = -1
    every: int = 1
    kind = "player"
    in_browser = True

    @property
    def value(self):
        return self.start

    def decode(self, wire, name):
        if not isinstance(wire, int):
            raise ValueError(f"expected a whole number, got {wire!r}")
        return wire

    def encode(self, value):
        return self.decode(value, "")

    def ends(self):
        return [0, self.count // 2, self.count - 1] if self.count else [0, -1]

    def details(self):
        return {"count": self.count, "fps": self.fps, "every": self.every}


def player(
    count: int | None = None, fps: int = 20, start: int | None = None, *, every: int = 1, label: str = "time",
    help: str = "",
) -> Player:  # fmt: skip
    """Plays and scrubs time.

    If the function names it as a parameter, it is called with the index, from 0 to count - 1.  If not, the browser
    shows that moment of every `film` in the views, with no call at all (count is then the films' length).
    fps: frames a second. start: the first index shown (the last of a film, 0 otherwise).  every: how many steps lie
    between two moments; the number beside the time then counts steps.
    """
    first = start if start is not None else (-1 if count is None else 0)
    return Player(count=count, fps=fps, start=first, every=every, label=label, help=help)


@dataclass(frozen=True, kw_only=True)
class Presets(Control):
    """Settings worth seeing, each with a word of commentary."""

    options: Mapping[str, Mapping[str, Any]]
    kind = "presets"
    in_browser = True

    @property
    def value(self):
        return None

    def decode(self, wire, name):
        return None if wire is None else list(self.options)[wire]

    def encode(self, value):
        return None if value is None else list(self.options).index(value)

    def ends(self):
        return list(range(len(self.options)))


def presets(**options: Mapping[str, Any]) -> Presets:
    """Named settings: `presets(good=dict(learning_rate=0.03, says="falls fast and stays down"))`.

    Underscores in a name are shown as blanks.  `says` is the comment; the other entries are values of controls.
    """
    return Presets(options={name.replace("_", " "): dict(values) for name, values in options.items()})


@dataclass(frozen=True, kw_only=True)
class Predict(Control):
    """A guess, committed to before the views are shown and kept beside the answer."""

    question: str
    options: tuple[str, ...]
    answer: int | None = None
    because: str = ""
    kind = "predict"
    in_browser = True

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
    """Asks for a guess first: the views stay veiled until one of `options` is chosen.

    answer: the right option (None: the picture itself is the answer). because: one sentence of why.
    """
    options = tuple(options)
    if answer is not None and answer not in options:
        raise ValueError(f"predict: expected the answer to be one of {', '.join(options)}, got {answer!r}")
    right = None if answer is None else options.index(answer)
    return Predict(question=question, options=options, answer=right, because=because)
