"""Training: the whole loop as one compiled function.

    run = fit(model, (inputs, targets), binary_cross_entropy, adam(0.03), 1000, frames=50)
    run.model, run.losses, run.film

Each step follows the gradient of the mean of loss(outputs, targets). Numbers are traced: other data, weights,
rates never compile again. Kinds are compiled in: the loss, the shapes, how many steps. Inside your own
`jax.jit` or `jax.vmap`, `fit` is a part of that program; a sweep over learning rates is

    jax.vmap(lambda rate: fit(model, data, loss, adam(rate), 1000).losses)(rates)
"""

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax, random

from nnlib.data import batch_rows
from nnlib.module import Array, Module, as_module, buffer, merge, split
from nnlib.optim.base import apply_updates, as_optimizer, call_update

__all__ = ["Run", "fit", "start", "stream"]


class Run(Module):
    """What training gives; a value too: `vmap` stacks runs, and `fit(run, ...)` goes on from its end."""

    model: Any = buffer()  # after the last step
    losses: Array = buffer()  # (steps,): the loss of each step, before its update
    film: Any = buffer()  # the stacked model, one entry a frame, the first before training; or None
    frame_steps: Any = buffer()  # (frames,), int32: the steps made before each frame; or None
    diverged: Array = buffer()  # int32: the first step whose loss is not finite; -1 if there is none
    state: Any = buffer()  # the optimizer's
    step: Array = buffer()  # int32: the steps made, with those of earlier runs


class Plan(NamedTuple):
    """The numbers that are compiled in: steps, frames, examples in a batch (None: all), examples."""

    steps: int
    frames: int
    batch: int | None
    size: int


def fit(
    model: Module | Run, data: tuple, loss: Callable, optimizer: Any, steps: int,
    *, frames: int = 0, batch: int | None = None, key: Array | None = None,
) -> Run:  # fmt: skip
    """Train for a number of steps: w <- w + update(gradient of the mean loss), `steps` times.

    model: a Module, or a Run to go on from.
    data: (inputs, targets), arrays or trees of arrays, examples on the first axis. A third entry, weights (N,),
        makes the mean a weighted one: an example of weight 0 might as well not be there, and so padding it
        to a fixed size lets examples come and go without a new program.
    loss: (outputs, targets) -> one loss for each example. A Module where it has numbers that may move.
    optimizer: ours, or any with `init` and `update`, like optax's. Those are compiled in, numbers and all:
        make one and use it again, or build it inside your own jit.
    frames: how many models the film keeps, evenly spaced in time: 0, or 2 and more.
    batch: the size of the mini-batches. Each epoch is shuffled and takes ceil(N / batch) steps, the last of
        them with what is left. None: every step takes all examples.
    key: for the shuffling, and for layers in which something is random.
    """
    plan = Plan(steps, frames, batch, _count(data))
    _check(plan, model, key)
    now = (model.model, model.state, model.step) if isinstance(model, Run) else (model, None, np.int32(0))
    optimizer = as_optimizer(optimizer)
    values = (now, data, as_module(loss), optimizer, key)
    leaves, form = jax.tree.flatten(values)
    shapes = tuple((getattr(leaf, "shape", ()), getattr(leaf, "dtype", type(leaf))) for leaf in leaves)
    return _compiled(plan, form, shapes)(*values)


def stream(
    model: Module | Run, data: tuple, loss: Callable, optimizer: Any, steps: int,
    *, chunk: int, frames: int = 0, batch: int | None = None, key: Array | None = None,
) -> Iterator[Run]:  # fmt: skip
    """Train in chunks, and give a Run after each: for long runs, to show progress, to pause, to stop.

    Together the chunks make exactly the steps that one `fit` makes. To change the learning rate on the way,
    give a function without arguments in place of the optimizer: it is asked before every chunk. Each chunk
    has its own losses and its own film of `frames`, which begins where the last one ended.
    """
    if chunk < 1:
        raise ValueError(f"expected chunks of at least 1 step, got {chunk}; for instance steps // 20")
    run = model
    for done in range(0, steps, chunk):
        asked = optimizer() if callable(optimizer) else optimizer
        run = run if isinstance(run, Run) else start(run, asked)
        now = min(chunk, steps - done)
        run = fit(run, data, loss, asked, now, frames=min(frames, now + 1), batch=batch, key=key)
        yield run


def start(model: Module, optimizer: Any) -> Run:
    """A run of no steps: the model as it is, and the optimizer's first state."""
    zero = jnp.zeros((), jnp.int32)
    return Run(model, jnp.zeros(0), None, None, zero - 1, optimizer.init(split(model)[0]), zero)


@lru_cache(maxsize=32)
def _compiled(plan: Plan, form: Any, shapes: tuple) -> Callable:
    """One program for each plan and form of the arguments; the one used longest ago is forgotten."""
    return jax.jit(partial(_train, plan))


