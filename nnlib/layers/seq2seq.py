"""Encoder and decoder: one sequence in, another out, of another length."""

from typing import Any

import jax
import jax.numpy as jnp
from jax import lax, random

from nnlib.given import check_sizes
from nnlib.layers.dense import dense
from nnlib.layers.embedding import embedding
from nnlib.layers.lengths import pair
from nnlib.layers.recurrent import Recurrent, lstm
from nnlib.module import Array, Module, static

__all__ = ["Seq2Seq", "seq2seq"]


class Seq2Seq(Module):
    """Two recurrent layers: the state in which the first ends, the context, is where the second begins.

        context = encoder's state after x_1 .. x_S
        z_t = head(decoder's output after the context and start, y_1 .. y_(t-1))        logits of y_t

    While training the true y_1 .. y_(t-1) are read (teacher forcing), whatever the model would have said;
    `generate` reads its own answers, which it has never seen in training: the gap between the two.

    It is called with the pair (source, target). Shapes: source ids (N, S) or (ids, lengths), target ids (N, T),
    logits (N, T, V). Sources: Cho et al., 2014; Sutskever, Vinyals and Le, 2014.
    """

    source_vectors: Module  # ids to vectors
    encoder: Recurrent
    target_vectors: Module  # the same, for the decoder
    decoder: Recurrent
    head: Module  # (..., H) -> (..., V)
    start: int = static(0)  # the symbol before the first
    stop: int = static(1)  # the symbol after the last

    def context(self, source: Array | tuple[Array, Array]) -> Any:
        """The encoder's state at the end, (N, H) or several: everything that the decoder will know of the source."""
        ids, lengths = pair(source)
        return self.encoder.run(self.source_vectors(ids), lengths=lengths)[1]

    def __call__(self, pair: tuple[Any, Array]) -> Array:
        """The logits of every target symbol, given the source and the true symbols before it."""
        source, target = pair
        target = jnp.asarray(target)
        before = jnp.concatenate([jnp.full_like(target[:, :1], self.start), target[:, :-1]], axis=1)  # (N, T)
        outputs, _ = self.decoder.run(self.target_vectors(before), self.context(source))
        return self.head(outputs)

    def generate(self, source: Any, steps: int, key: Array | None = None, temperature: float | Array = 1.0) -> Array:
        """The model's own answer to source, symbol by symbol: ids (N, steps); after `stop` comes only `stop`.

        Without a key the most probable symbol each time; with one, a draw from softmax(z / temperature). The higher the
        temperature, above 0, the more even are the chances. ValueError: steps that are no whole number from 1 up.
        """
        check_sizes("generate", 1, steps=steps)
        state = self.context(source)
        n = len(jax.tree.leaves(state)[0])
        keys = None if key is None else random.split(key, steps)

        def one_symbol(carry: tuple, key: Array | None) -> tuple[tuple, Array]:
            symbol, ended, state = carry
            state = self.decoder.step(self.target_vectors(symbol), state)
            z = self.head(self.decoder.read(state))  # (N, V)
            chosen = jnp.argmax(z, -1) if key is None else random.categorical(key, z / temperature)
            symbol = jnp.where(ended, self.stop, chosen).astype(symbol.dtype)
            return (symbol, ended | (symbol == self.stop), state), symbol

        first = (jnp.full(n, self.start, jnp.int32), jnp.zeros(n, bool), state)
        return lax.scan(one_symbol, first, keys, length=steps)[1].T  # (steps, N) -> (N, steps)


def seq2seq(
    key: Array, n_source: int, n_target: int, width: int, n_units: int, make: Any = lstm, start: int = 0, stop: int = 1
) -> Seq2Seq:
    """An encoder and a decoder to train: vocabularies of n_source and n_target symbols, vectors of `width`.

    make: (key, width, n_units) -> a recurrent layer, such as `lstm`, of n_units units each. start, stop: two different
    target symbols, from 0 to n_target - 1, or a ValueError; and so is a size that is not a whole number from 1 up.
    """
    check_sizes("seq2seq", 1, n_source=n_source, n_target=n_target, width=width, n_units=n_units)
    check_sizes("seq2seq", 0, start=start, stop=stop)
    if not (start < n_target and stop < n_target and start != stop):
        who = f"seq2seq: expected start and stop to be two of the {n_target} target symbols"
        raise ValueError(f"{who}, got {start} and {stop}; make room for them in the vocabulary")
    keys = random.split(key, 5)
    return Seq2Seq(
        embedding(keys[0], n_source, width), make(keys[1], width, n_units),
        embedding(keys[2], n_target, width), make(keys[3], width, n_units),
        dense(keys[4], n_units, n_target), start, stop,
    )  # fmt: skip
