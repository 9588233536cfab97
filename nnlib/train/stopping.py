"""Early stopping: train until the validation loss no longer gets better, and keep the best model."""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from nnlib.given import check_sizes
from nnlib.module import Array, Module
from nnlib.train.chunks import stream
from nnlib.train.loop import Run

__all__ = ["Stopped", "early_stopping", "stopping_point"]


class Stopped(NamedTuple):
    """A run that was stopped, and the best model on its way."""

    run: Run  # as it was when it stopped: fit(stopped.run, ...) goes on
    best: Module
    best_step: int  # the steps made before it
    losses: np.ndarray  # (steps made,)
    valid_losses: np.ndarray  # (checks,), the first before training
    steps: np.ndarray  # (checks,): the steps made before each


def early_stopping(
    model: Module | Run, data: tuple, loss: Callable, optimizer: Any, steps: int,
    *, valid: tuple, every: int, patience: int, **options: Any,
) -> Stopped:  # fmt: skip
    """Train for `steps` at most; stop after `patience` checks in a row that are no better than the best before.

    A check is the mean loss on `valid` (X, y) at prediction: before training, and after every `every` steps. A NaN is
    never better. model, data, loss: as for `fit`; optimizer: as for `stream`; options: those of `fit` (batch, key,
    penalty). Nothing depends on the time it takes. ValueError: steps, every or patience is no whole number from 1 up;
    and whatever is an error in `fit`.
    """
    check_sizes("early_stopping", 1, steps=steps, every=every, patience=patience)
    best, place = model.model if isinstance(model, Run) else model, 0  # the place of the best check among them
    checks, at, losses = [], [], []
    for run in stream(model, data, loss, optimizer, steps, chunk=every, frames=2, valid=valid, **options):
        new = slice(1 if checks else 0, None)  # a chunk's first frame is the last of the chunk before
        checks += np.asarray(run.valid_losses)[new].tolist()
        at += np.asarray(run.frame_steps)[new].tolist()
        losses.append(np.asarray(run.losses))
        if checks[-1] < np.nan_to_num(checks[place], nan=np.inf):
            best, place = run.model, len(checks) - 1
        if len(checks) - 1 - place >= patience:
            break
    return Stopped(run, best, at[place], np.concatenate(losses), np.array(checks), np.array(at))


def stopping_point(valid_losses: Array, patience: int | Array) -> tuple[Array, Array]:
    """Where early stopping would have ended a whole curve of checks, and the best check until then: two indices.

    valid_losses: (C,), C at least 1, as `fit(..., valid=...)` gave them. patience: so many checks in a row, from 1 up;
    it may be traced, and so a slider. A curve that never waits so long ends with its last check. ValueError: another
    shape of the curve, or a patience that is no whole number from 1 up.
    """
    valid_losses = jnp.asarray(valid_losses)
    if valid_losses.ndim != 1 or not valid_losses.size:
        shape = f"losses (C,), C from 1 up, got {valid_losses.shape}"
        raise ValueError(f"stopping_point: expected {shape}; give those of a run with valid=")
    if not isinstance(patience, jax.core.Tracer):
        check_sizes("stopping_point", 1, patience=patience.item() if hasattr(patience, "item") else patience)
    return _stopping_point(valid_losses, patience)


@jax.jit
def _stopping_point(valid_losses: Array, patience: int | Array) -> tuple[Array, Array]:
    checks = jnp.arange(len(valid_losses))
    lowest = lax.cummin(jnp.where(jnp.isnan(valid_losses), jnp.inf, valid_losses))
    better = jnp.append(True, lowest[1:] < lowest[:-1])
    best = lax.cummax(jnp.where(better, checks, 0))  # (C,): the best check until each
    over = (checks - best >= patience).at[-1].set(True)
    stop = jnp.argmax(over)
    return stop, best[stop]
