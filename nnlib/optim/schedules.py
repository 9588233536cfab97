"""Schedules: a learning rate for every step, from k, the steps made before it.

cosine(0.1, 0.0, 1000)(k)       a number, or an array of them for an array k

start and end are rates, numbers from 0 up; steps, tau in the formulas, counts steps, from 1 up. All may be traced. A
number out of its range is a ValueError, what is no number a TypeError.
"""

import jax.numpy as jnp

from nnlib.module import Array, Module, as_float, buffer, static
from nnlib.optim.base import Rate, as_rate, rate_at

__all__ = ["Schedule", "constant", "cosine", "exponential", "linear", "step_decay", "warm_up"]

RULES = {
    "constant": lambda k, eta: jnp.broadcast_to(eta, k.shape),
    "linear": lambda k, start, end, tau: (1 - _share(k, tau)) * start + _share(k, tau) * end,
    "exponential": lambda k, start, factor, steps: start * factor ** (k / steps),
    "step_decay": lambda k, start, factor, steps: start * factor ** (k // steps),
    "cosine": lambda k, start, end, tau: end + (start - end) * (1 + jnp.cos(jnp.pi * _share(k, tau))) / 2,
    "warm_up": lambda k, tau, then: _share(k, tau) * rate_at(then, jnp.maximum(k - tau, 0)),
}


def constant(rate: float) -> "Schedule":
    """The same for every step: eta_k = rate, a number from 0 up."""
    return Schedule("constant", (_rate(rate),))


def linear(start: float, end: float, steps: float) -> "Schedule":
    """Linear annealing: eta_k = (1 - k/tau) start + (k/tau) end, held from step tau = steps on.

    Nothing is random in it: simulated annealing, a search by chance, shares only the word.
    """
    return Schedule("linear", (_rate(start), _rate(end), as_float(steps, "steps", 1)))


def exponential(start: float, factor: float, steps: float = 1) -> "Schedule":
    """By one factor, from 0 up, in every so many steps: eta_k = start factor^(k / steps)."""
    return Schedule("exponential", (_rate(start), as_float(factor, "factor", 0), as_float(steps, "steps", 1)))


def step_decay(start: float, factor: float, steps: float) -> "Schedule":
    """By one factor, from 0 up, all at once, after every so many steps: eta_k = start factor^floor(k / steps)."""
    return Schedule("step_decay", (_rate(start), as_float(factor, "factor", 0), as_float(steps, "steps", 1)))


def cosine(start: float, end: float, steps: float) -> "Schedule":
    """Half a wave down: eta_k = end + (start - end) (1 + cos(pi k/tau)) / 2, held from step tau = steps on."""
    return Schedule("cosine", (_rate(start), _rate(end), as_float(steps, "steps", 1)))


def warm_up(steps: float, then: Rate) -> "Schedule":
    """Up from 0 in a line, for tau = steps; then another schedule from its beginning.

    eta_k = (k/tau) then(0) before step tau, and then(k - tau) from there on. then: a schedule, or a number from 0 up.
    """
    return Schedule("warm_up", (as_float(steps, "steps", 1), as_rate(then)))


class Schedule(Module):
    """eta_k = rule(k, *numbers), k from 0 up, of any shape: the rule is compiled in, the numbers may move."""

    rule: str = static()
    numbers: tuple = buffer()

    def __call__(self, k: Array) -> Array:
        return RULES[self.rule](jnp.asarray(k), *self.numbers)


def _rate(rate: float) -> Array:
    """A rate that is a number: a schedule within this one would begin anew; `warm_up` puts one after another."""
    return as_float(rate, "learning_rate", 0)


def _share(k: Array, tau: Array) -> Array:
    """How much of the way is done: k/tau, and 1 from step tau on."""
    return jnp.minimum(k / tau, 1)
