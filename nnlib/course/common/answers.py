"""Answers compared and said: numbers, arrays, and tuples of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from .learner import Failed

__all__ = ["NotYet", "differs", "form", "shown"]

CLOSE = 1e-4  # float32 arithmetic in another order stays well below this; the usual mistakes are far above


class NotYet(Failed):
    """Why an answer is not right yet, as a sentence for the learner."""

    state = "not yet"

    @classmethod
    def attempted(cls, name: str) -> NotYet:
        """The stub is as it was."""
        reason = cls(f"Put your own code in place of all the dots and run the cell again. hint({name}) helps.")
        reason.state = "not attempted yet"
        return reason


def differs(answer: Any, right: Any) -> bool:
    """Whether two answers are not the same: another form, or numbers that are not close."""
    if isinstance(right, (tuple, list)):
        if not isinstance(answer, (tuple, list)) or len(answer) != len(right):
            return True
        return any(map(differs, answer, right))
    if isinstance(right, str):
        return answer != right
    numbers, wanted = _numbers(answer), np.asarray(right, float)
    if numbers is None or numbers.shape != wanted.shape:
        return True
    return not np.allclose(numbers, wanted, rtol=CLOSE, atol=CLOSE, equal_nan=True)  # a wrong answer may be nan


def form(answer: Any, right: Any) -> str:
    """What is wrong with the form of an answer: how many values, and of which shape; empty if nothing is."""
    if answer is None:
        return "Your function gives nothing back. Is there a `return`? (`print` only shows a value.)"
    if isinstance(right, str):
        return ""
    if isinstance(right, (tuple, list)):
        if not isinstance(answer, (tuple, list)) or len(answer) != len(right):
            return f"It should give {len(right)} values, with a comma between them, but gives {_kind(answer)}."
        wrong = ((i, form(a, r)) for i, (a, r) in enumerate(zip(answer, right, strict=True), 1))
        return next((f"Value {i} of {len(right)}: {said}" for i, said in wrong if said), "")
    numbers, want = _numbers(answer), np.shape(right)
    if numbers is None:
        return f"It should give {_kind(right)}, but gives {_kind(answer)}."
    if np.isnan(numbers).any() and not np.isnan(right).any():
        return "It gives nan, which is no number: somewhere 0 is divided by 0, or an infinity taken from another."
    if numbers.shape != want:
        return f"It should give {_kind(right)}, but gives {_kind(answer)}."
    return ""


def shown(value: Any) -> str:
    """A value with few digits, short enough for a sentence."""
    if isinstance(value, (tuple, list)) and not all(isinstance(v, (int, float)) for v in value):
        return "(" + ", ".join(map(shown, value)) + ")"
    numbers = _numbers(value)
    if numbers is None or isinstance(value, (str, bool)):
        return str(value)[:60]
    digits = {"float_kind": lambda number: f"{number:.3g}".replace("-", "−")}
    return np.array2string(numbers, separator=", ", formatter=digits, threshold=12).replace("\n", "")


def _numbers(value: Any) -> np.ndarray | None:
    try:
        array = np.asarray(value)
        return array.astype(float) if array.dtype.kind in "biuf" or array.dtype.name == "bfloat16" else None
    except Exception:  # an answer may be of any class, and raise whatever it likes
        return None


def _kind(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return f"a {type(value).__name__} of {len(value)}"
    if (numbers := _numbers(value)) is None:
        return f"a {type(value).__name__}"
    return "one number" if numbers.ndim == 0 else f"an array of shape {numbers.shape}"
