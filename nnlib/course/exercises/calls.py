"""A learner's function, called with care: its arguments are copies, and whatever it raises becomes a sentence."""

from __future__ import annotations

import copy
import dis
import inspect
import linecache
import traceback
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["Stopped", "call", "dotted", "parameters", "unfinished"]


class Stopped(Exception):
    """The learner's function raised: which error, and in which of its lines."""


def parameters(function: Callable) -> list[str]:
    """The names of what a function takes."""
    return list(inspect.signature(function).parameters)


def call(function: Callable, case: tuple, ask: Callable) -> tuple[Any, int | None]:
    """The answer to a case, ask(function, *case), and which argument the function changed in place (None: none).

    Raises Stopped if the function raises.  An untouched stub may raise, too: its dots are no numbers; then the answer
    is those dots.
    """
    given = copy.deepcopy(case)
    try:
        answer = ask(function, *given)
    except Exception as error:
        if dotted(function):
            return ..., None
        raise Stopped(_sentence(error, function)) from None
    changed = (i for i, (mine, yours) in enumerate(zip(case, given, strict=True)) if not _same(mine, yours))
    return answer, next(changed, None)


def dotted(function: Callable) -> bool:
    """Whether there is still a `...` in the function."""
    return ... in getattr(getattr(function, "__code__", None), "co_consts", ())


def unfinished(function: Callable, answer: Any) -> bool:
    """Whether an answer is that of a stub: dots, or nothing at all where nothing is done."""
    parts = answer if isinstance(answer, (tuple, list)) else (answer,)
    if any(part is ... for part in parts) or (answer is None and (dotted(function) or idle(function))):
        return True
    return dotted(function) and any(np.asarray(part).dtype == object for part in parts)


def idle(function: Callable) -> bool:
    """Whether the function's body is empty: `pass`, dots or a docstring, and nothing else."""
    code = getattr(function, "__code__", None)
    quiet = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE", "COPY_FREE_VARS", "CACHE"}
    return code is not None and all(i.opname in quiet for i in dis.get_instructions(code))


def _same(mine: Any, yours: Any) -> bool:
    if isinstance(mine, np.ndarray):
        return np.array_equal(mine, yours)
    return True


def _sentence(error: Exception, function: Callable) -> str:
    """The error in one sentence, with the last of the function's own lines that led to it."""
    said = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(".")
    code = getattr(function, "__code__", None)
    frames = [f for f in traceback.extract_tb(error.__traceback__) if code and f.filename == code.co_filename]
    line = linecache.getline(frames[-1].filename, frames[-1].lineno).strip() if frames else ""
    return f"{said}, in the line `{line}`." if line else f"{said}."
