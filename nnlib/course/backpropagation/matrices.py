"""The linear layer's matrices, each entry with the entries that it is made from, and with its sum written out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnlib.live import Matrix

__all__ = ["layer_views", "whole_numbers"]

DOWN = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def whole_numbers(draw: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """X (2, 2), W (2, 3), b (3,) and dL/dZ (2, 3): whole numbers from -3 to 3, float32."""
    numbers = np.random.default_rng(draw).integers(-3, 4, 4 + 6 + 3 + 6).astype(np.float32)
    X, W, b, dZ = np.split(numbers, (4, 10, 13))
    return X.reshape(2, 2), W.reshape(2, 3), b, dZ.reshape(2, 3)


def layer_views(X, W, b, Z, dX, dW, db, dZ) -> tuple[list[Matrix], ...]:
    """Two columns, each thing beside its gradient: what comes in, the weights, the biases, what is given."""
    n, m = range(len(X)), range(W.shape[1])
    d = range(X.shape[1])
    z = [[_sum(f"z{i + 1}{j + 1}", zip(X[i], W[:, j], strict=True), b[j]) for j in m] for i in n]
    x = [[_sum(f"∂L/∂x{i + 1}{j + 1}", zip(dZ[i], W[j], strict=True)) for j in d] for i in n]
    w = [[_sum(f"∂L/∂w{i + 1}{j + 1}", zip(X[:, i], dZ[:, j], strict=True)) for j in m] for i in d]
    bias = [[_sum(f"∂L/∂b{j + 1}", dZ[:, j, None]) for j in m]]
    forward = {"X": "row i", "W": "column j", "b": "column j"}
    return (
        [_matrix(X, "X"), _matrix(W, "W"), _matrix(b[None], "b"), _matrix(Z, "Z", meets=forward, says=z)],
        [
            _matrix(dX, "∂L/∂X", meets={"∂L/∂Z": "row i", "W": "row j"}, says=x, at=(0, 0)),
            _matrix(dW, "∂L/∂W", meets={"X": "column i", "∂L/∂Z": "column j"}, says=w),
            _matrix(db[None], "∂L/∂b", meets={"∂L/∂Z": "column j"}, says=bias),
            _matrix(dZ, "∂L/∂Z"),
        ],
    )


def _matrix(values: np.ndarray, name: str, **more) -> Matrix:
    return Matrix(values, title=name, name=name, range=(-9, 9), digits=0, **more)


def _sum(name: str, products: Sequence, more: float | None = None) -> str:
    """One entry's sum in words: "z₁₂ = 1·2 + 3·(−1) + 2 = 1"."""
    terms = [list(map(float, np.atleast_1d(product))) for product in products] + ([] if more is None else [[more]])
    value = sum(np.prod(term) for term in terms)
    written = ["·".join(f"({_whole(v)})" if v < 0 else _whole(v) for v in term) for term in terms]
    return f"{name.translate(DOWN)} = {' + '.join(written)} = {_whole(value)}"


def _whole(value: float) -> str:
    return f"{value:.0f}".replace("-", "−")
