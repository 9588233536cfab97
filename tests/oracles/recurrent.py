"""Recurrent layers beside PyTorch, and beside plain loops over time in NumPy for what PyTorch has not."""

import jax.numpy as jnp
import numpy as np
from scipy.special import expit

from nnlib.layers import GRU, LSTM, RNN, Bidirectional, Dense, Embedding, Jordan, Seq2Seq
from tests.oracles.part import Part, golden, numbers

X = numbers(2, 5, 3)
COVERS = {"rnn": "layers.RNN", "lstm": "layers.LSTM", "gru": "layers.GRU"}


def layer(kind, W, U, b, outputs="all", reset="after"):
    """A layer from each gate's own arrays, (G, D, H), (G, H, H), (G, H)."""
    W, U, b = (jnp.concatenate(list(a), axis=-1) for a in (W, U, b))
    if kind == "gru":
        return GRU(W, U, b, reset=reset, outputs=outputs)
    return {"rnn": RNN, "lstm": LSTM}[kind](W, U, b, outputs=outputs)


def build(kind, arrays, outputs):
    layers = [layer(kind, *arrays[i : i + 3], outputs) for i in range(0, len(arrays), 3)]
    return layers[0] if len(layers) == 1 else Bidirectional(*layers)


def whole(kind, entry):
    def ours(x, *arrays):
        return build(kind, arrays, "all")(x)

    return golden(entry, ours, COVERS[kind] + " layers.Bidirectional" * ("bidirectional" in entry))


def padded(kind, entry):
    """Outputs count up to each length; then the states in which the sequences end."""

    def ours(x, lengths, *arrays):
        inside = jnp.arange(x.shape[1])[:, None] < lengths[:, None, None]
        y = jnp.where(inside, build(kind, arrays, "all")((x, lengths)), 0.0)
        return y, build(kind, arrays, "last")((x, lengths))

    return golden(entry, ours, COVERS[kind] + " layers.Bidirectional" * ("bidirectional" in entry))


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


def jordan(x, W, U, b, V, c):
    def step(x, y):
        return expit(np.tanh(x @ W + y @ U + b) @ V + c)

    return loop(step, x, np.zeros((len(x), len(c))))


def our_jordan(x, W, U, b, V, c):
    return Jordan(W, U, b, V, c, output=lambda z: 1 / (1 + jnp.exp(-z)))(x)


SOURCE, TARGET = np.array([[2, 3, 4], [4, 2, 0]]), np.array([[3, 2, 1, 1], [2, 4, 3, 1]])
PAIR = (numbers(5, 2), numbers(2, 3), numbers(3, 3), numbers(3), numbers(5, 2, seed=1), numbers(2, 3, seed=1),
        numbers(3, 3, seed=1), numbers(3, seed=1), numbers(3, 5, scale=2), numbers(5))  # fmt: skip


def our_seq2seq(source, target, *arrays):
    tables, encoder, decoder = (arrays[0], arrays[4]), RNN(*arrays[1:4]), RNN(*arrays[5:8])
    model = Seq2Seq(Embedding(tables[0]), encoder, Embedding(tables[1]), decoder, Dense(*arrays[8:]), start=0, stop=1)
    return model((source, target)), model.generate(source, 4)


def seq2seq(source, target, E, W, U, b, F, V, R, c, H, d):
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
    Part("gru, reset before", lambda x, *arrays: layer("gru", *arrays, reset="before")(x),
         (X, numbers(3, 3, 4), numbers(3, 4, 4), numbers(3, 4)), "NumPy", gru_before, "layers.GRU"),
    Part("rnn, ReLU", lambda x, *arrays: RNN(*arrays, activation=lambda z: jnp.maximum(z, 0))(x),
         (X, numbers(3, 4), numbers(4, 4, scale=0.5), numbers(4)), "NumPy", rnn_relu, "layers.RNN"),
    Part("jordan", our_jordan, (X, numbers(3, 4), numbers(2, 4), numbers(4), numbers(4, 2), numbers(2)),
         "NumPy", jordan, "layers.Jordan"),
    Part("seq2seq", our_seq2seq, (SOURCE, TARGET, *PAIR), "NumPy", seq2seq, "layers.Seq2Seq"),
]  # fmt: skip
