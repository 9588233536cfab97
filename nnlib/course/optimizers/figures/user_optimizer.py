"""The learner's own optimizer as one more runner: whatever it does, a sentence comes back and the others run on."""

from __future__ import annotations

import inspect
from collections import deque
from collections.abc import Callable
from typing import Any

import jax

from nnlib.course.common.learner import COMPILING, Failed, NotBack, in_time
from nnlib.optim import from_function

__all__ = ["as_runner", "check_step", "run_own"]

EXPECTED = "expected a function (g, memory) -> (step, memory), or an optimizer with init and update"


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
    return from_function(own)


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
