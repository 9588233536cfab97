"""Rosenblatt's machine and its learning rule.

    z = w . x + b,   y = 1 if z >= 0 else 0
    w <- w + eta (d - y) x,   b <- b + eta (d - y)

The answer at z = 0 is a convention: here the upper class, as in `activations.step`. With labels -1 and +1 the
difference d - y is 0 or +-2; here it counts as 0 or +-1 under both conventions, so that both are the same
machine, and on a mistake the rule reads w <- w + eta d x.

Shapes: inputs X (N, D), one of them x (D,); labels d (N,), one of them d (); w (D,), b (). Shapes that do not fit, such
as inputs with another number of features than the weights, are a ValueError, and so are n_inputs, epochs or passes that
are no whole number. What is no number where one is expected is
a TypeError.
"""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax, random

from nnlib.given import as_features, check_sizes
from nnlib.module import Array, Module, as_float, buffer, replace, static

__all__ = [
    "SIGNS", "ZERO_ONE", "History", "Perceptron", "Separator", "margin", "mistake_bound", "perceptron",
    "radius", "separate", "train_perceptron", "untrained", "update",
]  # fmt: skip

ZERO_ONE = (0, 1)  # the two label conventions: (lower, upper) class
SIGNS = (-1, 1)


class Perceptron(Module):
    """A weighted sum and a threshold; `machine(x)` is the label, int32. Make one with `perceptron`.

    Shapes: w (D,), b (); x (..., D) -> (...,). labels: the two answers, (lower, upper) class.
    """

    w: Array
    b: Array
    labels: tuple[int, int] = static(ZERO_ONE)

    @jax.jit
    def __call__(self, x: Array) -> Array:
        lower, upper = self.labels
        return jnp.where(self.weighted_sum(x) >= 0, upper, lower).astype(jnp.int32)

    @jax.jit
    def weighted_sum(self, x: Array) -> Array:
        """z = w . x + b: x (..., D) -> (...,)."""
        return as_features("Perceptron", x, len(self.w)) @ self.w + self.b

    @jax.jit
    def distance(self, x: Array) -> Array:
        """How far x (..., D) is from the boundary w . x + b = 0, positive on the upper side: z / ||w||, (...,)."""
        return self.weighted_sum(x) / jnp.linalg.norm(self.w)


def perceptron(w: Any, b: Any, labels: tuple[int, int] = ZERO_ONE) -> Perceptron:
    """A perceptron with weights w (D,) and bias b (): `perceptron([1, 1], -1.5)` is AND. Other shapes: a ValueError.

    labels: the answers, (lower, upper) class, `ZERO_ONE` or `SIGNS`; anything else is a ValueError.
    """
    w, b = as_float(w), as_float(b)
    if w.ndim != 1 or b.ndim != 0:
        raise ValueError(f"expected weights (D,) and a bias (), got {w.shape} and {b.shape}; give a list and a number")
    if labels not in (ZERO_ONE, SIGNS):
        raise ValueError(f"expected labels {ZERO_ONE} or {SIGNS}, got {labels}; choose one of the two")
    return Perceptron(w, b, labels)


def untrained(n_inputs: int, labels: tuple[int, int] = ZERO_ONE) -> Perceptron:
    """A perceptron whose weights, one for each of n_inputs, and bias are 0; labels as for `perceptron`."""
    check_sizes("untrained", 1, n_inputs=n_inputs)
    return perceptron(jnp.zeros(n_inputs), 0.0, labels)


def update(machine: Perceptron, x: Array, d: Array, learning_rate: Any = 1.0) -> Perceptron:
    """The machine after the learning rule for one example x (D,) and its label d: w <- w + eta e x, b <- b + eta e.

    The error e is 0 for a right answer, +1 where the upper class was wanted, -1 where the lower was; eta is the
    learning_rate.
    """
    lower, upper = machine.labels
    x = as_features("update", x, len(machine.w))
    step = as_float(learning_rate) * (d - machine(x)) / (upper - lower)
    return Perceptron(machine.w + step * x, machine.b + step, machine.labels)


