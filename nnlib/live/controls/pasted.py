"""A table of the learner's own, pasted or loaded from a file: the function gets its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .text import Text

__all__ = ["Pasted", "pasted"]

NOTHING: Mapping[str, Any] = MappingProxyType({})
EXAMPLE, BROKEN = "1, 2, red\n2, 1, blue\n3, 3, red\n1, 0, blue", "1, 2\n3"


@dataclass(frozen=True, kw_only=True)
class Pasted(Text):
    """A text of several lines."""

    most: int = 20_000
    kind = "pasted"

    def ends(self):
        return ["", EXAMPLE, BROKEN]

    def details(self):
        return super().details() | {"most": self.most}


def pasted(
    value: str = "", *, placeholder: str = EXAMPLE, label: str = "", help: str = "", most: int = 20_000,
    needs: Mapping[str, Any] = NOTHING,
) -> Pasted:  # fmt: skip
    """A `Pasted` text of several lines, to be pasted, typed, or loaded from a file in the browser.

    value: the text at first.  placeholder: what stands in the field, pale, while it is empty: an example of a table.
    most: how many characters.  Of a longer text every second line, or third, and so on, is left, with a first line that
    says so: "# 1 line of 3".
    """
    return Pasted(start=value, placeholder=placeholder, label=label, help=help, most=most, needs=needs)
