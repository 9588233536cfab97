"""A number out of a row of stops.

The possible values are listed once, here (`stops`), so that the number shown, the number used and the number in
`code()` are the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..numbers import nice_step, plain, round_digits
from .control import Control

__all__ = ["Slider", "log_slider", "slider"]


@dataclass(frozen=True, kw_only=True)
class Slider(Control):
    """One number out of `stops`, at first `start`.

    unit: what is written behind the number, as it stands: "°" or " ms".  digits: how many significant ones are shown.
    """

    stops: tuple[float, ...]
    start: float
    unit: str = ""
    digits: int = 3

    kind = "slider"

    @property
    def value(self):
        return self.start

    def encode(self, value):
        if isinstance(value, bool) or (not isinstance(value, (int, float)) and not hasattr(value, "__float__")):
            raise ValueError(f"expected a number, got {value!r}")
        number = float(value)
        if not self.stops[0] <= number <= self.stops[-1]:
            low, high = plain(self.stops[0]), plain(self.stops[-1])
            raise ValueError(
                f"expected a number from {low} to {high}, got {plain(number)}; widen the slider or stay inside"
            )
        return int(number) if isinstance(self.start, int) and number.is_integer() else number

    def decode(self, wire, name):
        number = self.encode(wire)
        return round(number) if isinstance(self.start, int) else float(number)

    def ends(self):
        return [self.stops[0], self.stops[len(self.stops) // 2], self.stops[-1]]

    def details(self):
        texts = [plain(stop, self.digits) + self.unit for stop in self.stops]
        return {"stops": list(self.stops), "texts": texts}


def slider(
    low: float,
    high: float,
    value: float | None = None,
    step: float | None = None,
    *,
    label: str = "",
    unit: str = "",
    help: str = "",
    same: str = "",
) -> Slider:
    """A `Slider` of numbers from `low` to `high` in equal steps; of whole ones if all those given are whole.

    value: where it starts (the middle). step: 1 for whole numbers, about a hundredth of the range otherwise.
    Raises ValueError if the range is empty or the value lies outside.
    """
    _check_range(low, high, value)
    whole = all(isinstance(v, int) for v in (low, high, value, step) if v is not None)
    step = step or (1 if whole else nice_step(high - low))
    count = math.floor((high - low) / step + 1e-9)
    inner = [low + i * step if whole else round_digits(low + i * step, 10) for i in range(1, count + 1)]
    stops = [low, *(s for s in inner if s < high - step / 2), high]
    start = stops[len(stops) // 2] if value is None else value
    digits = max(3, len(plain(abs(high), 9).replace(".", "")))
    return Slider(stops=_with(stops, start), start=start, unit=unit, digits=digits, label=label, help=help, same=same)


def log_slider(
    low: float,
    high: float,
    value: float | None = None,
    *,
    per_decade: int = 25,
    digits: int = 2,
    label: str = "",
    unit: str = "",
    help: str = "",
    same: str = "",
) -> Slider:
    """A `Slider` of positive numbers from `low` to `high` in equal ratios, each stop rounded to a few digits.

    value: where it starts (the geometric middle). per_decade: how many stops there are to a factor of ten.
    digits: how many significant ones a stop has, at most three, as it is shown; two will do for 25 stops in a decade.
    Raises ValueError if low <= 0, the range is empty or the value lies outside.
    """
    _check_range(low, high, value)
    if low <= 0:
        raise ValueError(f"log_slider: expected low > 0, got {low}; a logarithm needs positive numbers, or use slider")
    count = max(1, round(per_decade * math.log10(high / low)))
    stops = [round_digits(low * (high / low) ** (i / count), digits) for i in range(count + 1)]
    stops = [float(low), *(s for s in stops if low < s < high), float(high)]
    start = stops[len(stops) // 2] if value is None else float(value)
    return Slider(stops=_with(stops, start), start=start, unit=unit, label=label, help=help, same=same)


def _check_range(low, high, value):
    if not low < high:
        raise ValueError(f"slider: expected low < high, got {low} and {high}; swap them or widen the range")
    if value is not None and not low <= value <= high:
        raise ValueError(
            f"slider: expected a value from {low} to {high}, got {value}; move it inside or widen the range"
        )


def _with(stops: Sequence[float], start: float) -> tuple[float, ...]:
    return tuple(sorted({*stops, start}))
