"""Chapter 06's exercises: backward through a linear layer, through two layers, and a transposed matrix to be found.

Weight matrices are square in the cases, so that a forgotten transposition has the right shape and can be told by name.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nnlib.course.common.answers import NotYet
from nnlib.course.common.exercise import Exercise, Wrong

__all__ = ["EXERCISES"]


def _draw(seed: int, *shapes: tuple[int, ...]) -> tuple[np.ndarray, ...]:
    """Arrays of random numbers with two decimals."""
    draw = np.random.default_rng(seed)
    return tuple(draw.normal(size=shape).round(2) for shape in shapes)


# --- a linear layer ----------------------------------------------------------------------------------------------


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
        _draw(0, (4, 3), (3, 3), (4, 3)),
        _draw(1, (2, 5), (5, 5), (2, 5)),
    ],
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


# --- two layers --------------------------------------------------------------------------------------------------


def two_layer_backward(X, T, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    Z2 = A1 @ W2 + b2
    P = np.exp(Z2) / np.exp(Z2).sum(axis=1, keepdims=True)

    delta2 = (P - T) / len(X)
    delta1 = (delta2 @ W2.T) * (1 - A1**2)
    return X.T @ delta1, delta1.sum(axis=0), A1.T @ delta2, delta2.sum(axis=0)


def _two(X, T, W1, b1, W2, b2, error=lambda P, T: (P - T) / len(T), back=lambda d, W: d @ W.T,
         slope=lambda Z: 1 - np.tanh(Z) ** 2, give=lambda dW1, db1, dW2, db2: (dW1, db1, dW2, db2)):  # fmt: skip
    """The answer of a learner who has one part in another way."""
    Z1 = X @ W1 + b1
    A1 = np.tanh(Z1)
    Z2 = A1 @ W2 + b2
    P = np.exp(Z2) / np.exp(Z2).sum(axis=1, keepdims=True)
    delta2 = error(P, T)
    delta1 = back(delta2, W2) * slope(Z1)
    return give(X.T @ delta1, delta1.sum(axis=0), A1.T @ delta2, delta2.sum(axis=0))


def _case(seed: int, N: int, D: int, M: int) -> tuple:
    X, W1, b1, W2, b2 = _draw(seed, (N, D), (D, M), (M,), (M, M), (M,))
    return X, np.eye(M)[np.random.default_rng(seed).integers(0, M, N)], W1, b1, W2, b2


TWO = Exercise(
    solution=two_layer_backward,
    cases=[_case(0, 1, 2, 2), _case(1, 2, 2, 2), _case(2, 5, 4, 3), _case(3, 8, 2, 3)],
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


# --- the transposed matrix ---------------------------------------------------------------------------------------


def spot(W2, W3, Z1, Z2, delta2, delta3):
    line = 2
    right = (delta2 @ W2.T) * (1 - np.tanh(Z1) ** 2)
    return line, right


INNOCENT = {
    1: "Line 1 is right: if it were not, dW2 would be off too.",
    3: "Line 3 is right: dW3 agrees with JAX.",
    4: "Line 4 is right: dW2 agrees with JAX.",
    5: "Line 5 is right, given its delta1. But is it given the right one? See where delta1 comes from.",
}


def found(answer: Any) -> Any:
    """What the right line should give, if it is the right line."""
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        raise NotYet("It should give two values, `return line, right`.")
    line, right = answer
    if np.ndim(line) != 0 or line not in (1, 2, 3, 4, 5):
        raise NotYet("The first value should be the number of a line, from 1 to 5.")
    if line != 2:
        raise NotYet(INNOCENT[int(line)])
    return right


def _slope(Z):
    return 1 - np.tanh(Z) ** 2


SPOT = Exercise(
    solution=spot,
    cases=[
        _draw(seed, (M, M), (M, M), (N, M), (N, M), (N, M), (N, M))
        for seed, (N, M) in enumerate([(1, 2), (2, 2), (4, 3)])
    ],
    read=found,
    right="Line 2. No shape was wrong, no error was raised, and two of three gradients were right.",
    wrong=[
        Wrong(
            lambda W2, W3, Z1, Z2, d2, d3: (2, (d2 @ W2) * _slope(Z1)),
            "That is the right line, as it stands. What of it is not as in section 4?",
        ),
        Wrong(
            lambda W2, W3, Z1, Z2, d2, d3: (2, -(d2 @ W2.T) * _slope(Z1)),
            "The right line, and the right matrix, but the sign is the wrong way round.",
        ),
        Wrong(
            lambda W2, W3, Z1, Z2, d2, d3: (2, d2 @ W2.T),
            "The right line, and the right matrix, but the factor f′(Z1) is forgotten: 1 − tanh(Z1)².",
        ),
        Wrong(
            lambda W2, W3, Z1, Z2, d2, d3: (2, (d2 @ W2.T) * _slope(Z2)),
            "The right matrix, but the slope is that of layer 2. delta1 belongs to layer 1: f′(Z1).",
        ),
        Wrong(
            lambda W2, W3, Z1, Z2, d2, d3: (2, (d2 @ W3.T) * _slope(Z1)),
            "Transposed, but W3 leads from layer 2 to layer 3. Between the layers 1 and 2 there is W2.",
        ),
        Wrong(
            lambda W2, W3, Z1, Z2, d2, d3: (2, (d2 @ W2.T) * (1 - Z1**2)),
            "Nearly: 1 − a² takes the output a = tanh(z). Z1 has not been through the tanh yet.",
        ),
    ],
    hints=[
        "dW3 and dW2 agree with JAX, so all that they are made from is right. What is used for dW1 alone?",
        "delta1 is made in line 2. Compare the line with δ⁽ˡ⁾ = (δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ) ⊙ f′(Z⁽ˡ⁾), letter by letter.",
        "`line = 2`, and `right = (delta2 @ W2...) * (1 - np.tanh(Z1) ** 2)`; what is missing behind W2?",
    ],
    because="A wrong delta spoils its own layer's gradients and all below it. So look for the last layer that agrees, "
    "and suspect the step below. A comparison with `jax.grad` for each array is worth more than any reading.",
)

EXERCISES = (LINEAR, TWO, SPOT)
