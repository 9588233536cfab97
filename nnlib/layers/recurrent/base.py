"""What all recurrent layers share: one step after another, for sequences of one length or of several.

    outputs, state = layer.run(x, state)            # (N, T, D) -> (N, T, M), and the state after the last step

A subclass has W (D, ...), Theta (H, ...) and `outputs`, and says what one step is: `step(x_t, state) -> state`.
"""

from typing import Any, ClassVar

import jax
import jax.numpy as jnp
from jax import lax

from nnlib.initializers import glorot_uniform, orthogonal
from nnlib.layers.lengths import cleared, pair
from nnlib.module import Array, Module

__all__ = ["Recurrent", "check_outputs", "gate_weights", "reverse"]


class Recurrent(Module):
    """A layer that reads a sequence: s_t = step(x_t, s_(t-1)), y_t = read(s_t).

    Shapes: x (N, T, D) -> y (N, T, M) if `outputs` is "all", (N, M) after the last step if it is "last".
    Or the pair (x, lengths) with lengths (N,), int, 0 to T: after the end of its sequence a state stays as
    it is and its output is repeated, whatever the padding holds. Other shapes of either are a ValueError, and a
    subclass that does not say what a step is meets a NotImplementedError.

    The scan is differentiated step by step: backpropagation through time, O(T) in time and in memory. For a
    truncated one, run a piece, and begin the next at `lax.stop_gradient(state)`.
    """

    reads_lengths: ClassVar[bool] = True

    def step(self, x: Array, state: Any) -> Any:
        """The state after one more input: x (N, D), and a state as `initial` gives it."""
        raise NotImplementedError(f"expected {type(self).__name__} to define step(x, state), got none; write it")

    def initial(self, n: int) -> Any:
        """The state before the first input, for n sequences: zeros, (n, H) or the like."""
        return jnp.zeros((n, len(self.Theta)), self.Theta.dtype)

    def read(self, state: Any) -> Array:
        """What a step puts out, (N, M): the state itself, or a part of it."""
        return state

    def __call__(self, x: Array | tuple[Array, Array]) -> Array:
        x, lengths = pair(x)
        return self.run(x, lengths=lengths)[0]

    def run(self, x: Array, state: Any = None, lengths: Array | None = None) -> tuple[Array, Any]:
        """The outputs, and the state after the last step, which may be the start of the next piece.

        x (N, T, D); state: the one to begin with, None is `initial`; lengths (N,), None: all steps count.
        """
        x = _checked(self, x, lengths)
        lengths = None if lengths is None else jnp.asarray(lengths)
        x = cleared(x, lengths)
        state = self.initial(len(x)) if state is None else state
        steps = jnp.swapaxes(x, 0, 1)  # (N, T, D) -> (T, N, D)
        going_on = None if lengths is None else jnp.arange(x.shape[1])[:, None] < lengths  # (T, N)

        def one_step(state: Any, now: tuple) -> tuple[Any, Any]:
            x, going_on = now
            new = jax.tree.map(lambda new, old: new.astype(old.dtype), self.step(x, state), state)
            if going_on is not None:
                new = jax.tree.map(lambda new, old: jnp.where(going_on[:, None], new, old), new, state)
            return new, self.read(new) if self.outputs == "all" else None

        state, outputs = lax.scan(one_step, state, (steps, going_on))
        return (jnp.swapaxes(outputs, 0, 1) if self.outputs == "all" else self.read(state)), state


def reverse(x: Array, lengths: Array | None = None) -> Array:
    """The sequences x (N, T, ...) from their ends to their starts; with lengths (N,), padding stays where it is."""
    x = jnp.asarray(x)
    if lengths is None:
        return jnp.flip(x, axis=1)
    steps = jnp.arange(x.shape[1])
    back = jnp.asarray(lengths)[:, None] - 1 - steps  # (N, T): T-1 .. 0 where all steps count
    places = jnp.where(back >= 0, back, steps)
    return jnp.take_along_axis(x, places.reshape(*places.shape, *[1] * (x.ndim - 2)), axis=1)


def gate_weights(key: Array, n_in: int, n_units: int, gates: int) -> tuple[Array, Array]:
    """W (D, G H), Glorot uniform for each gate, and Theta (H, G H), an orthogonal matrix for each gate.

    D = n_in, H = n_units, and G is the number of gates; all are drawn with the key. ValueError: a size below 1.
    """
    input_key, state_key = jax.random.split(key)
    W = [glorot_uniform(k, (n_in, n_units)) for k in jax.random.split(input_key, gates)]
    Theta = [orthogonal(k, (n_units, n_units)) for k in jax.random.split(state_key, gates)]
    return jnp.concatenate(W, axis=1), jnp.concatenate(Theta, axis=1)


def check_outputs(who: str, outputs: str) -> None:
    """A ValueError for outputs that are neither "all" nor "last"; it begins with who asks, such as "gru"."""
    if outputs not in ("all", "last"):
        raise ValueError(f'{who}: expected outputs "all" or "last", got {outputs!r}; choose one of the two')


def _checked(layer: Recurrent, x: Array, lengths: Array | None) -> Array:
    x, name, n_in = jnp.asarray(x), type(layer).__name__, layer.W.shape[0]
    if x.ndim != 3 or x.shape[-1] != n_in or x.shape[1] == 0:
        raise ValueError(f"{name}: expected sequences (N, T, {n_in}), T of at least 1, got {x.shape}; features go last")
    if lengths is not None and jnp.shape(lengths) != x.shape[:1]:
        raise ValueError(f"{name}: expected lengths ({len(x)},), got {jnp.shape(lengths)}; give one for each sequence")
    return x
