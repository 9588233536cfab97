"""Numbers as people read them: few digits, no exponents where they can be avoided."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable

__all__ = ["listed", "nice_step", "plain", "round_digits"]


def round_digits(value: float, digits: int) -> float:
    """`value` rounded to `digits` significant digits; 0, NaN and infinities as they are."""
    if value == 0 or not math.isfinite(value):
        return float(value)
    return round(float(value), digits - 1 - math.floor(math.log10(abs(value))))


def plain(value: float, digits: int = 3) -> str:
    """`value` with `digits` significant digits: `plain(0.00012) == "0.00012"`, `plain(1234.5) == "1230"`.

    Exponents appear only below 1e-6 and from 1e7 on, where zeros could no longer be counted.
    """
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else "infinite" if value > 0 else "minus infinite"
    rounded = round_digits(value, digits)
    if rounded != 0 and not 1e-6 <= abs(rounded) < 1e7:
        mantissa, exponent = f"{rounded:.{digits - 1}e}".split("e")
        return f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}e{int(exponent)}"
    if rounded == 0:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(rounded))))
    text = f"{rounded:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def nice_step(span: float, about: int = 100) -> float:
    """A step of 1, 2 or 5 times a power of ten that cuts `span` into roughly `about` parts."""
    raw = span / about
    power = 10.0 ** math.floor(math.log10(raw))
    return min((m * power for m in (1, 2, 5, 10)), key=lambda step: abs(step - raw))


def listed(numbers: Iterable[float]) -> str:
    """Numbers with commas, in lines of a hundred characters, as arguments of a call stand in code."""
    text = textwrap.fill(", ".join(map(repr, numbers)), 96, break_on_hyphens=False)
    return text if "\n" not in text else textwrap.indent("\n" + text, " " * 12) + "\n" + " " * 8
