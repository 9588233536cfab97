"""Chapter 06's first exercise: backward through a linear layer.

Weight matrices are square in the cases, so that a forgotten transposition has the right shape and can be told by name.
"""

from __future__ import annotations

import numpy as np

from nnlib.course.common.exercise import Exercise, Wrong

from .cases import draw

__all__ = ["LINEAR"]


def linear_backward(X, W, dZ):
    dX = dZ @ W.T
    dW = X.T @ dZ
    db = dZ.sum(axis=0)
    return dX, dW, db


def _linear(X, W, dZ, dX=lambda X, W, dZ: dZ @ W.T, dW=lambda X, W, dZ: X.T @ dZ, db=lambda X, W, dZ: dZ.sum(axis=0)):
    """The answer of a learner who has one of the three in another way."""
    return tuple(part(X, W, dZ) for part in (dX, dW, db))


LINEAR = Exercise(
    solution=linear_backward,
    cases=[
        (np.array([[1.0, 2.0]]), np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, -1.0]])),
        (np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), np.array([[1.0, 2.0], [0.0, 1.0]]), np.eye(3)[:, :2] + 1),
        draw(0, (4, 3), (3, 3), (4, 3)),
        draw(1, (2, 5), (5, 5), (2, 5)),
    ],
    results=("dX", "dW", "db"),
    right="Three lines, and every layer of every network in this course goes backward by them.",
    wrong=[
        Wrong(
            lambda X, W, dZ: _linear(X, W, dZ, dX=lambda X, W, dZ: dZ @ W),
            "dX is multiplied by W instead of Wᵀ. Forward, x₁ reached z₂ through w₁₂; backward, from z₂ to x₁, it is "
            "the same w₁₂. Only a square W lets this pass.",
        ),
        Wrong(
            lambda X, W, dZ: tuple(-part for part in linear_backward(X, W, dZ)),
            "The sign: all three are the wrong way round. The minus comes later, in the update.",
        ),
        Wrong(
            lambda X, W, dZ: _linear(X, W, dZ, dW=lambda X, W, dZ: dZ.T @ X),
            "Your dW lies on its side: dZᵀ X is the transpose of Xᵀ dZ. It must have the shape of W, inputs first.",
        ),
        Wrong(
            lambda X, W, dZ: _linear(X, W, dZ, dX=lambda X, W, dZ: W @ dZ.T),
            "Your dX lies on its side: W dZᵀ is the transpose of dZ Wᵀ. It must have the shape of X, a row an example.",
        ),
        Wrong(
            lambda X, W, dZ: _linear(X, W, dZ, dW=lambda X, W, dZ: X.T @ dZ / len(X)),
            "Your dW is a mean. It is a sum over the examples: if the loss is a mean, the 1/N is in dZ already.",
        ),
        Wrong(
            lambda X, W, dZ: _linear(X, W, dZ, db=lambda X, W, dZ: dZ.sum()),
            "Your db is one number, all of dZ added up. Every output has a bias of its own: `dZ.sum(axis=0)`.",
        ),
        Wrong(
            lambda X, W, dZ: _linear(X, W, dZ, db=lambda X, W, dZ: dZ.sum(axis=0, keepdims=True)),
            "Your db is a matrix of one row. It must have the shape of b, (M,): leave `keepdims` away.",
        ),
        Wrong(
            lambda X, W, dZ: _linear(X, W, dZ, db=lambda X, W, dZ: np.zeros(W.shape[1])),
            "The bias is forgotten: b is added to every example's z, so its gradient is the sum of theirs.",
        ),
        Wrong(
            lambda X, W, dZ: _linear(X, W, dZ, db=lambda X, W, dZ: dZ),
            "Your db has a row for each example. They all share the one b: add the rows up, `dZ.sum(axis=0)`.",
        ),
        Wrong(
            lambda X, W, dZ: _linear(X, W, dZ, db=lambda X, W, dZ: dZ.sum(axis=1)),
            "Your db adds up the outputs of each example. Add up the examples of each output: axis 0, not 1.",
        ),
        Wrong(
            lambda X, W, dZ: _linear(X, W, dZ, db=lambda X, W, dZ: dZ.mean(axis=0)),
            "Your db is a mean. It is a sum: if the loss is a mean, the 1/N is in dZ already.",
        ),
        Wrong(
            lambda X, W, dZ: _linear(
                X, W, dZ, dW=lambda X, W, dZ: X.T @ dZ / len(X), db=lambda X, W, dZ: dZ.mean(axis=0)
            ),
            "You divide by N. The 1/N of a mean loss is in dZ already; here examples are only added up.",
        ),
        Wrong(
            lambda X, W, dZ: linear_backward(X, W, dZ)[1::-1] + linear_backward(X, W, dZ)[2:],
            "Right, but in another order: first dX, then dW, then db.",
        ),
    ],
    hints=[
        "Let the shapes lead you: dX is (N, D) like X, dW is (D, M) like W, db is (M,) like b. You have dZ, which is "
        "(N, M).",
        "(N, M) times (M, D) gives (N, D), and (D, N) times (N, M) gives (D, M). For db, add up the rows.",
        "`dX = dZ @ W.T` and `dW = X.T @ dZ`; and for the bias `dZ.sum(axis=...)`, over which axis?",
    ],
    because="z_nm = Σ_d x_nd w_dm + b_m. So x_nd reaches every z_nm of its own row, through w_dm: add up over m, which "
    "is dZ Wᵀ. And w_dm reaches z_nm of every row, through x_nd: add up over n, which is Xᵀ dZ. For b the input is 1.",
)
