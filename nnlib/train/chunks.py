"""Training in chunks: `fit` again and again, for long runs; and what a run begins and ends with.

ValueError: a number out of the range that is given with it, and whatever is one in `fit`. TypeError: a model that is
no Module, or what is no optimizer.
"""

from collections.abc import Callable, Iterator
from typing import Any

import jax.numpy as jnp

from nnlib.given import check_sizes
from nnlib.module import Module, split
from nnlib.optim.base import as_optimizer
from nnlib.train.checks import check_model
from nnlib.train.loop import Run, fit

__all__ = ["ending", "start", "stream"]


def stream(
    model: Module | Run, data: tuple, loss: Callable, optimizer: Any, steps: int,
    *, chunk: int, frames: int = 0, **options: Any,
) -> Iterator[Run]:  # fmt: skip
    """Train in chunks, and give a Run after each: for long runs, to show progress, to pause, to stop.

    Together the chunks make exactly the steps that one `fit` with the same options makes. To change the learning rate
    on the way, give a function without arguments in place of the optimizer: it is asked before every chunk. chunk: the
    steps in each, from 1 up, fewer in the last. Each has its own losses and its own film of `frames`, which begins
    where the last one ended. model, data, loss and the options (batch, key, penalty, valid) are as for `fit`.
    """
    check_sizes("stream", 1, chunk=chunk)
    check_sizes("stream", 0, steps=steps, frames=frames)
    if not callable(optimizer):
        as_optimizer(optimizer)  # an error here, and not where the first chunk is asked for
    return _chunks(model, data, loss, optimizer, steps, chunk, frames, options)


def _chunks(
    model: Module | Run, data: tuple, loss: Callable, optimizer: Any, steps: int, chunk: int, frames: int, options: dict
) -> Iterator[Run]:
    run = model
    for done in range(0, steps, chunk):
        asked = optimizer() if callable(optimizer) else optimizer
        run = run if isinstance(run, Run) else start(run, asked)
        now = min(chunk, steps - done)
        run = fit(run, data, loss, asked, now, frames=min(frames, now + 1), **options)
        yield run


def start(model: Module, optimizer: Any) -> Run:
    """A run of no steps: the model as it is, and the optimizer's first state for its trained arrays."""
    check_model(model)
    state = as_optimizer(optimizer).init(split(model)[0])
    return ending(Run(model, None, None, None, None, None, state, jnp.zeros((), jnp.int32)))


def ending(run: Run) -> Run:
    """The run without its history, in the form that `start` gives: all that going on needs, for a checkpoint."""
    return Run(run.model, jnp.zeros(0), None, None, None, jnp.full((), -1, jnp.int32), run.state, run.step)
