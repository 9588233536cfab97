"""A run of the playground, moment by moment: twenty steps, then a look at the network and its losses.

One program makes any stretch of it: from which moment to which is data, like every knob. So a run whose knobs were
turned on the way is a few calls, and what came before a change stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax


from nnlib.course.optimizers.runners import FIRST_ORDER, chosen
from nnlib.module import Array

from .net import WIDEST, Form, Layers, forward, layers_of
from .sets import ROOM, Data

__all__ = ["EVERY", "MOST", "Film", "Knobs", "Sight", "advance", "chances", "first_state", "look"]

EVERY, MOST = 20, 200  # steps between two moments, and how many moments there may be after the first
POOL = 40  # so many epochs' orders and steps' dropouts are drawn beforehand, and come round again
FINE, COARSE = 60, 20  # samples along a side: of the boundary, of a unit's map
CHUNK = 26  # moments that are looked at in one call
BOUNDS = (-2.0, 2.0, -2.0, 2.0)


class Knobs(NamedTuple):
    """What may be turned while it runs; all of it is data."""

    rate: float
    optimizer: int
    batch: int
    l1: float
    l2: float
    dropout: float
    squared: bool


class Film(NamedTuple):
    """Moments of a run, each (T, ...): all numbers of the network, the optimizer's state, and the losses."""

    weights: Array  # (T, P)
    state: Any
    train: Array  # the mean loss on the data
    test: Array
    penalty: Array


def _optimizer(knobs: Knobs) -> Any:
    return chosen(knobs.optimizer, {"rate": knobs.rate}, FIRST_ORDER)


@jax.jit
def first_state(weights: Array) -> Any:
    """The state of all optimizers before any step."""
    return chosen(0, {}, FIRST_ORDER).init(weights)


@partial(jax.jit, static_argnames="mine")
def advance(
    weights: Array, state: Any, moments: tuple[int, int], knobs: Knobs, data: Data, test: Data, form: Form,
    chance: Array, mine: Callable,
) -> Film:  # fmt: skip
    """The run from one moment to another: rows `begin` to `end` of the film are written, the others are 0.

    weights, state: at moment `begin`.  chance: what dropout draws from.  mine: the learner's own activation.
    """
    begin, end = moments
    optimizer, hidden = _optimizer(knobs), len(form.kinds)

    def moment(weights: Array, state: Any) -> Film:
        layers = layers_of(weights, hidden)
        train, test_ = (_loss(layers, form, knobs, examples, mine) for examples in (data, test))
        return Film(weights, state, train, test_, _penalty(layers, knobs))

    def step(number: Array, now: tuple) -> tuple:
        weights, state = now
        examples = _batch(data, number, knobs.batch)
        keep = jnp.where(chance[number % POOL] < knobs.dropout, 0.0, 1 / (1 - knobs.dropout))

        def objective(weights: Array) -> Array:
            layers = layers_of(weights, hidden)
            logits = forward(layers, form, data.X, mine, keep)[-1][:, 0]
            return _mean(logits, data.y, examples, knobs) + _penalty(layers, knobs)

        update, state = optimizer.update(jax.grad(objective)(weights), state, weights)
        return weights + update, state

    def stretch(t: Array, film: Film) -> Film:
        now = jax.tree.map(lambda rows: rows[t], (film.weights, film.state))
        return _put(film, t + 1, moment(*lax.fori_loop(t * EVERY, (t + 1) * EVERY, step, now)))

    first = moment(weights, state)
    empty = jax.tree.map(lambda leaf: jnp.zeros((MOST + 1, *jnp.shape(leaf)), jnp.result_type(leaf)), first)
    return lax.fori_loop(begin, end, stretch, _put(empty, begin, first))


def _put(film: Film, t: Array, moment: Film) -> Film:
    return jax.tree.map(lambda rows, row: lax.dynamic_update_index_in_dim(rows, row, t, 0), film, moment)


@lru_cache(maxsize=4)
def chances(hidden: int) -> np.ndarray:
    """Numbers from 0 to 1 for dropout: (40, L, 300, 8)."""
    return np.random.default_rng(5).random((POOL, hidden, ROOM, WIDEST), np.float32)


