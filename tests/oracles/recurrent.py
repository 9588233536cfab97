"""Recurrent layers beside PyTorch, and beside plain loops over time in NumPy for what PyTorch has not."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
from scipy.special import expit

from nnlib.activations import relu, sigmoid
from nnlib.layers import Dense, Embedding, bidirectional, gru, jordan, lstm, rnn, seq2seq
from nnlib.module import replace
from tests.oracles.part import Part, golden, numbers

KEY = jax.random.key(0)
X = numbers(2, 5, 3)
MAKE = {"rnn": rnn, "lstm": lstm, "gru": gru}
COVERS = {"rnn": "layers.RNN layers.rnn", "lstm": "layers.LSTM layers.lstm", "gru": "layers.GRU layers.gru"}
BOTH_WAYS = " layers.Bidirectional layers.bidirectional"


@functools.cache
def made(make, /, *sizes, of=(), **options):
    """A layer from its factory (`of` what layers, for a bidirectional one), drawn once: its arrays are replaced."""
    with jax.ensure_compile_time_eval():
        return make(*of, KEY, *sizes, **options)


def filled(layer, W, U, b):
    """The layer with each gate's own arrays, (G, D, H), (G, H, H), (G, H), in the order of PyTorch."""
    W, U, b = (jnp.concatenate(list(a), axis=-1) for a in (W, U, b))
    return replace(layer, W=W, Theta=U, b=b)


def build(kind, arrays, outputs):
    _, n_in, n_units = arrays[0].shape
    if len(arrays) == 3:
        return filled(made(MAKE[kind], n_in, n_units, outputs=outputs), *arrays)
    both = made(bidirectional, n_in, n_units, of=(MAKE[kind],), outputs=outputs)
    return replace(both, forward=filled(both.forward, *arrays[:3]), backward=filled(both.backward, *arrays[3:]))


def whole(kind, entry):
    def ours(x, *arrays):
        return build(kind, arrays, "all")(x)

    return golden(entry, ours, COVERS[kind] + BOTH_WAYS * ("bidirectional" in entry))


def padded(kind, entry):
    """Outputs count up to each length; then the states in which the sequences end."""

    def ours(x, lengths, *arrays):
        inside = jnp.arange(x.shape[1])[:, None] < lengths[:, None, None]
        y = jnp.where(inside, build(kind, arrays, "all")((x, lengths)), 0.0)
        return y, build(kind, arrays, "last")((x, lengths))

    return golden(entry, ours, COVERS[kind] + BOTH_WAYS * ("bidirectional" in entry))


def loop(step, x, state, read=lambda state: state):
    outputs = []
    for t in range(x.shape[1]):
        state = step(x[:, t], state)
        outputs.append(read(state))
    return np.stack(outputs, 1)


def gru_before(x, W, U, b):
    def step(x, h):
        r = expit(x @ W[0] + h @ U[0] + b[0])
        z = expit(x @ W[1] + h @ U[1] + b[1])
        return (1 - z) * np.tanh(x @ W[2] + (r * h) @ U[2] + b[2]) + z * h

    return loop(step, x, np.zeros((len(x), U.shape[1])))


def rnn_relu(x, W, U, b):
    return loop(lambda x, h: np.maximum(x @ W + h @ U + b, 0), x, np.zeros((len(x), len(U))))


def jordan_by_hand(x, W, U, b, V, c):
    def step(x, y):
        return expit(np.tanh(x @ W + y @ U + b) @ V + c)

    return loop(step, x, np.zeros((len(x), len(c))))


def our_jordan(x, W, U, b, V, c):
    layer = made(jordan, 3, 4, 2, output=sigmoid)
    return replace(layer, W=W, Theta=U, b=b, V=V, c=c)(x)


SOURCE, TARGET = np.array([[2, 3, 4], [4, 2, 0]]), np.array([[3, 2, 1, 1], [2, 4, 3, 1]])
PAIR = (numbers(5, 2), numbers(2, 3), numbers(3, 3), numbers(3), numbers(5, 2, seed=1), numbers(2, 3, seed=1),
        numbers(3, 3, seed=1), numbers(3, seed=1), numbers(3, 5, scale=2), numbers(5))  # fmt: skip


def our_seq2seq(source, target, *arrays):
    model = made(seq2seq, 5, 5, 2, 3, make=rnn)
    encoder, decoder = (
        replace(layer, W=W, Theta=U, b=b)
        for layer, (W, U, b) in ((model.encoder, arrays[1:4]), (model.decoder, arrays[5:8]))
    )
    model = replace(
        model, source_vectors=Embedding(arrays[0]), target_vectors=Embedding(arrays[4]), encoder=encoder,
        decoder=decoder, head=Dense(*arrays[8:]),
    )  # fmt: skip
    return model((source, target)), model.generate(source, 4)


def seq2seq_by_hand(source, target, E, W, U, b, F, V, R, c, H, d):
    """Logits with the true symbols fed in, from the start symbol 0; and the answer when its own are, until stop 1."""

    def encoded():
        h = np.zeros((len(source), len(b)))
        for t in range(source.shape[1]):
            h = np.tanh(E[source[:, t]] @ W + h @ U + b)
        return h

    logits, answer, h, k = [], [np.zeros(len(source), int)], encoded(), encoded()
    before = np.concatenate([np.zeros((len(target), 1), int), target[:, :-1]], 1)
    for t in range(target.shape[1]):
        h = np.tanh(F[before[:, t]] @ V + h @ R + c)
        logits.append(h @ H + d)
        k = np.tanh(F[answer[-1]] @ V + k @ R + c)
        answer.append(np.where(answer[-1] == 1, 1, (k @ H + d).argmax(-1)))
    return np.stack(logits, 1), np.stack(answer[1:], 1)


PARTS = [
    whole("rnn", "rnn"),
    whole("lstm", "lstm"),
    whole("gru", "gru, reset after"),
    whole("rnn", "rnn, bidirectional"),
    whole("lstm", "lstm, bidirectional"),
    whole("gru", "gru, reset after, bidirectional"),
    padded("rnn", "rnn, padded"),
    padded("lstm", "lstm, padded"),
    padded("gru", "gru, reset after, padded"),
    padded("lstm", "lstm, bidirectional, padded"),
    Part("gru, reset before", lambda x, *arrays: filled(made(gru, 3, 4, reset="before"), *arrays)(x),
         (X, numbers(3, 3, 4), numbers(3, 4, 4), numbers(3, 4)), "NumPy", gru_before, COVERS["gru"]),
    Part("rnn, ReLU", lambda x, W, U, b: replace(made(rnn, 3, 4, activation=relu), W=W, Theta=U, b=b)(x),
         (X, numbers(3, 4), numbers(4, 4, scale=0.5), numbers(4)), "NumPy", rnn_relu, COVERS["rnn"]),
    Part("jordan", our_jordan, (X, numbers(3, 4), numbers(2, 4), numbers(4), numbers(4, 2), numbers(2)),
         "NumPy", jordan_by_hand, "layers.Jordan layers.jordan"),
    Part("seq2seq", our_seq2seq, (SOURCE, TARGET, *PAIR), "NumPy", seq2seq_by_hand,
         "layers.Seq2Seq layers.seq2seq"),
]  # fmt: skip
