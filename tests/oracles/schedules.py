"""Schedules beside optax and PyTorch: the rates of steps 0 to 30."""

import jax.numpy as jnp
import numpy as np
import optax

from nnlib import optim
from tests.oracles.part import Part, golden

K = np.arange(31)


def rates(schedule):
    """All rates, once for the whole array and once step by step, as a loop reads them."""
    one_by_one = jnp.stack([jnp.asarray(schedule(jnp.asarray(k))) for k in (0, 1, 17)])
    return schedule(jnp.asarray(K)), one_by_one


def beside_optax(name, theirs, *numbers, ours=None, label=""):
    """`ours` (the schedule of this name, if not given) and `theirs` are made from the numbers."""
    ours = ours or getattr(optim, name)

    def expected(*numbers):
        found = np.array([theirs(*numbers)(k) for k in K.tolist()])
        return found, found[[0, 1, 17]]

    numbers = tuple(np.array(np.float32(n), np.float64) for n in numbers)
    return Part(label or name, lambda *n: rates(ours(*n)), numbers, "optax", expected, f"optim.{name}")


def beside_torch(name, make):
    return golden(name, lambda rate: make(rate)(jnp.asarray(K)), f"optim.{name}")


def exponential(start, factor, steps, **options):
    return optax.exponential_decay(start, steps, factor, **options)


def cosine(start, end, steps):
    return optax.cosine_decay_schedule(start, steps, alpha=end / start)


def warm_up(peak, end, steps, start):
    """optax counts the steps of the warm-up into decay_steps."""
    return optax.warmup_cosine_decay_schedule(0.0, peak, int(start), int(start + steps), end)


# Numbers of steps that are no integers keep k = tau, a kink or a jump, away from the central differences.
PARTS = [
    beside_optax("constant", optax.constant_schedule, 0.3),
    beside_optax("linear", optax.linear_schedule, 0.3, 0.05, 20.5),
    beside_optax("exponential", exponential, 0.3, 0.6, 5),
    beside_optax("step_decay", lambda *numbers: exponential(*numbers, staircase=True), 0.3, 0.6, 6.3),
    beside_optax("cosine", cosine, 0.3, 0.05, 20.5),
    beside_optax("warm_up", lambda peak, end: warm_up(peak, end, 20, 8), 0.3, 0.05, label="warm_up, then cosine",
                 ours=lambda peak, end: optim.warm_up(8, optim.cosine(peak, end, 20))),
    beside_optax("warm_up", lambda peak: optax.warmup_constant_schedule(0.0, peak, 8), 0.3,
                 ours=lambda peak: optim.warm_up(8, peak), label="warm_up, then constant"),
    beside_torch("exponential", lambda rate: optim.exponential(rate, 0.875)),
    beside_torch("step_decay", lambda rate: optim.step_decay(rate, 0.25, 7)),
    beside_torch("linear", lambda rate: optim.linear(rate, rate * 0.125, 20)),
    beside_torch("cosine", lambda rate: optim.cosine(rate, 0.0625, 30)),
    beside_torch("warm_up", lambda rate: optim.warm_up(10, rate)),
]  # fmt: skip
