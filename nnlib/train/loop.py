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

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax, random

from nnlib.data import batch_rows
from nnlib.module import Array, Module, as_module, buffer, check_sizes, merge, split
from nnlib.optim.base import apply_updates, as_optimizer, call_update
from nnlib.train.checks import Plan, check, check_finite, count
from nnlib.train.packing import packing, repacked

__all__ = ["Run", "ending", "fit", "start", "stream"]


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
    data: (inputs, targets), arrays or trees of arrays, examples on the first axis. A third entry, weights (N,),
        makes the mean a weighted one: an example of weight 0 might as well not be there, and so padding it
        to a fixed size lets examples come and go without a new program. A number that is not finite is a ValueError
        where looking is cheap: outside a jit, in NumPy's arrays and those of the CPU, up to a million numbers.
    loss: (outputs, targets) -> one loss for each example. A Module where it has numbers that may move. A label that
        it does not know makes it NaN, and `diverged` the first step.
    optimizer: ours, or any with `init` and `update`, like optax's. Those are compiled in, numbers and all:
        make one and use it again, or build it inside your own jit.
    frames: how many models the film keeps, evenly spaced in time: 0, or 2 to steps + 1.
    batch: the size of the mini-batches, 1 to N. Each epoch is shuffled and takes ceil(N / batch) steps, the last of
        them with what is left. None: every step takes all examples.
    key: for the shuffling, and for layers in which something is random.
    penalty: model -> a number, added to the mean loss for the gradient only, as `losses.penalty(l2=0.01)`. A Module
        keeps its numbers movable.
    valid: (inputs, targets) for `valid_losses`, at prediction: of the frames if there is a film, otherwise of the
        model before each step, which costs a forward pass a step.
    """
    plan = Plan(steps, frames, batch, count(data))
    check(plan, model, key)
    check_finite("data", data)
    if valid is not None:
        count(valid, "valid")
        check_finite("valid", valid)
    now = (model.model, model.state, model.step) if isinstance(model, Run) else (model, None, np.int32(0))
    penalty = None if penalty is None else as_module(penalty)
    values = (now, data, as_module(loss), as_optimizer(optimizer), key, penalty, valid)
    leaves, form = jax.tree.flatten(values)
    shapes = tuple((getattr(leaf, "shape", ()), getattr(leaf, "dtype", type(leaf))) for leaf in leaves)
    return _compiled(plan, form, shapes)(*values)


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
    run = model
    for done in range(0, steps, chunk):
        asked = optimizer() if callable(optimizer) else optimizer
        run = run if isinstance(run, Run) else start(run, asked)
        now = min(chunk, steps - done)
        run = fit(run, data, loss, asked, now, frames=min(frames, now + 1), **options)
        yield run


def start(model: Module, optimizer: Any) -> Run:
    """A run of no steps: the model as it is, and the optimizer's first state for its trained arrays."""
    state = optimizer.init(split(model)[0])
    return ending(Run(model, None, None, None, None, None, state, jnp.zeros((), jnp.int32)))


def ending(run: Run) -> Run:
    """The run without its history, in the form that `start` gives: all that going on needs, for a checkpoint."""
    return Run(run.model, jnp.zeros(0), None, None, None, jnp.full((), -1, jnp.int32), run.state, run.step)


@lru_cache(maxsize=32)
def _compiled(plan: Plan, form: Any, shapes: tuple) -> Callable:
    """One program for each plan and form of the arguments; the one used longest ago is forgotten."""
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
    measured = partial(_measured, loss, valid) if valid is not None else lambda model: None

    def one_step(carry: tuple, i: Array) -> tuple[tuple, tuple]:
        row, rest, state, film = carry
        valid_loss = None if plan.frames else measured(merge(unpack(row), rest))
        examples = data if batches is None else _take(data, *batches, i)
        step_key = None if key is None else random.fold_in(layer_key, first + i)
        objective = partial(_objective, rest, examples, loss, step_key, penalty)
        row, rest, state, value = _step(objective, row, state, optimizer, pack, unpack)
        if plan.frames:  # every step writes into the coming frame; what the last one wrote stays
            now = row, rest
            film = jax.tree.map(lambda old, new: lax.dynamic_update_index_in_dim(old, new, coming[i], 0), film, now)
        return (row, rest, state, film), (value, valid_loss)

    start = row, rest, state, film
    (row, rest, state, film), (losses, valid_losses) = _repeated(one_step, start, plan.steps)
    film = merge(jax.vmap(unpack)(film[0]), film[1]) if plan.frames else None
    valid_losses = lax.map(measured, film) if plan.frames else valid_losses
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
    objective: Callable, row: Any, state: Any, optimizer: Any, pack: Callable, unpack: Callable
) -> tuple[Any, Any, Any, Array]:
    """One step: the parameters, the rest of the model and the optimizer's state after it; the mean loss before it."""
    (_, (value, rest)), grads = jax.value_and_grad(objective, has_aux=True)(unpack(row))
    loss_of_row = lambda row: objective(unpack(row))[0]  # noqa: E731  for Newton's method
    updates, state = call_update(optimizer, pack(grads), state, row, loss=loss_of_row)
    return apply_updates(row, updates), rest, state, value


def _objective(
    rest: Any, examples: tuple, loss: Callable, key: Array | None, penalty: Any, params: Any
) -> tuple[Array, tuple]:
    """What is made smaller, the mean loss and the penalty; beside it the mean loss alone, and the rest after it."""
    model = merge(params, rest)
    inputs, targets, weights = examples
    outputs, after = model.train_call(inputs, key)
    value = _mean(loss(outputs, targets), weights, count(examples))
    return value if penalty is None else value + penalty(model), (value, split(after)[1])


def _measured(loss: Callable, valid: tuple, model: Module) -> Array:
    """The mean loss at prediction, on other data."""
    inputs, targets, *weights = valid
    return _mean(loss(model(inputs), targets), *(weights or [None]), count(valid))


def _mean(losses: Array, weights: Array | None, size: int) -> Array:
    """The mean over the examples, each as often as its weight says; 0 if no weight is left."""
    if losses.shape[:1] != (size,):
        raise ValueError(f"expected a loss for each of the {size} examples, got {losses.shape}; leave the mean to fit")
    if weights is None:
        return jnp.mean(losses)
    total = jnp.sum(weights)
    return jnp.mean(losses.reshape(size, -1), axis=1) @ weights / jnp.where(total > 0, total, 1)


def _take(data: tuple, rows: Array, weights: Array | None, i: Array) -> tuple:
    """The examples of step i and their weights, None if all are 1: (N, ...) -> (B, ...)."""
    inputs, targets, own = jax.tree.map(lambda leaf: jnp.asarray(leaf)[rows[i]], data)
    if weights is None:
        return inputs, targets, own
    return inputs, targets, weights[i] if own is None else weights[i] * own


def _first_state(optimizer: Any, params: Any, state: Any) -> Any:
    """The state that the run brings, which must be this kind of optimizer's, or a new one."""
    new = optimizer.init(params)
    if state is not None and jax.tree.structure(state) != jax.tree.structure(new):
        raise ValueError("expected the kind of optimizer that made the run, got another; or go on from run.model")
    return new if state is None else state


def _diverged(losses: Array, first: Array) -> Array:
    """The first step whose loss is not finite; -1 if there is none."""
    bad = jnp.append(~jnp.isfinite(losses), True)  # a last True, so that there is one to find
    place = jnp.argmax(bad)
    return jnp.where(place < len(losses), first + place, -1).astype(jnp.int32)
