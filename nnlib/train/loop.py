"""Training: the whole loop as one compiled function.

    run = fit(model, (inputs, targets), binary_cross_entropy, adam(0.03), 1000, frames=50)
    run.model, run.losses, run.film

Each step follows the gradient of the mean of loss(outputs, targets). Numbers are traced: other data, weights,
rates never compile again. Kinds are compiled in: the loss, the shapes, how many steps. Inside your own
`jax.jit` or `jax.vmap`, `fit` is a part of that program.

TypeError: a model that is neither Module nor Run, or whose trained fields are not of floats; a loss or a penalty that
cannot be called; what is no optimizer. ValueError: a number out of the range that is given with it; arrays of data
with different numbers of rows, or none; a key that is needed and missing; a loss that does not give one number for
each example; a Run that another kind of optimizer made.
"""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax, random

from nnlib.data import batch_rows
from nnlib.module import Array, Module, as_module, buffer, merge, split
from nnlib.optim.base import apply_updates, as_optimizer, asked, call_update
from nnlib.train.checks import Plan, as_data, as_penalty, check, count
from nnlib.train.objective import measured, objective
from nnlib.train.packing import packing, repacked
from nnlib.train.reads import reads

__all__ = ["Run", "fit"]


class Run(Module):
    """What training gives; a value too: `vmap` stacks runs, and `fit(run, ...)` goes on from its end."""

    model: Any = buffer()  # after the last step
    losses: Array = buffer()  # (steps,): the mean loss of each step, before its update, without a penalty
    valid_losses: Any = buffer()  # (frames,), or (steps,) without a film: the mean loss on other data; or None
    film: Any = buffer()  # the stacked model, one entry a frame, the first before training; or None
    frame_steps: Any = buffer()  # (frames,), int32: the steps made before each frame; or None
    diverged: Array = buffer()  # int32: the first step whose loss is not finite; -1 if there is none
    state: Any = buffer()  # the optimizer's
    step: Array = buffer()  # int32: the steps made, with those of earlier runs


def fit(
    model: Module | Run, data: tuple, loss: Callable, optimizer: Any, steps: int,
    *, frames: int = 0, batch: int | None = None, key: Array | None = None,
    penalty: Callable | None = None, valid: tuple | None = None,
) -> Run:  # fmt: skip
    """Train: w <- w + update(gradient of the mean loss), `steps` times, from 0 up.

    model: a Module, or a Run to go on from.
    data: (inputs, targets), arrays or trees of arrays, examples on the first axis. A third entry, weights (N,), from
        0 up, makes the mean a weighted one: an example of weight 0 might as well not be there, and so padding it
        to a fixed size lets examples come and go without a new program. A number that is not finite is a ValueError
        where looking is cheap: outside a jit, in NumPy's arrays and those of the CPU, up to a million numbers.
    loss: (outputs, targets) -> one loss for each example. A Module where it has numbers that may move. A label that
        it does not know makes it NaN, and `diverged` the first step.
    optimizer: ours, or any with `init` and `update`, like optax's, which are given what they ask for: `value`, `grad`
        and `value_fn`. Those are compiled in, numbers and all: make one and use it again, or build it inside your own
        jit.
    frames: how many models the film keeps, evenly spaced in time: 0, or 2 to steps + 1.
    batch: the size of the mini-batches, 1 to N. Each epoch is shuffled and takes ceil(N / batch) steps, the last of
        them with what is left. None: every step takes all examples.
    key: for the shuffling, and for layers in which something is random.
    penalty: model -> a number, added to the mean loss for the gradient only, as `losses.penalty(l2=0.01)`. A Module
        keeps its numbers movable.
    valid: (inputs, targets) for `valid_losses`, at prediction: of the frames if there is a film, otherwise of the
        model before each step, which costs a forward pass a step.
    """
    data, valid = as_data("data", data), None if valid is None else as_data("valid", valid)
    plan = Plan(steps, frames, batch, count(data))
    check(plan, model, key)
    plan = Plan(int(steps), int(frames), batch and int(batch), plan.size)  # NumPy's own run over at 255 or 2^31
    now = (model.model, model.state, model.step) if isinstance(model, Run) else (model, None, np.int32(0))
    penalty = None if penalty is None else as_penalty(penalty)
    values = (now, data, as_module(loss), as_optimizer(optimizer), key, penalty, valid)
    leaves, form = jax.tree.flatten(values)
    shapes = tuple((getattr(leaf, "shape", ()), getattr(leaf, "dtype", type(leaf))) for leaf in leaves)
    return _compiled(plan, form, shapes, reads(loss, optimizer, penalty))(*values)


@lru_cache(maxsize=32)
def _compiled(plan: Plan, form: Any, shapes: tuple, read: tuple) -> Callable:
    """One program for each plan, form of the arguments, and what functions read; the oldest is forgotten."""
    return jax.jit(partial(_train, plan))


