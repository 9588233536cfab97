"""What is wrong with a text that is made from numbers: a gap where one was, a plural of one, a number that is none."""

from __future__ import annotations

import re

__all__ = ["amiss"]

MANY = (
    "steps|units|weights|biases|points|epochs|passes|mistakes|examples|parameters|numbers|kinks|pieces|folds|layers|"
    "regions|nodes|inputs|outputs|rows|columns|pictures|images|pixels|draws|runs|minima|maxima|saddles|networks|checks|"
    "circles|squares|triangles|values|names|patients|maps"
)
# What is looked for: a pattern, and what it would mean.
PATTERNS = {
    r"[:=,;(] ?[.,;:](?![.\d])": "something is missing",
    r"\b(from|and|or)[.,;:](\s|$)": "something is missing",
    r"\s[.,;:!?](\s|$)": "something is missing",
    r"\(\s*\)": "something is missing",
    r"\b(nan|inf|None|NaN)\b": "no word for it",
    r"\bnot a number\b[^.]*\bnot a number\b": "the same twice",
    r"\b(line \d+ of the cell)\b.*\bline \d+ of the cell": "the same twice",
    r"\b([a-z]{2,}) \1\b": "the same twice",
    rf"(?<![\w.,·×/^⁻−-])1 ({MANY})\b": "one, and a plural",
    r"(?<![\w.,])[-−]0(\.0+)?(?![\w.,]\d|\d)": "minus nothing",
    r"[^\s:]  +\S": "two blanks",  # after a colon they set off what follows
    r"(?<!\.)\.\.(?!\.)": "two full stops",
}


def amiss(text: str) -> list[str]:
    """What is wrong with a text, each with the place: "one, and a plural: 'after 1 steps'"; empty if nothing is."""
    found = ((why, match) for pattern, why in PATTERNS.items() for match in re.finditer(pattern, text))
    return [f"{why}: {text[max(0, match.start() - 30) : match.end() + 20]!r}" for why, match in found]
