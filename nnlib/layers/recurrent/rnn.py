"""Simple recurrent layers: the state goes back into the next step (Elman), or only the output does (Jordan).

The factories draw the weights with a key; D = n_in, H = n_units, M = n_out. ValueError: a size that is not a whole
number from 1 up, outputs that are neither "all" nor "last".
"""

from collections.abc import Callable

import jax
import jax.numpy as jnp

from nnlib.activations import identity, tanh
from nnlib.given import check_sizes
from nnlib.initializers import glorot_uniform
from nnlib.layers.recurrent.base import Recurrent, check_outputs, gate_weights
from nnlib.module import Array, static

__all__ = ["RNN", "Jordan", "jordan", "rnn"]


class RNN(Recurrent):
    """A recurrent layer whose hidden state goes back: what it needs to remember, it can.

        h_t = f(x_t W + h_(t-1) Theta + b),    y_t = h_t,    with the activation f

    Shapes: x (N, T, D), W (D, H), Theta (H, H), b (H,), h (N, H). A dense layer after it reads the states:
    g(h_t V + c). Source: Elman, 1990.
    """

    W: Array
    Theta: Array
    b: Array
    activation: Callable = static(tanh)
    outputs: str = static("all")

    def step(self, x: Array, state: Array) -> Array:
        return self.activation(x @ self.W + state @ self.Theta + self.b)


class Jordan(Recurrent):
    """A recurrent layer whose output goes back, and nothing else: weaker, for the output is all it remembers.

        h_t = f(x_t W + y_(t-1) Theta + b),    y_t = g(h_t V + c),    with f the activation and g the output's

    Shapes: x (N, T, D), W (D, H), Theta (M, H), b (H,), V (H, M), c (M,), y (N, M). Where the outputs are
    taught, each step can be trained by itself, with the target in the place of y_(t-1). Source: Jordan, 1986.
    """

    W: Array
    Theta: Array
    b: Array
    V: Array
    c: Array
    activation: Callable = static(tanh)
    output: Callable = static(identity)
    outputs: str = static("all")

    def step(self, x: Array, state: Array) -> Array:
        h = self.activation(x @ self.W + state @ self.Theta + self.b)  # (N, H)
        return self.output(h @ self.V + self.c)  # (N, M)


def rnn(key: Array, n_in: int, n_units: int, activation: Callable = tanh, outputs: str = "all") -> RNN:
    """An `RNN` to train, with the activation f: Glorot weights in, orthogonal ones from state to state, biases 0.

    outputs: "all" of them, or the "last" alone.
    """
    check_sizes("rnn", 1, n_in=n_in, n_units=n_units)
    check_outputs("rnn", outputs)
    W, Theta = gate_weights(key, n_in, n_units, 1)
    return RNN(W, Theta, jnp.zeros(n_units), activation, outputs)


def jordan(
    key: Array, n_in: int, n_units: int, n_out: int,
    activation: Callable = tanh, output: Callable = identity, outputs: str = "all",
) -> Jordan:  # fmt: skip
    """A `Jordan` to train, with the activation f and the output's g: Glorot weights, biases 0.

    outputs: "all" of them, or the "last" alone.
    """
    check_sizes("jordan", 1, n_in=n_in, n_units=n_units, n_out=n_out)
    check_outputs("jordan", outputs)
    shapes = ((n_in, n_units), (n_out, n_units), (n_units, n_out))
    W, Theta, V = map(glorot_uniform, jax.random.split(key, 3), shapes)
    return Jordan(W, Theta, jnp.zeros(n_units), V, jnp.zeros(n_out), activation, output, outputs)
