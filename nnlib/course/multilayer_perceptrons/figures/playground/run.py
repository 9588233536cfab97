"""A run of the playground, moment by moment: twenty steps, then a look at the network and its losses.

One program makes any stretch of it: from which moment to which is data, like every hyperparameter. So a run in
which some were changed on the way is a few calls, and what came before a change stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from nnlib.activations import sigmoid
from nnlib.course.common.optimizers import FIRST_ORDER, chosen
from nnlib.losses import binary_cross_entropy, penalty, squared_error
from nnlib.module import Array

from .net import ACTIVATIONS, WIDEST, Architecture, answers, network
from .sets import ROOM, Data

__all__ = [
    "EVERY", "MOST", "Evaluation", "Hyperparameters", "Moments", "Score", "advance", "dropout_draws", "evaluate",
    "first_state", "programs",
]  # fmt: skip

EVERY, MOST = 20, 200  # steps between two moments, and how many moments there may be after the first
POOL = 40  # so many epochs' orders and steps' dropouts are drawn beforehand, and come round again
FINE, COARSE = 48, 16  # samples along a side: of the boundary, of a unit's map
SIGMOID = ACTIVATIONS.index("sigmoid")  # its middle is 1/2, and not 0
CHUNK = 26  # moments that are looked at in one call
BOUNDS = (-2.0, 2.0, -2.0, 2.0)


class Hyperparameters(NamedTuple):
    """What may be turned while it runs; all of it is data."""

    rate: float
    optimizer: int
    batch: int
    l1: float
    l2: float
    dropout: float
    squared: bool


class Moments(NamedTuple):
    """Moments of a run, each (T, ...): all numbers of the network, (T, P), and the optimizer's state."""

    weights: Array
    state: Any


def _optimizer(hyper: Hyperparameters) -> Any:
    return chosen(hyper.optimizer, {"rate": hyper.rate}, FIRST_ORDER)


@jax.jit
def first_state(weights: Array) -> Any:
    """The state of all optimizers before any step."""
    return chosen(0, {}, FIRST_ORDER).init(weights)


@lru_cache(maxsize=16)
def programs(hidden: int, mine: Callable) -> tuple[Callable, Callable]:
    """What trains and what looks, for so many hidden layers; mine: the learner's activation.

    A pair takes 12 MB and more: those used longest ago are forgotten, for a learner may write many activations.
    """
    return jax.jit(partial(_advance, mine)), jax.jit(partial(_evaluate, mine))


def advance(
    now: Moments,
    moments: tuple[int, int],
    hyper: Hyperparameters,
    data: Data,
    architecture: Architecture,
    draws: Array,
    mine: Callable,
) -> Moments:
    """The run from one moment to another: rows `begin` to `end` of the film are written, the others are 0.

    now: weights (P,) and state at moment `begin`.  draws: what dropout draws from.  mine: the learner's activation.
    """
    train, _ = programs(len(architecture.activations), mine)
    return train(now, moments, hyper, data, architecture, draws)


def _advance(
    mine: Callable,
    now: Moments,
    moments: tuple[Array, Array],
    hyper: Hyperparameters,
    data: Data,
    architecture: Architecture,
    draws: Array,
) -> Moments:
    begin, end = moments
    optimizer = _optimizer(hyper)

    def step(number: Array, now: Moments) -> Moments:
        examples = _batch(data, number, hyper.batch)
        keep = jnp.where(draws[number % POOL] < hyper.dropout, 0.0, 1 / (1 - hyper.dropout))

        def objective(weights: Array) -> Array:
            model = network(weights, architecture, mine, keep)
            return _mean(model(data.X), data.y, examples, hyper) + penalty(hyper.l1, hyper.l2)(model)

        update, state = optimizer.update(jax.grad(objective)(now.weights), now.state, now.weights)
        return Moments(now.weights + update, state)

    def stretch(t: Array, film: Moments) -> Moments:
        now = jax.tree.map(lambda rows: rows[t], film)
        return _put(film, t + 1, lax.fori_loop(t * EVERY, (t + 1) * EVERY, step, now))

    empty = jax.tree.map(lambda leaf: jnp.zeros((MOST + 1, *jnp.shape(leaf)), jnp.result_type(leaf)), now)
    return lax.fori_loop(begin, end, stretch, _put(empty, begin, now))


def _put(film: Moments, t: Array, moment: Moments) -> Moments:
    return jax.tree.map(lambda rows, row: lax.dynamic_update_index_in_dim(rows, row, t, 0), film, moment)


