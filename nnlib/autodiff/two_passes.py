"""Backpropagation by hand: the two passes of a multilayer perceptron in NumPy, as one would write them on paper.

    Z[l] = A[l - 1] W[l] + b[l],   A[l] = f(Z[l]),   A[0] = X,   A[L] = Z[L]
    delta[L] = dJ/dZ[L],   delta[l] = (delta[l + 1] W[l + 1]^T) f'(Z[l]),   dJ/dW[l] = A[l - 1]^T delta[l]

A network is two dictionaries by layer, from l = 1: W[l] (M_(l-1), M_l) and b[l] (M_l,). The last layer is linear.
X (N, M_0) are the inputs, f the activation and `slope` its derivative f', both from arrays to arrays; `delta_L` is
dJ/dZ[L] (N, M_L), with which the way back begins.
Nothing here is compiled, and nothing is differentiated by a machine: it is there to be read, and to be held against
`jax.grad`. Source: Rumelhart, Hinton and Williams, 1986.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

__all__ = ["ACTIVATIONS", "Layers", "backward", "cross_entropy", "forward", "network", "softmax"]

Layers = dict[int, np.ndarray]


def forward(W, b, X, f):
    """Every Z and A, from the first layer to the last."""
    Z, A, L = {}, {0: X}, len(W)
    for l in range(1, L + 1):
        Z[l] = A[l - 1] @ W[l] + b[l]  # (N, M_l)
        A[l] = f(Z[l]) if l < L else Z[l]  # (N, M_l)
    return Z, A


def backward(W, Z, A, delta_L, slope):
    """Every dL/dW, dL/db and delta, from the last layer to the first."""
    L = len(W)
    delta = {L: delta_L}
    for l in range(L - 1, 0, -1):
        delta[l] = (delta[l + 1] @ W[l + 1].T) * slope(Z[l])  # (N, M_l)
    dW = {l: A[l - 1].T @ delta[l] for l in delta}  # (M_(l-1), M_l)
    db = {l: delta[l].sum(axis=0) for l in delta}  # (M_l,)
    return dW, db, delta


def _sigmoid(z):
    return (1 + np.tanh(z / 2)) / 2  # 1 / (1 + exp(-z)), in which nothing can become too large


ACTIVATIONS: dict[str, tuple[Callable, Callable]] = {  # name: f, f'
    "sigmoid": (_sigmoid, lambda z: _sigmoid(z) * (1 - _sigmoid(z))),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(z.dtype)),
    "identity": (lambda z: z, np.ones_like),
}


def softmax(Z: np.ndarray) -> np.ndarray:
    """Shares that sum to 1: exp(Z) / sum exp(Z) in each row of Z (N, M), without its largest logit, so that nothing
    becomes too large."""
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


def cross_entropy(logits: np.ndarray, T: np.ndarray) -> float:
    """The mean of -log p at the right class, from logits (N, M); T (N, M) has a 1 there."""
    over = logits - logits.max(axis=-1, keepdims=True)
    return float((np.log(np.exp(over).sum(axis=-1)) - (over * T).sum(axis=-1)).mean())


def network(seed: int, *widths: int) -> tuple[Layers, Layers]:
    """W and b of a network with these widths: normal weights of variance 1 / n_in from the seed, biases 0; float32."""
    draw = np.random.default_rng(seed)
    pairs = list(enumerate(pairwise(widths), 1))
    W = {l: draw.normal(0, n_in**-0.5, (n_in, n_out)).astype(np.float32) for l, (n_in, n_out) in pairs}
    return W, {l: np.zeros(n_out, np.float32) for l, (_, n_out) in pairs}
