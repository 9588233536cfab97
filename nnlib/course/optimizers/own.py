"""The learner's own optimizer as one more runner: whatever it does, a sentence comes back and the others run on."""

from __future__ import annotations

import ctypes
import inspect
import threading
import traceback
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp

from nnlib.live.frame import is_cell

__all__ = [
    "COMPILING",
    "SECONDS",
    "Failed",
    "NotBack",
    "as_runner",
    "check_step",
    "in_time",
    "instead",
    "run_own",
    "said",
]

SECONDS = 5.0  # how long a runner may take to be called once
COMPILING = 60.0  # and to be compiled and run, by a machine that has much else to do
EXPECTED = "expected a function (g, memory) -> (step, memory), or an optimizer with init and update"


class Failed(ValueError):
    """Why a runner did not run, in a sentence."""


class NotBack(Failed):
    """It takes too long: not to be tried again."""


class ByFunction:
    """An optimizer from a function of the gradient and a memory, which is 0 at first: step, memory = f(g, memory)."""

    def __init__(self, f: Callable):
        self.f = f

    def init(self, params: Any) -> Any:
        return jnp.zeros_like(params)

    def update(self, grads: Any, state: Any, params: Any = None) -> tuple[Any, Any]:
        return self.f(grads, state)


def as_runner(own: Any) -> Any:
    """What has `init` and `update` as it is, a function made into one.  Raises Failed on anything else."""
    if hasattr(own, "init") and hasattr(own, "update"):
        return own
    if not callable(own) or isinstance(own, type):
        raise Failed(f"{EXPECTED}, got {type(own).__name__}; such as def mine(g, v): ...")
    try:
        inspect.signature(own).bind(0.0, 0.0)
    except TypeError:
        raise Failed(f"{EXPECTED}, got {own.__name__}{inspect.signature(own)}; give it these two parameters") from None
    return _by_function(own)


@lru_cache(maxsize=8)  # the same function is the same optimizer, whose program is there already
def _by_function(own: Callable) -> ByFunction:
    return ByFunction(own)


def check_step(optimizer: Any, w: jax.Array) -> None:
    """One step on shapes alone.  Raises Failed where it gives something that is no step."""

    def step(g):
        state = optimizer.init(w)
        given = optimizer.update(g, state, w)
        if not isinstance(given, tuple) or len(given) != 2:
            raise Failed(f"expected a pair (step, memory), got {type(given).__name__}; end with `return step, memory`")
        return state, given

    before, (update, after) = jax.eval_shape(step, w)
    if getattr(update, "shape", None) != w.shape:
        got = getattr(update, "shape", type(update).__name__)
        raise Failed(f"expected a step of shape {w.shape}, like the gradient, got {got}")
    shapes = [[leaf.shape for leaf in jax.tree.leaves(tree)] for tree in (before, after)]
    if shapes[0] != shapes[1]:
        raise Failed(f"expected a memory of the same shape at every step, {shapes[0]}, got {shapes[1]}")


_late: deque[tuple[Any, str]] = deque(maxlen=8)  # what did not come back: it is not started at every movement


def run_own(own: Any, check: Callable[[Any], None], run: Callable[[Any], Any]) -> Any:
    """`check(optimizer)` and `run(optimizer)` with the learner's, in time.  Raises Failed with the reason why not."""
    optimizer = as_runner(own)
    for other, reason in _late:
        if other is own:
            raise NotBack(reason)
    try:
        in_time(lambda: check(optimizer))
        return in_time(lambda: run(optimizer), COMPILING)
    except NotBack as late:
        _late.append((own, str(late)))
        raise


def in_time(run: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """`run()`, on a thread of its own.  Raises Failed if it raises, and NotBack if it is not back in time."""
    result: dict[str, Any] = {}

    def work() -> None:
        try:
            result["value"] = run()
        except BaseException as error:  # whatever a learner's function does
            result["error"] = error

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        _end(thread)
        raise NotBack(f"not back after {seconds:g} seconds; is there a loop in it that never ends?")
    if "error" in result:
        raise result["error"] if isinstance(result["error"], Failed) else Failed(said(result["error"]))
    return result["value"]


def _end(thread: threading.Thread) -> None:
    """Raises in that thread, at its next line of Python: a loop that never ends would take a core for good."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit))


def said(error: BaseException) -> str:
    """The first line of an error, and the line of the learner's code in which it came up."""
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if is_cell(frame.f_code.co_filename)]
    where = f" (line {lines[-1]} of the cell)" if lines else ""
    text = (str(error).split("\n")[0] or "no message")[:200]
    return (instead(error) or f"{type(error).__name__}: {text}") + where


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
