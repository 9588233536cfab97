"""A line of text."""

from __future__ import annotations

from dataclasses import dataclass

from .control import Control

__all__ = ["Text", "text"]


@dataclass(frozen=True, kw_only=True)
class Text(Control):
    """A line of text."""

    start: str = ""
    placeholder: str = ""
    most: int = 2000
    kind = "text"

    @property
    def value(self):
        return self.start

    def decode(self, wire, name):
        if not isinstance(wire, str) or len(wire) > self.most:
            raise ValueError(f"expected at most {self.most} characters of text, got {str(wire)[:40]!r}...")
        return wire

    def encode(self, value):
        return self.decode(value, "")

    def ends(self):
        return ["", self.start, self.start + " "]

    def details(self):
        return {"placeholder": self.placeholder}


def text(value: str = "", *, placeholder: str = "", label: str = "", help: str = "", same: str = "") -> Text:
    """A line of `Text` that the learner types, of at most 2000 characters; given to the function as it is.

    value: the text at first.  placeholder: what stands in the field, pale, while it is empty.
    """
    return Text(start=value, placeholder=placeholder, label=label, help=help, same=same)