class History(Module):
    """Every step of a training. Step i shows one example and leads from w[i], b[i] to w[i + 1], b[i + 1]."""

    example: Array = buffer()  # (S,), int32: the row of X that was shown
    mistake: Array = buffer()  # (S,), bool: whether the answer was wrong, and so w and b moved
    w: Array = buffer()  # (S + 1, D): before the first step, and after each
    b: Array = buffer()  # (S + 1,)
    machine: Perceptron = buffer()  # after the last step
    size: int = static()  # the number of examples, which is the number of steps in an epoch

    @property
    @jax.jit
    def mistakes_per_epoch(self) -> Array:
        """(E,), int32. After a 0, nothing changes any more."""
        return jnp.sum(self.mistake.reshape(-1, self.size), axis=1, dtype=jnp.int32)


def train_perceptron(
    machine: Perceptron, X: Array, d: Array, epochs: int,
    *, learning_rate: Any = 1.0, key: Array | None = None, weights: Array | None = None,
) -> History:  # fmt: skip
    """Show the machine every example once in each of so many epochs, and correct each mistake by the learning rule.

    X (N, D) inputs, d (N,) labels. They come in the order of the rows or, with a key, in a new random order
    each epoch. weights (N,), not traced: 0 for a row of padding, which is passed over and left out of the
    history; so examples come and go without a new program. From zero, learning_rate (eta) only rescales w
    and b - in exact arithmetic: where z should be 0, rounding decides. So leave it at 1 (w and b are then in units of
    eta), or take a power of two. ValueError: shapes that do not fit, or a label that is none of the machine's.
    """
    check_sizes("train_perceptron", 0, epochs=epochs)
    X, d, n_inputs = as_float(X), jnp.asarray(d), len(machine.w)
    if X.ndim != 2 or X.shape[1] != n_inputs or d.shape != X.shape[:1]:
        raise ValueError(f"expected X (N, {n_inputs}) and labels (N,), got {X.shape} and {d.shape}; give as many")
    if not isinstance(d, jax.core.Tracer) and not np.isin(d, machine.labels).all():
        got = np.unique(d).tolist()
        raise ValueError(f"expected labels from {machine.labels}, got {got}; make the machine with these labels")
    if weights is None:
        return _train(machine, X, d, np.ones(len(X), bool), as_float(learning_rate), key, epochs)
    real = np.asarray(weights) > 0
    if real.shape != (len(X),):
        raise ValueError(f"expected weights ({len(X)},), one for each row of X, got {real.shape}; give 0 for padding")
    return _without_padding(_train(machine, X, d, jnp.asarray(real), as_float(learning_rate), key, epochs), real)


@jax.jit(static_argnames="epochs")
def _train(
    machine: Perceptron, X: Array, d: Array, real: Array, rate: Array, key: Array | None, epochs: int
) -> History:
    size = len(X)
    if key is None:
        order = jnp.tile(jnp.arange(size), epochs)  # (S,)
    else:
        orders = jax.vmap(lambda k: random.permutation(k, size))(random.split(key, epochs))  # (E, N)
        order = orders.reshape(-1)  # (S,)

    def show(machine: Perceptron, i: Array) -> tuple[Perceptron, tuple]:
        after = update(machine, X[i], d[i], rate * real[i])
        return after, (real[i] & (machine(X[i]) != d[i]), after.w, after.b)

    last, (mistake, w, b) = lax.scan(show, machine, order)
    w = jnp.concatenate([machine.w[None], w])  # (S + 1, D)
    b = jnp.concatenate([machine.b[None], b])  # (S + 1,)
    return History(order.astype(jnp.int32), mistake, w, b, last, size)


def _without_padding(run: History, real: np.ndarray) -> History:
    """The history of the real examples alone; a step over padding changed nothing and goes."""
    example, mistake, w, b = map(np.asarray, (run.example, run.mistake, run.w, run.b))  # no program for each length
    kept = np.flatnonzero(real[example])
    states = np.append(0, kept + 1)  # before the first step, and after each that is kept
    shown = {"example": example[kept], "mistake": mistake[kept], "w": w[states], "b": b[states]}
    return replace(run, **shown, size=int(real.sum()))


