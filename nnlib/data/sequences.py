"""Sequences from a key, with answers that are known; and windows of a text.

    X, y = adding_problem(key, n=500, steps=50)
    tokens, targets, vocabulary = text_windows(text, 40)

Sets that are drawn with a key have n examples of so many steps; both fix the shapes, and less than 1 is a ValueError.
"""

from functools import partial
from numbers import Integral

import jax
import jax.numpy as jnp
import numpy as np
from jax import random

from nnlib.given import check_sizes
from nnlib.module import Array, Module, static

__all__ = ["Vocabulary", "adding_problem", "delayed_recall", "text_windows"]


class Vocabulary(Module):
    """The symbols of a text, each once or a ValueError; the token of a symbol is its place among them, from 0."""

    symbols: str = static()

    def __post_init__(self):
        super().__post_init__()
        if len(set(self.symbols)) != len(self.symbols):
            raise ValueError(f"Vocabulary: expected different symbols, got {self.symbols!r}; give each once")

    def __len__(self) -> int:
        return len(self.symbols)

    def encode(self, text: str) -> Array:
        """The tokens of a text: (T,), int32. A ValueError if a symbol in it is unknown."""
        place = {symbol: token for token, symbol in enumerate(self.symbols)}
        unknown = sorted(set(text) - set(place))
        if unknown:
            raise ValueError(f"encode: expected symbols out of {self.symbols!r}, got {unknown}; leave these out")
        return jnp.array([place[symbol] for symbol in text], jnp.int32)

    def decode(self, tokens: Array) -> str:
        """The text of tokens (T,). A ValueError for another shape, and for a token that no symbol has."""
        tokens = np.asarray(tokens)
        if tokens.ndim != 1 or not set(tokens.tolist()) <= set(range(len(self))):
            raise ValueError(f"decode: expected tokens (T,) below {len(self)}, got {tokens}; give one sequence")
        return "".join(self.symbols[token] for token in tokens)


def text_windows(text: str, length: int, vocabulary: Vocabulary | None = None) -> tuple[Array, Array, Vocabulary]:
    """A text cut into windows: tokens (N, length), the tokens that follow them (N, length), int32, and the vocabulary.

    One window comes after another; what is left over at the end is dropped. The vocabulary is made of the text's own
    symbols, sorted, unless one is given: that of the training text. ValueError: a length below 1, a text of `length`
    symbols or fewer, or one with a symbol that the vocabulary has not.
    """
    check_sizes("text_windows", 1, length=length)
    n = (len(text) - 1) // length
    if n < 1:
        raise ValueError(f"text_windows: expected a text longer than length, {length}, got {len(text)}; lower length")
    vocabulary = vocabulary or Vocabulary("".join(sorted(set(text))))
    tokens = vocabulary.encode(text[: n * length + 1])
    return tokens[:-1].reshape(n, length), tokens[1:].reshape(n, length), vocabulary  # (N, length)


@partial(jax.jit, static_argnames=("n", "steps"))
def adding_problem(key: Array, n: int = 500, steps: int = 50) -> tuple[Array, Array]:
    """Add the two marked numbers: X (n, steps, 2) holds numbers from U(0, 1) and marks in {0, 1}, y (n,) the sums.

    One mark lies in each half of the steps, so fewer than 2 are a ValueError. Who always answers 1 has a mean squared
    error of 1/6. Source: Hochreiter and Schmidhuber 1997, with other ranges; in this form Arjovsky, Shah and Bengio
    2016.
    """
    check_sizes("adding_problem", 1, n=n)
    check_sizes("adding_problem", 2, steps=steps)
    key_numbers, key_first, key_second = random.split(key, 3)
    numbers = random.uniform(key_numbers, (n, steps))
    first = random.randint(key_first, (n, 1), 0, steps // 2)
    second = random.randint(key_second, (n, 1), steps // 2, steps)
    marks = (jnp.arange(steps) == first) | (jnp.arange(steps) == second)  # (N, T)
    X = jnp.stack([numbers, marks.astype(numbers.dtype)], axis=-1)  # (N, T, 2)
    return X, jnp.sum(numbers * marks, axis=-1)


def delayed_recall(key: Array, n: int = 500, steps: int = 50, delay: int = 49, symbols: int = 4) -> tuple[Array, Array]:
    """Say at the last step which symbol was shown `delay` steps before: tokens (n, steps) and y (n,), int32.

    A symbol is a token below `symbols`, 1 or more; every other step has the token `symbols`, a blank. `delay`, from 0
    to steps - 1, may be traced. Other numbers are a ValueError. Source: in the manner of Hochreiter and Schmidhuber
    1997, experiment 2.
    """
    check_sizes("delayed_recall", 1, n=n, steps=steps, symbols=symbols)
    if not isinstance(delay, jax.core.Tracer) and not (isinstance(delay, Integral) and delay in range(steps)):
        raise ValueError(f"delayed_recall: expected delay from 0 to steps - 1 = {steps - 1}, got {delay}; add steps")
    return _delayed_recall(key, n, steps, delay, symbols)


@partial(jax.jit, static_argnums=(1, 2, 4))
def _delayed_recall(key: Array, n: int, steps: int, delay: Array, symbols: int) -> tuple[Array, Array]:
    y = random.randint(key, (n,), 0, symbols, jnp.int32)
    shown = jnp.arange(steps) == steps - 1 - delay  # (T,)
    return jnp.where(shown, y[:, None], symbols).astype(jnp.int32), y  # (N, T)
