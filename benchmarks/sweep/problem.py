"""What everyone has to do."""

from typing import NamedTuple

import jax
import numpy as np

from benchmarks.small_mlp.problem import WIDTHS, Problem, two_spirals
from nnlib.layers import Sequential, mlp

RATES = np.geomspace(0.001, 0.3, 32, dtype=np.float32)
SEEDS = 4


class Sweep(NamedTuple):
    """The learning rates (R,), a key for each seed (S,), and the rest, which is `small_mlp`'s."""

    rates: np.ndarray
    keys: jax.Array
    problem: Problem

    def all_runs(self) -> tuple[np.ndarray, jax.Array]:
        """Every rate with every key, one after another: (R S,) each."""
        rate, key = (place.ravel() for place in np.indices((len(self.rates), len(self.keys))))
        return self.rates[rate], self.keys[key]


def rates_and_seeds(steps: int = 1000) -> Sweep:
    return Sweep(RATES, jax.random.split(jax.random.key(0), SEEDS), two_spirals(steps))


def network(key: jax.Array) -> Sequential:
    return mlp(key, *WIDTHS)
