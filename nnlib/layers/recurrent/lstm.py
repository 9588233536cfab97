"""Long short-term memory: a cell on which information can stay, and gates that read and write it."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from nnlib.activations import sigmoid, tanh
from nnlib.given import check_sizes
from nnlib.layers.recurrent.base import Recurrent, check_outputs, gate_weights
from nnlib.module import Array, static

__all__ = ["LSTM", "LSTMGates", "LSTMState", "lstm"]


class LSTMState(NamedTuple):
    """What is handed on: the hidden state h, which the next step reads, and the cell c; both (N, H)."""

    h: Array
    c: Array


class LSTMGates(NamedTuple):
    """What a step computes from x_t and h_(t-1): gates i, f, o, between 0 and 1, and the candidate g; (N, H) each."""

    i: Array
    f: Array
    g: Array
    o: Array


class LSTM(Recurrent):
    """Long short-term memory.

        i = sigmoid(x_t W_i + h_(t-1) Theta_i + b_i)        input gate: how much is written
        f = sigmoid(x_t W_f + h_(t-1) Theta_f + b_f)        forget gate: how much of the cell is kept
        g = tanh   (x_t W_g + h_(t-1) Theta_g + b_g)        candidate: what is written
        o = sigmoid(x_t W_o + h_(t-1) Theta_o + b_o)        output gate: how much is shown
        c_t = f c_(t-1) + i g                               the cell
        h_t = o tanh(c_t)                                   the hidden state, and the output

    The gates change from step to step, the weights do not. Shapes: x (N, T, D), W (D, 4H), Theta (H, 4H),
    b (4H,), in the order i, f, g, o; 4 (D + H + 1) H parameters. Sources: Hochreiter and Schmidhuber, 1997;
    the forget gate is by Gers, Schmidhuber and Cummins, 2000.
    """

    W: Array
    Theta: Array
    b: Array
    outputs: str = static("all")

    def initial(self, n: int) -> LSTMState:
        return LSTMState(super().initial(n), super().initial(n))

    def read(self, state: LSTMState) -> Array:
        return state.h

    def gates(self, x: Array, state: LSTMState) -> LSTMGates:
        """The gates and the candidate of one step: x (N, D), state h and c, (N, H) each."""
        return _opened(self._products(x, state))

    def step(self, x: Array, state: LSTMState) -> LSTMState:
        return LSTMState(*_cell(self._products(x, state), state.c))

    def _products(self, x: Array, state: LSTMState) -> Array:
        return x @ self.W + state.h @ self.Theta + self.b  # (N, 4H)


def _opened(z: Array) -> LSTMGates:
    i, f, g, o = jnp.split(z, 4, axis=-1)  # (N, 4H) -> (N, H) each
    return LSTMGates(sigmoid(i), sigmoid(f), tanh(g), sigmoid(o))


@jax.custom_jvp
def _cell(z: Array, c: Array) -> tuple[Array, Array]:
    """h_t and c_t, from the products z (N, 4H) and c_(t-1)."""
    i, f, g, o = _opened(z)
    c = f * c + i * g
    return o * tanh(c), c


@_cell.defjvp  # by hand, in six factors: they are all that the way back through time has to keep
def _cell_jvp(primals: tuple, tangents: tuple) -> tuple[tuple, tuple]:
    (z, c), (dz, dc) = primals, tangents
    i, f, g, o = _opened(z)
    di, df, dg, do = jnp.split(dz, 4, axis=-1)
    new = f * c + i * g
    shown = tanh(new)
    dnew = f * dc + (f * (1 - f) * c) * df + (i * (1 - i) * g) * di + (i * (1 - g**2)) * dg
    dh = (o * (1 - shown**2)) * dnew + (o * (1 - o) * shown) * do
    return (o * shown, new), (dh, dnew)


def lstm(key: Array, n_in: int, n_units: int, outputs: str = "all", forget_bias: float = 1.0) -> LSTM:
    """An `LSTM` to train, with D = n_in and H = n_units: Glorot weights in, orthogonal ones from state to state.

    The weights are drawn with the key. The biases are 0, but the forget gate's are forget_bias: 1 keeps the cell at
    first, so that gradients reach far back from the start of training (Jozefowicz, Zaremba and Sutskever, 2015).
    ValueError: a size that is not a whole number from 1 up, outputs that are neither "all" nor "last".
    """
    check_sizes("lstm", 1, n_in=n_in, n_units=n_units)
    check_outputs("lstm", outputs)
    W, Theta = gate_weights(key, n_in, n_units, 4)
    b = jnp.zeros((4, n_units)).at[1].set(forget_bias)
    return LSTM(W, Theta, b.ravel(), outputs)
