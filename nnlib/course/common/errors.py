"""What a learner's function raised, in one line, with the line of theirs that led to it, and what to write instead."""

from __future__ import annotations

import linecache
import traceback
from collections.abc import Callable

import jax

from nnlib.live.frame import is_cell

__all__ = ["explained", "instead"]


def explained(error: BaseException, function: Callable | None = None, *, compiled: bool = True) -> str:
    """The first line of an error, and the last line of the learner's code that led to it.

    function: its file counts as the learner's code, beside the notebook's cells.  compiled: whether JAX compiles it;
    then its errors, which speak of tracers, become what to write instead.
    """
    own = getattr(getattr(function, "__code__", None), "co_filename", None)
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == own or is_cell(f.filename)]
    text = (str(error).split("\n")[0] or "no message")[:200].rstrip(".")
    said = (compiled and instead(error)) or f"{type(error).__name__}: {text}"
    return said + (_where(frames[-1]) if frames else "")


def _where(frame: traceback.FrameSummary) -> str:
    line = linecache.getline(frame.filename, frame.lineno).strip()
    return f", in the line `{line}`" if line else f", in line {frame.lineno} of the cell"


NONE = "and none is known while it is compiled"
WHERE = "write jnp.where(...) for if, jnp.maximum for max"
AWAY = "leave them away, and write jnp for math"
INSTEAD = [  # a kind of error, a part of its text, and what to write; JAX's own words speak of tracers
    (jax.errors.TracerBoolConversionError, "", f"`if` and `max` need a number, {NONE}; {WHERE}"),
    (ValueError, "truth value of an array", f"`if` needs one yes or no, and an array has many; {WHERE}"),
    (jax.errors.TracerArrayConversionError, "", f"NumPy needs numbers, {NONE}; write jnp for np"),
    (jax.errors.TracerIntegerConversionError, "", f"`range` and places in a list need a number, {NONE}; use jnp.where"),
    (jax.errors.NonConcreteBooleanIndexError, "", f"x[x > 0] needs numbers, {NONE}; write jnp.where(x > 0, x, 0)"),
    (jax.errors.UnexpectedTracerError, "", "what is kept for the next step goes into the memory, and nowhere else"),
    (jax.errors.ConcretizationTypeError, "", f"float(...), int(...) and math need a number, {NONE}; {AWAY}"),
    ((TypeError, ValueError), "Python scalar", f"float(...), int(...) and math take one number, not an array; {AWAY}"),
    (TypeError, "Tracer.__format__", f"a format needs a number, {NONE}; leave it away"),
    (TypeError, "arrays are immutable", "JAX changes no array; for x[i] = ... write x = x.at[i].set(...)"),
]


def instead(error: BaseException) -> str:
    """What to write in place of what JAX cannot compile; empty for other errors."""
    if isinstance(error, ValueError) and isinstance(error.__cause__, jax.errors.JAXTypeError):
        return f"an array of NumPy holds numbers, {NONE}; write jnp.array([...])"
    return next((says for kind, part, says in INSTEAD if isinstance(error, kind) and part in str(error)), "")