@jax.jit
def margin(X: Array, d: Array, w: Array, b: Array) -> Array:
    """The margin of (w, b): over the rows x of X, the least s (w . x + b) / ||(w, b)||, s = 1 for d > 0 and -1 else.

    Positive where every example is on its side. The bias counts as one more weight, on a constant input 1, as
    Novikoff's bound needs it: this is not the distance in the plane of the inputs.
    """
    signed, w, b = _signed(X, d), as_float(w), as_float(b)
    n = signed.shape[1] - 1
    if w.shape != (n,) or b.shape != ():
        raise ValueError(f"expected w ({n},) and b (), got {w.shape} and {b.shape}; give a weight for each column of X")
    v = jnp.append(w, b)
    return jnp.min(signed @ v) / jnp.linalg.norm(v)


@jax.jit
def radius(X: Array) -> Array:
    """The length of the longest input, with its constant 1: max ||(x, 1)|| over the rows x of X."""
    return jnp.max(jnp.linalg.norm(_signed(X, jnp.ones(len(X))), axis=1))


@jax.jit
def mistake_bound(X: Array, d: Array, w: Array, b: Array) -> Array:
    """Novikoff's bound on the mistakes that a perceptron makes from zero: (R / gamma)^2.

    R is the radius of the inputs X and gamma the margin of any separator (w, b); the wider, the tighter.
    Infinite, so that it says nothing, where (w, b) does not separate them by d. Source: Novikoff, 1962.
    """
    gamma = margin(X, d, w, b)
    return jnp.where(gamma > 0, (radius(X) / gamma) ** 2, jnp.inf)


class Separator(NamedTuple):
    """Weights with ||(w, b)|| = 1, and what is known: margin <= the widest margin there is <= ceiling."""

    w: Array
    b: Array
    margin: Array
    ceiling: Array


@jax.jit(static_argnames="passes")
def separate(X: Array, d: Array, passes: int = 1000) -> Separator:
    """A separator of X by d, of nearly the widest margin, and how near, up to rounding: see `Separator`.

    It looks for the shortest v = (w, b) with u . v >= 1 for every signed example u = s (x, 1). In each of the passes
    every u in turn pushes v by what it lacks, or takes back what it need not have pushed; a is its push so far:

        c = max(0, a + (1 - u . v) / ||u||^2),   v <- v + (c - a) u,   a <- c

    Nothing is taken on trust. The margin is measured on the examples; 0 or less says that no separator was
    found. The ceiling is ||v|| / sum(a): for the best unit v*, gamma sum(a) <= sum(a u) . v* <= ||v||.
    """
    check_sizes("separate", 1, passes=passes)
    U = _signed(X, d)  # (N, D + 1)

    def push(carry: tuple, i: Array) -> tuple[tuple, None]:
        v, a = carry
        c = jnp.maximum(0, a[i] + (1 - U[i] @ v) / (U[i] @ U[i]))
        return (v + (c - a[i]) * U[i], a.at[i].set(c)), None

    pushes = jnp.tile(jnp.arange(len(U)), passes)
    (_, a), _ = lax.scan(push, (jnp.zeros_like(U[0]), jnp.zeros_like(U[:, 0])), pushes)
    v = a @ U  # once more, without the rounding of all the pushes
    length = jnp.linalg.norm(v)
    w, b = v[:-1] / length, v[-1] / length
    return Separator(w, b, margin(X, d, w, b), length / jnp.sum(a))


def _signed(X: Array, d: Array) -> Array:
    """The examples with their constant 1, turned to the side of the upper class: s (x, 1), (N, D + 1)."""
    X, d = as_float(X), jnp.asarray(d)
    if X.ndim != 2 or d.shape != X.shape[:1]:
        raise ValueError(f"expected X (N, D) and labels (N,), got {X.shape} and {d.shape}; give one label for each row")
    return jnp.where(d > 0, 1, -1)[:, None] * jnp.append(X, jnp.ones((len(X), 1)), axis=1)
