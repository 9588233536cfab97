"""The gated recurrent unit: a state that is kept or replaced, number by number."""

from typing import NamedTuple

import jax.numpy as jnp

from nnlib.activations import sigmoid, tanh
from nnlib.given import check_sizes
from nnlib.layers.recurrent.base import Recurrent, check_outputs, gate_weights
from nnlib.module import Array, static

__all__ = ["GRU", "GRUGates", "gru"]


class GRUGates(NamedTuple):
    """What one step computes: the reset gate r, the update gate z, and the candidate n; (N, H) each."""

    r: Array
    z: Array
    n: Array


class GRU(Recurrent):
    """A gated recurrent unit.

        r = sigmoid(x_t W_r + h_(t-1) Theta_r + b_r)            reset gate
        z = sigmoid(x_t W_z + h_(t-1) Theta_z + b_z)            update gate
        n = tanh(x_t W_n + r (h_(t-1) Theta_n) + b_n)           candidate, reset "after" the matrix product
        n = tanh(x_t W_n + (r h_(t-1)) Theta_n + b_n)           ... or "before" it
        h_t = (1 - z) n + z h_(t-1)                             z = 1 keeps the state

    Papers differ in where r acts, and in which of 0 and 1 keeps the state: with 1 - z in the place of z, the
    same machine, weights and bias of z with the other sign. Shapes: x (N, T, D), W (D, 3H), Theta (H, 3H),
    b (3H,), in the order r, z, n; 3 (D + H + 1) H parameters. Source: Cho et al., 2014 ("before").
    """

    W: Array
    Theta: Array
    b: Array
    reset: str = static("after")
    outputs: str = static("all")

    def gates(self, x: Array, state: Array) -> GRUGates:
        """The gates and the candidate of one step: x (N, D), state (N, H)."""
        H = len(self.Theta)
        from_x = x @ self.W + self.b  # (N, 3H)
        if self.reset == "after":
            from_h = state @ self.Theta  # (N, 3H)
            r, z = jnp.split(sigmoid((from_x + from_h)[:, : 2 * H]), 2, axis=-1)
            return GRUGates(r, z, tanh(from_x[:, 2 * H :] + r * from_h[:, 2 * H :]))
        r, z = jnp.split(sigmoid(from_x[:, : 2 * H] + state @ self.Theta[:, : 2 * H]), 2, axis=-1)
        return GRUGates(r, z, tanh(from_x[:, 2 * H :] + (r * state) @ self.Theta[:, 2 * H :]))

    def step(self, x: Array, state: Array) -> Array:
        _, z, n = self.gates(x, state)
        return (1 - z) * n + z * state


def gru(key: Array, n_in: int, n_units: int, reset: str = "after", outputs: str = "all") -> GRU:
    """A `GRU` to train, D = n_in and H = n_units: Glorot weights in, orthogonal ones from state to state, biases 0.

    The weights are drawn with the key. ValueError: a size that is not a whole number from 1 up, a reset that is neither
    "after" nor "before", outputs that are neither "all" nor "last".
    """
    check_sizes("gru", 1, n_in=n_in, n_units=n_units)
    check_outputs("gru", outputs)
    if reset not in ("before", "after"):
        raise ValueError(f'gru: expected reset "before" or "after" the product, got {reset!r}; choose one of the two')
    W, Theta = gate_weights(key, n_in, n_units, 3)
    return GRU(W, Theta, jnp.zeros(3 * n_units), reset, outputs)