def _train(plan: Plan, now: tuple, data: tuple, loss: Callable, optimizer: Any, key: Array | None) -> Run:
    """The program: a scan over the steps."""
    model, state, first = now
    data = data if len(data) == 3 else (*data, None)  # inputs, targets, weights
    state = _first_state(optimizer, model, state)
    shuffle_key, layer_key = (None, None) if key is None else random.split(key)
    batches = batch_rows(shuffle_key, plan.size, plan.batch, plan.steps, first) if plan.batch else None
    frame_steps = np.linspace(0, plan.steps, plan.frames).round().astype(np.int32)
    coming = jnp.asarray(np.searchsorted(frame_steps, np.arange(plan.steps) + 1))  # the frame after each step
    film = jax.tree.map(lambda leaf: jnp.stack([leaf] * plan.frames), model) if plan.frames else None

    def one_step(carry: tuple, i: Array) -> tuple[tuple, Array]:
        model, state, film = carry
        examples = data if batches is None else _take(data, *batches, i)
        step_key = None if key is None else random.fold_in(layer_key, first + i)
        model, state, value = _step(model, state, examples, loss, optimizer, step_key)
        if plan.frames:  # every step writes into the coming frame; what the last one wrote stays
            film = jax.tree.map(partial(_write, coming[i]), film, model)
        return (model, state, film), value

    (model, state, film), losses = lax.scan(one_step, (model, state, film), jnp.arange(plan.steps))
    frame_steps = first + frame_steps if plan.frames else None
    return Run(model, losses, film, frame_steps, _diverged(losses, first), state, first + plan.steps)


def _step(
    model: Module, state: Any, examples: tuple, loss: Callable, optimizer: Any, key: Array | None
) -> tuple[Module, Any, Array]:
    """One step: the model and the optimizer's state after it, and the loss before it."""
    trained, rest = split(model)
    inputs, targets, weights = examples

    def objective(trained: Any) -> tuple[Array, Any]:
        outputs, after = merge(trained, rest).train_call(inputs, key)
        return _mean(loss(outputs, targets), weights, _count(examples)), split(after)[1]

    (value, rest), grads = jax.value_and_grad(objective, has_aux=True)(trained)
    updates, state = call_update(optimizer, grads, state, trained, loss=lambda trained: objective(trained)[0])
    return merge(apply_updates(trained, updates), rest), state, value


def _mean(losses: Array, weights: Array | None, size: int) -> Array:
    """The mean over the examples, each as often as its weight says; 0 if no weight is left."""
    if losses.shape[:1] != (size,):
        raise ValueError(
            f"expected the loss to give one number for each of the {size} examples, got shape "
            f"{losses.shape}; leave the mean to fit"
        )
    if weights is None:
        return jnp.mean(losses)
    total = jnp.sum(weights)
    return jnp.mean(losses.reshape(size, -1), axis=1) @ weights / jnp.where(total > 0, total, 1)


def _take(data: tuple, rows: Array, weights: Array, i: Array) -> tuple:
    """The examples of step i and their weights: (N, ...) -> (B, ...)."""
    inputs, targets, own = jax.tree.map(lambda leaf: jnp.asarray(leaf)[rows[i]], data)
    return inputs, targets, weights[i] if own is None else weights[i] * own


def _first_state(optimizer: Any, model: Module, state: Any) -> Any:
    """The state that the run brings, which must be this kind of optimizer's, or a new one."""
    new = optimizer.init(split(model)[0])
    if state is not None and jax.tree.structure(state) != jax.tree.structure(new):
        raise ValueError(
            "expected the kind of optimizer that made the run, got one with another state; use the same with "
            "other numbers, or go on from run.model to start afresh"
        )
    return new if state is None else state


def _diverged(losses: Array, first: Array) -> Array:
    """The first step whose loss is not finite; -1 if there is none."""
    bad = jnp.append(~jnp.isfinite(losses), True)  # a last True, so that there is one to find
    place = jnp.argmax(bad)
    return jnp.where(place < len(losses), first + place, -1).astype(jnp.int32)


def _write(index: Array, stack: Array, entry: Array) -> Array:
    return lax.dynamic_update_index_in_dim(stack, entry, index, 0)


def _count(data: Any) -> int:
    """The number of examples: the length of the first axis, the same in all arrays."""
    sizes = [np.shape(leaf)[0] if np.ndim(leaf) else None for leaf in jax.tree.leaves(data)]
    rightly_put = isinstance(data, (tuple, list)) and len(data) in (2, 3)
    if not rightly_put or None in sizes or len(set(sizes)) != 1 or sizes[0] == 0:
        raise ValueError(
            "expected data (inputs, targets) or (inputs, targets, weights), arrays with one row for each "
            f"example, got {type(data).__name__} of arrays with {sizes} rows; give as many inputs as targets"
        )
    return sizes[0]


def _check(plan: Plan, model: Any, key: Array | None) -> None:
    steps, frames, batch, size = plan
    if not isinstance(model, Module):
        raise TypeError(f"expected a Module or a Run, got {type(model).__name__}; make one: nnlib.layers")
    if not isinstance(steps, (int, np.integer)) or steps < 0:
        raise ValueError(f"expected a whole number of steps, 0 or more, got {steps}; give an int")
    if frames and not 2 <= frames <= steps + 1:
        raise ValueError(
            f"expected frames to be 0, or from 2 to steps + 1 = {steps + 1}, got {frames}; the first frame "
            "is before training, the last after it"
        )
    if batch is not None and not 1 <= batch <= size:
        raise ValueError(f"expected a batch of 1 to {size} examples, got {batch}; None takes all of them")
    if batch is not None and key is None:
        raise ValueError("expected a key to shuffle the batches with, got None; give key=jax.random.key(0)")
