"""The Reber grammar: strings that a small automaton writes, and which symbols may follow.

    strings = reber(key, 200)
    REBER.decode(strings.tokens[0, : strings.lengths[0]])      # such as "BTSSXXVVE"

All symbols are in `REBER`, and every choice is between two.
"""

from functools import cache, partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax, random

from nnlib.data.sequences import Vocabulary
from nnlib.given import check_sizes
from nnlib.module import Array

__all__ = ["REBER", "Strings", "is_reber", "reber"]

REBER = Vocabulary("BTSXPVE")
_EDGES = "0B1 1T2 1P3 2S2 2X4 3T3 3V5 4X3 4S6 5P4 5V6 6E7"  # from, symbol, to; 7 is the end


class Strings(NamedTuple):
    """N strings of the grammar, of up to T symbols.

    tokens (N, T), int32, filled up with E; lengths (N,), int32; allowed (N, T, 7), bool: which symbols may follow each.
    A predictor is judged by what is allowed, because which of these symbols follows is chance.
    """

    tokens: Array
    lengths: Array
    allowed: Array


@partial(jax.jit, static_argnames=("n", "steps", "embedded"))
def reber(key: Array, n: int = 100, steps: int = 20, embedded: bool = False) -> Strings:
    """n strings of the Reber grammar, each choice a fair coin by the key, among those of at most `steps` symbols.

    embedded: B, then T or P, a Reber string, the same T or P, E; so the second symbol must be kept in mind. n and steps
    fix the shapes. ValueError: n below 1, or fewer steps than the shortest string has, 5, or 9 if embedded.
    Sources: Reber 1967; embedded: Hochreiter and Schmidhuber 1997, experiment 1.
    """
    check_sizes("reber", 9 if embedded else 5, steps=steps)  # the shortest string
    check_sizes("reber", 1, n=n)
    successors = _successors(embedded)  # (S, 7)
    allowed, end = successors >= 0, len(successors) - 1
    finishing = [np.arange(end + 1) == end]  # the chance of each state to end within 0, 1, ... steps
    for _ in range(steps - 1):
        finishing.append((finishing[-1][successors] * allowed).sum(1) / allowed.sum(1))

    def step(state: Array, inputs: tuple[Array, Array]) -> tuple[Array, tuple[Array, ...]]:
        key, finish = inputs
        following = jnp.asarray(successors)[state]  # (N,) -> (N, 7)
        chances = jnp.where(following < 0, 0, finish[following])  # only what can still end in time
        tokens = random.categorical(key, jnp.log(chances)).astype(jnp.int32)
        after = jnp.take_along_axis(following, tokens[:, None], 1)[:, 0]
        return after, (tokens, state != end, jnp.asarray(allowed)[after])

    finish = jnp.asarray(np.array(finishing[::-1], float), jnp.result_type(float))  # (T, S)
    start = jnp.zeros(n, jnp.int32)
    _, (tokens, inside, follow) = lax.scan(step, start, (random.split(key, steps), finish))  # time first
    return Strings(tokens.T, jnp.sum(inside, 0, dtype=jnp.int32), follow.swapaxes(0, 1))


@partial(jax.jit, static_argnames="embedded")
def is_reber(tokens: Array, embedded: bool = False) -> Array:
    """Whether tokens (..., T) are a string of the grammar, embedded or not, alone or filled up with E: (...,), bool.

    TypeError: tokens that are not an array of whole numbers. A number that is no symbol only makes the answer False.
    """
    tokens = jnp.asarray(tokens)
    if not jnp.issubdtype(tokens.dtype, jnp.integer) or tokens.ndim < 1:
        raise TypeError(f"is_reber: expected integers (..., T), got {tokens.dtype}{tokens.shape}; use REBER.encode")
    successors = jnp.asarray(_successors(embedded))

    def step(state: Array, token: Array) -> tuple[Array, None]:
        known = (state >= 0) & (token >= 0) & (token < len(REBER))  # -1: no way on
        return jnp.where(known, successors[state, token], -1), None

    start = jnp.zeros(tokens.shape[:-1], jnp.int32)
    return lax.scan(step, start, jnp.moveaxis(tokens, -1, 0))[0] == len(successors) - 1


@cache
def _successors(embedded: bool) -> np.ndarray:
    """The state after each symbol in each state: (S, 7), -1 where the symbol is not allowed; the last is the end."""
    edges = [(int(before), symbol, int(after)) for before, symbol, after in _EDGES.split()]
    if embedded:  # one grammar after T and one after P, so that the state knows which it was
        inner = [(before + at, symbol, after + at) for at in (2, 10) for before, symbol, after in edges]
        edges = [(0, "B", 1), (1, "T", 2), (1, "P", 10), *inner, (9, "T", 18), (17, "P", 18), (18, "E", 19)]
    end = max(after for _, _, after in edges)
    successors = np.full((end + 1, len(REBER)), -1, np.int32)
    for before, symbol, after in [*edges, (end, "E", end)]:
        successors[before, REBER.symbols.index(symbol)] = after
    return successors