def _train(
    plan: Plan, now: tuple, data: tuple, loss: Callable, optimizer: Any, key: Array | None, penalty: Any, valid: Any
) -> Run:
    """The program: a scan over the steps; `first` of them were made by earlier runs."""
    model, state, first = now
    data = data if len(data) == 3 else (*data, None)  # inputs, targets, weights
    params, rest = split(model)
    state = _first_state(optimizer, params, state)
    pack, unpack = packing(params, optimizer)  # from here on the parameters are a row where that pays
    row, state = pack(params), repacked(pack, state, optimizer, params)
    shuffle_key, layer_key = (None, None) if key is None else random.split(key)
    batches = batch_rows(shuffle_key, plan.size, plan.batch, plan.steps, first) if plan.batch else None
    if batches and plan.size % plan.batch == 0:
        batches = batches[0], None  # every batch is full, and so nothing has to be weighed
    frame_steps = np.linspace(0, plan.steps, plan.frames).round().astype(np.int32)
    coming = jnp.asarray(np.searchsorted(frame_steps, np.arange(plan.steps) + 1))  # the frame after each step
    film = jax.tree.map(lambda leaf: jnp.stack([leaf] * plan.frames), (row, rest)) if plan.frames else None
    valid_of = partial(measured, loss, valid) if valid is not None else lambda model: None

    def one_step(carry: tuple, i: Array) -> tuple[tuple, tuple]:
        row, rest, state, film = carry
        valid_loss = None if plan.frames else valid_of(merge(unpack(row), rest))
        examples = data if batches is None else _take(data, *batches, i)
        step_key = None if key is None else random.fold_in(layer_key, first + i)
        aim = partial(objective, rest, examples, loss, step_key, penalty)
        row, rest, state, value = _step(aim, row, state, optimizer, pack, unpack)
        if plan.frames:  # every step writes into the coming frame; what the last one wrote stays
            now = row, rest
            film = jax.tree.map(lambda old, new: lax.dynamic_update_index_in_dim(old, new, coming[i], 0), film, now)
        return (row, rest, state, film), (value, valid_loss)

    start = row, rest, state, film
    (row, rest, state, film), (losses, valid_losses) = _repeated(one_step, start, plan.steps)
    film = merge(jax.vmap(unpack)(film[0]), film[1]) if plan.frames else None
    valid_losses = lax.map(valid_of, film) if plan.frames else valid_losses
    frame_steps = first + frame_steps if plan.frames else None
    model, state = merge(unpack(row), rest), repacked(unpack, state, optimizer, params)
    return Run(model, losses, valid_losses, film, frame_steps, _diverged(losses, first), state, first + plan.steps)


def _repeated(step: Callable, start: Any, steps: int) -> tuple[Any, Any]:
    """A scan over the steps. A loop of one step would be taken apart by the compiler, and then rounds otherwise than
    the same step in a longer one: so there it is two, of which the second does nothing."""
    if steps != 1:
        return lax.scan(step, start, jnp.arange(steps))
    nothing = jax.tree.map(lambda leaf: jnp.zeros(leaf.shape, leaf.dtype), jax.eval_shape(step, start, np.int32(0))[1])
    maybe = lambda now, i: lax.cond(i < 1, step, lambda now, i: (now, nothing), now, i)  # noqa: E731
    end, given = lax.scan(maybe, start, jnp.arange(2))
    return end, jax.tree.map(lambda leaf: leaf[:1], given)


def _step(
    aim: Callable, row: Any, state: Any, optimizer: Any, pack: Callable, unpack: Callable
) -> tuple[Any, Any, Any, Array]:
    """One step: the parameters, the rest of the model and the optimizer's state after it; the mean loss before it."""
    (total, (value, rest)), grads = jax.value_and_grad(aim, has_aux=True)(unpack(row))
    grads = pack(grads)
    updates, state = call_update(optimizer, grads, state, row, **asked(lambda row: aim(unpack(row))[0], total, grads))
    return apply_updates(row, updates), rest, state, value


def _take(data: tuple, rows: Array, weights: Array | None, i: Array) -> tuple:
    """The examples of step i and their weights, None if all are 1: (N, ...) -> (B, ...)."""
    inputs, targets, own = jax.tree.map(lambda leaf: jnp.asarray(leaf)[rows[i]], data)
    if weights is None:
        return inputs, targets, own
    return inputs, targets, weights[i] if own is None else weights[i] * own


def _first_state(optimizer: Any, params: Any, state: Any) -> Any:
    """The state that the run brings, which must be this kind of optimizer's, or a new one.

    Ours say in their form whose they are; of others, such as optax's, the form is all that is known.
    """
    new = optimizer.init(params)
    if state is not None and jax.tree.structure(state) != jax.tree.structure(new):
        raise ValueError("expected the kind of optimizer that made the run, got another; or go on from run.model")
    return new if state is None else state


def _diverged(losses: Array, first: Array) -> Array:
    """The first step whose loss is not finite; -1 if there is none."""
    bad = jnp.append(~jnp.isfinite(losses), True)  # a last True, so that there is one to find
    place = jnp.argmax(bad)
    return jnp.where(place < len(losses), first + place, -1).astype(jnp.int32)
