"""What stands at the rows or the columns of a map: numbers on an axis, or words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from ...numbers import plain

__all__ = ["Ticks", "number", "ticks"]

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Ticks:
    """One text for each row or column, and what sort of axis they make.

    kind: "linear" for numbers at equal distances, "log" for equal ratios, "words" for all else.
    numbers: the numbers, () for words.
    """

    kind: str
    texts: tuple[str, ...]
    numbers: tuple[float, ...] = ()

    def wire(self) -> dict:
        """As JSON, for the browser."""
        return {"kind": self.kind, "texts": list(self.texts), "numbers": list(self.numbers)}


def ticks(given: Sequence[Any] | None, size: int, what: str, line: str) -> Ticks:
    """The `Ticks` of `size` rows or columns; None numbers them from 0, as in an array.

    what: how a message calls them.  line: "row" or "column".
    Raises ValueError where there is not one for each, or where one is NaN or infinite.
    """
    entries = list(range(size)) if given is None else list(np.asarray(given).tolist())
    if len(entries) != size:
        raise ValueError(
            f"{what}: expected {size} numbers or words, one for each {line}, got {len(entries)}; "
            "give one for each, or None to number them"
        )
    if not all(isinstance(entry, Real) and not isinstance(entry, bool) for entry in entries):
        return Ticks("words", tuple(map(str, entries)))
    if not np.isfinite(entries).all():
        raise ValueError(f"{what}: expected finite numbers, got {entries}; name such a {line} with a word")
    return Ticks(_kind(np.array(entries, float)), _texts(entries), tuple(map(float, entries)))


def _kind(numbers: np.ndarray) -> str:
    """Whether they lie at equal distances, or at equal ratios, up to the rounding of single precision."""
    steps = np.diff(numbers)
    if len(steps) and steps[0] != 0 and np.allclose(steps, steps.mean(), rtol=1e-3, atol=0):
        return "linear"
    if len(steps) > 1 and (numbers > 0).all():
        powers = np.diff(np.log10(numbers))
        if powers[0] != 0 and np.allclose(powers, powers.mean(), rtol=1e-3, atol=0):
            return "log"
    return "words"


def _texts(entries: list) -> tuple[str, ...]:
    """Numbers with as many digits as tell them apart: three at least, six at most."""
    if all(float(entry).is_integer() and abs(entry) < 1e7 for entry in entries):
        return tuple(f"{int(entry)}".replace("-", "−") for entry in entries)
    for digits in range(3, 7):
        texts = [number(float(entry), digits) for entry in entries]
        if len(set(texts)) == len(set(entries)):
            break
    return tuple(texts)


def number(value: float, digits: int = 3) -> str:
    """A number as it is shown, with a true minus sign and powers of ten as such: −2.4·10⁻¹⁹."""
    text = plain(value, digits)
    if not np.isfinite(value):
        return text
    mantissa, _, power = text.partition("e")
    scaled = {"1": "10", "-1": "-10"}.get(mantissa, f"{mantissa}·10") + power.translate(RAISED) if power else text
    return scaled.replace("-", "−")