def _batch(data: Data, step: Array, size: Array) -> Array:
    """1 for the examples of this step's mini-batch, 0 for the others: contiguous pieces of an epoch's order."""
    per_epoch = -(-data.count // size)
    epoch, piece = step // per_epoch, step % per_epoch
    return data.weights * (data.ranks[epoch % POOL] // size == piece)


def _mean(logits: Array, y: Array, weights: Array, knobs: Knobs) -> Array:
    """The mean over the examples with weight 1: cross-entropy, or the squared error of the probability."""
    entropy = jax.nn.softplus(logits) - y * logits
    squares = (jax.nn.sigmoid(logits) - y) ** 2
    losses = jnp.where(knobs.squared, squares, entropy)
    return jnp.where(weights > 0, losses, 0.0).sum() / jnp.maximum(weights.sum(), 1.0)


def _loss(layers: Layers, form: Form, knobs: Knobs, data: Data, mine: Callable) -> Array:
    return _mean(forward(layers, form, data.X, mine)[-1][:, 0], data.y, data.weights, knobs)


def _penalty(layers: Layers, knobs: Knobs) -> Array:
    """l1 |W| + l2 W^2 / 2, summed over all weights; biases are free."""
    return sum(knobs.l1 * jnp.abs(W).sum() + knobs.l2 / 2 * (W * W).sum() for W, _ in layers)


class Sight(NamedTuple):
    """What is seen of each moment: the probability on the plane, (T, 60, 60); every unit's map as bytes, an array
    (T, n, 20, 20) for each layer, 0 for -1 and less, 255 for 1 and more; and the shares that are right, (T,) each."""

    field: np.ndarray
    maps: tuple[np.ndarray, ...]
    train: np.ndarray
    test: np.ndarray


def look(weights: np.ndarray, form: Form, data: Data, test: Data, mine: Callable) -> Sight:
    """The film of a run as it is seen, in pieces of a fixed length: so one program does for every length."""
    count = len(weights)
    rows = [np.minimum(np.arange(at, at + CHUNK), count - 1) for at in range(0, count, CHUNK)]
    seen = [_look(weights[r], form, data, test, mine) for r in rows]
    return jax.tree.map(lambda *parts: np.concatenate([np.asarray(part) for part in parts])[:count], *seen)


@partial(jax.jit, static_argnames="mine")
def _look(weights: Array, form: Form, data: Data, test: Data, mine: Callable) -> Sight:
    left, right, bottom, top = BOUNDS
    x, y = jnp.meshgrid(jnp.linspace(left, right, FINE), jnp.linspace(bottom, top, FINE))
    places = jnp.concatenate([jnp.stack([x.ravel(), y.ravel()], axis=1), data.X, test.X])

    def one(weights: Array) -> Sight:
        answers = forward(layers_of(weights, len(form.kinds)), form, places, mine)
        plane = [a[: FINE * FINE] for a in answers]
        shares = jax.nn.sigmoid(plane[-1])
        shown = [plane[0] / 2, *plane[1:-1], 2 * shares - 1]
        rights = [_right(a, of) for a, of in zip(jnp.split(answers[-1][FINE * FINE :, 0], 2), (data, test))]
        return Sight(shares.reshape(FINE, FINE), tuple(map(_maps, shown)), *rights)

    return jax.vmap(one)(weights)


def _maps(a: Array) -> Array:
    """The answers on the grid, (3600, n), as small pictures of bytes (n, 20, 20)."""
    thin = a.reshape(FINE, FINE, -1)[1 :: FINE // COARSE, 1 :: FINE // COARSE]
    return jnp.round(127.5 * (jnp.clip(thin, -1, 1) + 1)).astype(jnp.uint8).transpose(2, 0, 1)


def _right(logits: Array, data: Data) -> Array:
    """The share of the examples that are classified right."""
    return (((logits > 0) == (data.y > 0.5)) * data.weights).sum() / jnp.maximum(data.weights.sum(), 1.0)
