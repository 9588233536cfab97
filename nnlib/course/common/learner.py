"""A learner's function, called with care: on copies, in time, in bounds; whatever it does becomes a sentence.

One limit is Python's own: a single call that never comes back to Python, such as `sum(itertools.count())`, can be ended
by a deadline as little as by the stop button.
"""

from __future__ import annotations

import copy
import ctypes
import dis
import gc
import inspect
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any

import numpy as np
import psutil

from .errors import explained

__all__ = [
    "COMPILING", "SECONDS", "Failed", "NotBack", "blank", "call", "dotted", "in_time", "parameters", "unfinished",
]  # fmt: skip

SECONDS = 5.0  # how long a learner's function may take
COMPILING = 60.0  # and what is compiled and trained with it, by a machine that has much else to do
MOST = 500 << 20  # bytes: as much memory more may be needed meanwhile


class Failed(ValueError):
    """Why a learner's function did not do what it should, as a sentence without its full stop."""


class NotBack(Failed):
    """It takes too long, or too much: not to be tried again."""


# --- in time, and in bounds --------------------------------------------------------------------------------------


def in_time(run: Callable[[], Any], seconds: float | None = None) -> Any:
    """`run()`, on a thread of its own; in SECONDS, if it is not said otherwise.

    Raises Failed if it raises; NotBack if it is not back in time, takes MOST bytes and more, or is stopped by hand.
    """
    result: dict[str, Any] = {}
    left, over = threading.Lock(), threading.Lock()  # free when the function is left; when nobody raises in it any more
    left.acquire()
    over.acquire()

    def work() -> None:
        try:
            result["value"] = run()
        except BaseException as error:  # whatever a learner's function does
            result["error"] = error
        while "over" not in result:  # plain locks: the word to end, a moment too late, leaves none of them half taken
            try:
                if left.locked():
                    left.release()
                over.acquire(timeout=1)
            except SystemExit:
                pass

    # In the cell's own context: there its prints belong, and NumPy's settings are.
    thread = threading.Thread(target=copy_context().run, args=(work,), name="nnlib-learner", daemon=True)
    try:
        thread.start()
        if reason := _watched(left, SECONDS if seconds is None else seconds):
            _end(thread, result)
    except KeyboardInterrupt:
        reason = "stopped by hand, before it was done"
        _end(thread, result)
    finally:
        result["over"] = True
        over.release()
    if reason:
        raise NotBack(reason)
    if (error := result.get("error")) is not None:
        raise error if isinstance(error, Failed) else Failed(explained(error)) from error
    return result["value"]


def _watched(left: threading.Lock, seconds: float) -> str:
    """Waits until the function is left; empty, or why to wait no longer."""
    me = psutil.Process()
    end, most = time.monotonic() + seconds, me.memory_info().rss + MOST
    while not left.acquire(timeout=0.05):
        if time.monotonic() > end:
            return f"not back after {seconds:g} seconds; is there a loop in it that never ends?"
        if me.memory_info().rss > most:
            return f"it has taken {MOST >> 20} MB of memory; is there a list in it that grows without end?"
    return ""


def _end(thread: threading.Thread, result: dict[str, Any]) -> None:
    """Raises in that thread, at its next line of Python: a loop that never ends would take a core for good.

    Again and again, and close together, since a bare `except:` in the loop takes it for an error of its own; the second
    then comes while the first is being handled, where nothing catches it.  What sleeps is left to itself.
    """
    last = time.monotonic() + 5
    end, worked = last - 4, _worked(thread)
    with _hurried():
        while thread.is_alive() and not result and time.monotonic() < last:
            _raise_in(thread, ctypes.py_object(SystemExit))
            time.sleep(0)
            if time.monotonic() > end:
                if _worked(thread) == worked:
                    break  # it sleeps
                end, worked = time.monotonic() + 1, _worked(thread)
        if result:
            _raise_in(thread, None)  # takes back the last one, if it has not arrived


def _worked(thread: threading.Thread) -> float:
    """The processor's time that a thread has taken so far, in seconds; 0 where the system does not tell."""
    times = (each for each in psutil.Process().threads() if each.id == thread.native_id)
    return sum(each.user_time + each.system_time for each in times)


_hurry = threading.Lock()


@contextmanager
def _hurried() -> Iterator[None]:
    """Python's threads take turns every 10 us instead of every 5 ms; of two at once, the second waits.

    No garbage is collected meanwhile: in what is called after that, the word to end is printed and then forgotten.
    """
    with _hurry:
        before, collects = sys.getswitchinterval(), gc.isenabled()
        sys.setswitchinterval(1e-5)
        gc.disable()
        try:
            yield
        finally:
            sys.setswitchinterval(before)
            if collects:
                gc.enable()


def _raise_in(thread: threading.Thread, error: Any) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), error)


# --- one call ----------------------------------------------------------------------------------------------------


def parameters(function: Callable) -> list[str]:
    """The names of what a function takes."""
    return list(inspect.signature(function).parameters)


def call(function: Callable, case: tuple, ask: Callable) -> tuple[Any, int | None]:
    """The answer to a case, ask(function, *case), and which argument the function changed in place (None: none).

    Raises Failed if the function raises.  An untouched stub may raise, too: its dots are no numbers; then the answer
    is those dots.
    """
    given = copy.deepcopy(case)
    try:
        answer = ask(function, *given)
    except NotBack:
        raise
    except Exception as error:
        if dotted(function):
            return ..., None
        raise error if isinstance(error, Failed) else Failed(explained(error, function, compiled=False)) from error
    changed = (i for i, (mine, yours) in enumerate(zip(case, given, strict=True)) if not _same(mine, yours))
    return answer, next(changed, None)


def dotted(function: Callable) -> bool:
    """Whether there is still a `...` in the function."""
    return ... in getattr(getattr(function, "__code__", None), "co_consts", ())


def unfinished(function: Callable, answer: Any) -> bool:
    """Whether an answer is that of a stub: dots, or nothing at all where nothing is done."""
    parts = answer if isinstance(answer, (tuple, list)) else (answer,)
    if any(part is ... for part in parts) or (answer is None and blank(function)):
        return True
    return dotted(function) and _holds_dots(answer)


def _holds_dots(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype == object and any(map(_holds_dots, value.ravel()))
    return value is ... or (isinstance(value, (tuple, list)) and any(map(_holds_dots, value)))


def blank(function: Callable) -> bool:
    """Whether there is something to be filled in: dots, or nothing at all in the body but `pass` or a docstring."""
    code = getattr(function, "__code__", None)
    quiet = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE", "COPY_FREE_VARS", "CACHE"}
    return dotted(function) or (code is not None and all(i.opname in quiet for i in dis.get_instructions(code)))


def _same(mine: Any, yours: Any) -> bool:
    return np.array_equal(mine, yours) if isinstance(mine, np.ndarray) else True
