"""What dark and light mean in a picture: from numbers to the bytes that are sent, and the words for both ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ...numbers import plain
from ..film import Film

__all__ = ["SCALES", "Levels", "levels_of", "limits"]

# And the word, where none is given.
SCALES = {"grey": "ink", "light": "brightness", "signed": "value", "classes": "probability", "colour": ""}
HALVED = ("signed", "classes")  # one colour below the middle, another one above
MISSING = 255  # the level of what is not a number


@dataclass(frozen=True, eq=False)
class Levels:
    """Pictures as bytes: level 0 is `low`, level `top` is `high`; `missing`: 255 means that it is not a number.

    below, above: whether some numbers lie beyond that end, and are drawn as if they lay on it.
    """

    bytes: np.ndarray | Film
    low: float
    high: float
    top: int
    missing: bool
    below: bool
    above: bool

    @property
    def middle(self) -> float:
        """Where a scale with two halves changes its colour."""
        return (self.low + self.high) / 2

    @property
    def ends(self) -> tuple[str, str]:
        """What stands at both ends of the scale."""
        low, high = (plain(v).replace("-", "\N{MINUS SIGN}") for v in (self.low, self.high))
        return ("≤ " if self.below else "") + low, ("≥ " if self.above else "") + high


def limits(values: np.ndarray, scale: str, given: Any, whole: bool) -> tuple[float, float]:
    """Both ends of a scale: those that were given, or what its kind suggests.

    whole: the numbers came as bytes, 0 to 255.  Raises ValueError if `given` is no range of this scale.
    """
    if given is None and scale == "signed":
        largest = float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
        return (-largest, largest) if largest else (-1.0, 1.0)
    low, high = (0.0, 255.0 if whole else 1.0) if given is None else _pair(given)
    if scale == "signed" and low != -high:
        raise ValueError(f"Images.range: expected (-a, a) for a signed scale, got {given}; zero lies in its middle")
    return low, high


def _pair(given: Any) -> tuple[float, float]:
    numbers = np.ravel(np.asarray(given, float))
    if numbers.shape != (2,) or not np.isfinite(numbers).all() or not numbers[0] < numbers[1]:
        raise ValueError(
            f"Images.range: expected (low, high) with low < high, got {given}; (0, 1) is from paper to ink"
        )
    return float(numbers[0]), float(numbers[1])


def levels_of(pictures: np.ndarray | Film, scale: str, low: float, high: float) -> Levels:
    """Numbers as levels.  A scale with two halves has 254 steps: its middle is exactly one of them."""
    values = pictures.frames if isinstance(pictures, Film) else pictures
    good = np.isfinite(values)
    missing = not good.all()
    top = 254 if missing or scale in HALVED else 255
    share = (np.clip(np.where(good, values, low), low, high) - low) / (high - low)
    levels = np.where(good, np.round(share * top), MISSING).astype(np.uint8)
    slack = 1e-6 * (high - low)
    below, above = bool((values[good] < low - slack).any()), bool((values[good] > high + slack).any())
    return Levels(Film(levels) if isinstance(pictures, Film) else levels, low, high, top, missing, below, above)
