"""From numbers to shades: grey from low to high, or blue and orange on the two sides of a middle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..film import Film

__all__ = ["Scale", "scale"]


@dataclass(frozen=True)
class Scale:
    """The colours' two ends, and the middle of a signed scale (None: it is not signed); by logarithm or not.

    below, above: whether there are numbers beyond the ends, which have the ends' colours.
    """

    low: float
    high: float
    middle: float | None = None
    log: bool = False
    below: bool = False
    above: bool = False

    def shares(self, values: np.ndarray) -> np.ndarray:
        """From 0 for `low` to 1 for `high`, by way of 1/2 for `middle`; NaN stays NaN.  Any shape."""
        places = [place for place in (self.low, self.middle, self.high) if place is not None]
        at, places = self._at(np.asarray(values, float)), self._at(np.array(places))
        with np.errstate(invalid="ignore"):
            return np.where(np.isnan(at), np.nan, np.interp(at, places, np.linspace(0, 1, len(places))))

    def _at(self, values: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(values <= 0, -np.inf, np.log10(values)) if self.log else values

    def wire(self) -> dict:
        """As JSON, for the browser."""
        ends = {"low": self.low, "middle": self.middle, "high": self.high}
        return ends | {"logarithmic": self.log, "below": self.below, "above": self.above}


def scale(values: np.ndarray | Film, ends: tuple[float, float] | None, middle: float | None, log: bool) -> Scale:
    """The `Scale` of a map: as given, or from its lowest to its highest number over all moments of a film.

    values: (R, C) or a film of such.  ends: (low, high), or None.  middle: where a signed scale is white, or None.
    Raises ValueError where the ends are the wrong way round, do not hold the middle, are not above 0 for a
    logarithm, or cannot be found because no value is a number.
    """
    numbers = np.asarray(values.frames if isinstance(values, Film) else values, float)
    numbers = numbers[np.isfinite(numbers)]
    low, high = _given(ends) if ends is not None else _found(numbers, middle, log)
    if log and not (low > 0 and (middle is None or middle > 0)):
        raise ValueError(
            f"HeatMap: expected a range and a middle above 0 for log=True, got {(low, high)} and {middle}; "
            "give range=(low, high) with low > 0, or leave log out"
        )
    if middle is not None and not low < middle < high:
        raise ValueError(
            f"HeatMap.middle: expected a number between the ends of the range {(low, high)}, got {middle}; "
            "move it, or widen range=(low, high)"
        )
    return Scale(low, high, middle, log, bool((numbers < low).any()), bool((numbers > high).any()))


def _given(ends: tuple[float, float]) -> tuple[float, float]:
    numbers = tuple(map(float, np.ravel(ends)))
    if np.shape(ends) != (2,) or not np.isfinite(numbers).all() or not numbers[0] < numbers[1]:
        raise ValueError(f"HeatMap.range: expected (low, high) with low < high, got {ends}; swap or widen them")
    return numbers


def _found(numbers: np.ndarray, middle: float | None, log: bool) -> tuple[float, float]:
    """Just wide enough for all numbers; with a middle, as far on its one side as on the other."""
    numbers = numbers[numbers > 0] if log else numbers
    if not len(numbers):
        raise ValueError(
            f"HeatMap.values: expected at least one {'number above 0' if log else 'finite number'}, got none; "
            "give range=(low, high) to show such a map"
        )
    at = np.log10(numbers) if log else numbers
    low, high = float(at.min()), float(at.max())
    if middle is not None and not (log and middle <= 0):
        centre = float(np.log10(middle)) if log else float(middle)
        half = max(high - centre, centre - low)
        low, high = centre - half, centre + half
    if not low < high:
        low, high = low - 0.5, high + 0.5
    return (10**low, 10**high) if log else (low, high)
