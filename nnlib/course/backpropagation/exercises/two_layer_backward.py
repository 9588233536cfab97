"""Chapter 06's second exercise: backward through two layers.

Weight matrices are square in the cases, so that a forgotten transposition has the right shape and can be told by name.
"""

from __future__ import annotations

import numpy as np

from nnlib.course.common.exercise import Exercise, Wrong

from .cases import draw

__all__ = ["TWO"]


def two_layer_backward(X, T, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    Z2 = A1 @ W2 + b2
    P = np.exp(Z2) / np.exp(Z2).sum(axis=1, keepdims=True)

    delta2 = (P - T) / len(X)
    delta1 = (delta2 @ W2.T) * (1 - A1**2)
    return X.T @ delta1, delta1.sum(axis=0), A1.T @ delta2, delta2.sum(axis=0)


def _two(X, T, W1, b1, W2, b2, error=lambda P, T: (P - T) / len(T), back=lambda d, W: d @ W.T,
         slope=lambda Z: 1 - np.tanh(Z) ** 2, entered=lambda X, A1: A1,
         give=lambda dW1, db1, dW2, db2: (dW1, db1, dW2, db2)):  # fmt: skip
    """The answer of a learner who has one part in another way."""
    Z1 = X @ W1 + b1
    A1 = np.tanh(Z1)
    Z2 = A1 @ W2 + b2
    P = np.exp(Z2) / np.exp(Z2).sum(axis=1, keepdims=True)
    delta2 = error(P, T)
    delta1 = back(delta2, W2) * slope(Z1)
    return give(X.T @ delta1, delta1.sum(axis=0), entered(X, A1).T @ delta2, delta2.sum(axis=0))


def _case(seed: int, N: int, D: int, M: int) -> tuple:
    X, W1, b1, W2, b2 = draw(seed, (N, D), (D, M), (M,), (M, M), (M,))
    return X, np.eye(M)[np.random.default_rng(seed).integers(0, M, N)], W1, b1, W2, b2


TWO = Exercise(
    solution=two_layer_backward,
    cases=[_case(0, 1, 2, 2), _case(1, 2, 2, 2), _case(2, 5, 4, 3), _case(3, 8, 2, 3)],
    results=("dW1", "db1", "dW2", "db2"),
    right="That is backpropagation. With more layers the line of delta1 is repeated, and nothing else changes.",
    wrong=[
        Wrong(
            lambda *a: _two(*a, error=lambda P, T: (T - P) / len(T)),
            "The sign: delta2 is P − T, what came minus what was wanted. As it is, the update would walk uphill.",
        ),
        Wrong(
            lambda *a: _two(*a, slope=lambda Z: 1.0),
            "The factor f′ is forgotten: on the way through tanh, the gradient is multiplied by 1 − A1².",
        ),
        Wrong(
            lambda *a: _two(*a, back=lambda d, W: d @ W),
            "W2 where its transpose belongs: `delta2 @ W2.T`. W2 is square here, and so nothing complains.",
        ),
        Wrong(
            lambda *a: _two(*a, slope=lambda Z: (1 - np.tanh(Z) ** 2) ** 2),
            "The factor f′ is in there twice. It belongs in delta1, and then not in dW1 again.",
        ),
        Wrong(
            lambda *a: _two(*a, error=lambda P, T: P - T),
            "The division by N is forgotten: the loss is a mean over the examples, so delta2 is (P − T) / N.",
        ),
        Wrong(
            lambda *a: _two(*a, error=lambda P, T: (P - T) * P * (1 - P) / len(T)),
            "You multiply P − T by P (1 − P). P − T is the gradient with respect to Z2, softmax and all.",
        ),
        Wrong(
            lambda *a: _two(*a, slope=lambda Z: 1 - np.tanh(np.tanh(Z)) ** 2),
            "The slope is taken at A1. It is f′(Z1) = 1 − tanh(Z1)², and since tanh(Z1) is A1, that is 1 − A1².",
        ),
        Wrong(
            lambda *a: _two(*a, slope=lambda Z: np.tanh(Z) * (1 - np.tanh(Z))),
            "a (1 − a) is the sigmoid's slope. Here the hidden layer is a tanh: 1 − a².",
        ),
        Wrong(
            lambda *a: _two(*a, slope=lambda Z: 1 - np.tanh(Z)),
            "The square is forgotten: the slope of tanh is 1 − A1², not 1 − A1.",
        ),
        Wrong(
            lambda *a: _two(*a, error=lambda P, T: (P - T) / P.size),
            "You divide by `P.size`, which is N times the number of classes. The loss is a mean over the N examples: "
            "`len(X)`.",
        ),
        Wrong(
            lambda *a: _two(*a, back=lambda d, W: d @ W.T / len(d)),
            "The division by N is in delta1 twice: delta2 has it, and hands it on.",
        ),
        Wrong(
            lambda *a: _two(*a, give=lambda *parts: tuple(part / len(a[0]) for part in parts)),
            "The division by N is in there twice: delta2 has it already, and all four gradients come from the deltas.",
        ),
        Wrong(
            lambda *a: _two(*a, give=lambda dW1, db1, dW2, db2: (dW1 / len(a[0]), db1, dW2 / len(a[0]), db2)),
            "The division by N is in the weights' gradients twice: delta2 has it already.",
        ),
        Wrong(
            lambda *a: _two(*a, entered=lambda X, A1: X),
            "dW2 is made with X. What came into the second layer is A1: `A1.T @ delta2`.",
        ),
        Wrong(
            lambda *a: _two(*a, give=lambda dW1, db1, dW2, db2: (dW1.T, db1, dW2.T, db2)),
            "dW1 and dW2 lie on their sides: deltaᵀ X is the transpose of Xᵀ delta. Each has the shape of its W.",
        ),
        Wrong(
            lambda *a: _two(*a, give=lambda dW1, db1, dW2, db2: (dW1.T, db1, dW2, db2)),
            "Your dW1 lies on its side. It must have the shape of W1, inputs first: `X.T @ delta1`.",
        ),
        Wrong(
            lambda *a: _two(*a, give=lambda dW1, db1, dW2, db2: (dW1, db1, dW2.T, db2)),
            "Your dW2 lies on its side. It must have the shape of W2, inputs first: `A1.T @ delta2`.",
        ),
        Wrong(
            lambda *a: _two(*a, give=lambda dW1, db1, dW2, db2: (dW1, 0 * db1, dW2, 0 * db2)),
            "The biases are forgotten: their gradients are the deltas, added up over the examples.",
        ),
        Wrong(
            lambda *a: _two(*a, give=lambda dW1, db1, dW2, db2: (dW1, db1 / len(a[0]), dW2, db2 / len(a[0]))),
            "The biases' gradients are means. The 1/N is in delta2 already: add the deltas up.",
        ),
        Wrong(
            lambda *a: _two(*a, give=lambda dW1, db1, dW2, db2: (dW2, db2, dW1, db1)),
            "Right, but in another order: the first layer first.",
        ),
    ],
    hints=[
        "Begin at the end. For softmax with cross-entropy, the delta of the output is P − T; the loss is a mean over "
        "the examples.",
        "delta1 is delta2 carried back through W2, times the slope of tanh. A weight's gradient is what came in, "
        "transposed, times delta; a bias's is delta, added up over the examples.",
        "`delta1 = (delta2 @ W2.T) * (1 - A1**2)`, and then `X.T @ delta1`, `delta1.sum(axis=0)`, and the same two "
        "for the second layer, whose input is A1.",
    ],
    because="First every delta, from the last layer to the first; then a product with what came in for each W, and a "
    "sum for each b. The division by N in delta2 is carried into everything below it, so it is written only once.",
)
