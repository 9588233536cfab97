"""Answers compared and said: numbers, arrays, and tuples of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from .learner import Failed

__all__ = ["NotYet", "as_list", "counted", "differs", "form", "joined", "kind", "shown"]

CLOSE = 1e-4  # float32 arithmetic in another order stays well below this; the usual mistakes are far above
ENOUGH = 1000  # of what a generator yields: more than is asked for anywhere, so that one without an end is seen


class NotYet(Failed):
    """Why an answer is not right yet, as a sentence for the learner."""

    state = "not yet"

    @classmethod
    def attempted(cls, name: str) -> NotYet:
        """The stub is as it was."""
        reason = cls(f"Put your own code in place of all the dots and run the cell again. hint({name}) helps.")
        reason.state = "not attempted yet"
        return reason


def as_list(answer: Any) -> Any:
    """What a generator yields, as a list, up to ENOUGH; any other answer as it is."""
    return list(itertools.islice(answer, ENOUGH)) if isinstance(answer, Iterator) else answer


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


def form(answer: Any, right: Any, names: Sequence[str] = ()) -> str:
    """What is wrong with the form of an answer: how many values, and of which shape; empty if nothing is.

    names: what the values are called, if they are several.
    """
    if answer is None:
        return "Your function gives nothing back. Is there a `return`? (`print` only shows a value.)"
    if isinstance(right, str):
        return ""
    if isinstance(right, (tuple, list)):
        if not isinstance(answer, (tuple, list)) or len(answer) != len(right):
            return f"It should give {len(right)} values, with a comma between them, but gives {kind(answer)}."
        names = names or [f"Value {i} of {len(right)}" for i in range(1, len(right) + 1)]
        wrong = (
            _form_of_one(*both, f"{name} should be", "is") for name, *both in zip(names, answer, right, strict=True)
        )
        return next(filter(None, wrong), "")
    return _form_of_one(answer, right, "It should give", "gives")


def _form_of_one(answer: Any, right: Any, should: str, does: str) -> str:
    """The same of numbers, or of one of several values: "It should give one number, but gives a str."."""
    numbers = _numbers(answer)
    if numbers is not None and np.isnan(numbers).any() and not np.isnan(right).any():
        said = "nan, which is no number: somewhere 0 is divided by 0, or an infinity taken from another."
        return f"{should.split(' should ')[0]} {does} {said}"
    wrong = not isinstance(right, str) and (numbers is None or numbers.shape != np.shape(right))
    return f"{should} {kind(right)}, but {does} {'None' if answer is None else kind(answer)}." if wrong else ""


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


def kind(value: Any) -> str:
    """What a value is, for a sentence: "one number", "an array of shape (2, 3)", "a tuple of 2"."""
    name = type(value).__name__
    name = f"{'an' if name[0].lower() in 'aeiou' or name == 'ndarray' else 'a'} {name}"
    if isinstance(value, (tuple, list)):
        return f"{name} of {len(value)}"
    if (numbers := _numbers(value)) is None:
        return name
    return "one number" if numbers.ndim == 0 else f"an array of shape {numbers.shape}"


def counted(count: int, what: str) -> str:
    """A number of things: "1 value", "2 values"."""
    return f"{count} {what}{'s' * (count != 1)}"


def joined(words: Sequence[str]) -> str:
    """Words with commas, and "and" before the last: "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