@lru_cache(maxsize=4)
def dropout_draws(hidden: int) -> np.ndarray:
    """Numbers from 0 to 1 for dropout: (40, L, 300, 8)."""
    return np.random.default_rng(5).random((POOL, hidden, ROOM, WIDEST), np.float32)


def _batch(data: Data, step: Array, size: Array) -> Array:
    """1 for the examples of this step's mini-batch, 0 for the others: contiguous pieces of an epoch's order."""
    per_epoch = -(-data.count // size)
    epoch, piece = step // per_epoch, step % per_epoch
    return data.weights * (data.ranks[epoch % POOL] // size == piece)


def _mean(logits: Array, y: Array, weights: Array, hyper: Hyperparameters) -> Array:
    """The mean over the examples with weight 1: cross-entropy, or the squared error of the probability."""
    losses = jnp.where(hyper.squared, squared_error(sigmoid(logits), y), binary_cross_entropy(logits, y))
    return jnp.where(weights > 0, losses, 0.0).sum() / jnp.maximum(weights.sum(), 1.0)


class Score(NamedTuple):
    """What one set of examples has to say of each moment: the mean loss, and the share that is classified right."""

    loss: Array
    right: Array


class Evaluation(NamedTuple):
    """What is seen of each moment, each (T, ...).

    field: the probability on the plane, (T, 48, 48).  maps: every unit's answers as bytes, an array (T, n, 16, 16) for
    each layer, 0 for -1 and less, 255 for 1 and more.
    """

    field: np.ndarray
    maps: tuple[np.ndarray, ...]
    train: Score
    test: Score
    penalty: np.ndarray


def evaluate(
    weights: np.ndarray, architecture: Architecture, hyper: Hyperparameters, data: Data, test: Data, mine: Callable
) -> Evaluation:
    """The film of a run as it is seen, in pieces of a fixed length: so one program does for every length."""
    count = len(weights)
    rows = [np.minimum(np.arange(at, at + CHUNK), count - 1) for at in range(0, count, CHUNK)]
    _, see = programs(len(architecture.activations), mine)
    seen = [see(weights[r], architecture, hyper, data, test) for r in rows]
    return jax.tree.map(lambda *parts: np.concatenate([np.asarray(part) for part in parts])[:count], *seen)


def _evaluate(
    mine: Callable, weights: Array, architecture: Architecture, hyper: Hyperparameters, data: Data, test: Data
) -> Evaluation:
    left, right, bottom, top = BOUNDS
    x, y = jnp.meshgrid(jnp.linspace(left, right, FINE), jnp.linspace(bottom, top, FINE))
    places = jnp.concatenate([jnp.stack([x.ravel(), y.ravel()], axis=1), data.X, test.X])
    cuts = [FINE * FINE, FINE * FINE + ROOM]

    def one(weights: Array) -> Evaluation:
        model = network(weights, architecture, mine)
        *hidden, logits = answers(model, places)
        logits, *asked = jnp.split(logits[:, 0], cuts)
        shares = sigmoid(logits)[:, None]
        plane = [a[: FINE * FINE] for a in hidden]
        low = [
            jnp.where(kind == SIGMOID, 2 * a - 1, a)
            for kind, a in zip(architecture.activations, plane[1:], strict=True)
        ]
        maps = tuple(map(_maps, [plane[0] / 2, *low, 2 * shares - 1]))
        seen = [_seen(each, examples, hyper) for each, examples in zip(asked, (data, test), strict=True)]
        return Evaluation(shares.reshape(FINE, FINE), maps, *seen, penalty(hyper.l1, hyper.l2)(model))

    return jax.vmap(one)(weights)


def _seen(logits: Array, data: Data, hyper: Hyperparameters) -> Score:
    right = (((logits > 0) == (data.y > 0.5)) * data.weights).sum() / jnp.maximum(data.weights.sum(), 1.0)
    return Score(_mean(logits, data.y, data.weights, hyper), right)


def _maps(a: Array) -> Array:
    """The answers on the grid, (2304, n), as small pictures of bytes (n, 16, 16)."""
    thin = a.reshape(FINE, FINE, -1)[1 :: FINE // COARSE, 1 :: FINE // COARSE]
    return jnp.round(127.5 * (jnp.clip(thin, -1, 1) + 1)).astype(jnp.uint8).transpose(2, 0, 1)
