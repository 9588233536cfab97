"""The linear layer's matrices, each entry with the entries that it is made from, and with its sum written out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnlib.live import Matrix

__all__ = ["layer_views", "whole_numbers"]

DOWN = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def _low(*numbers: int) -> str:
    return "".join(map(str, numbers)).translate(DOWN)


def whole_numbers(draw: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """X (2, 2), W (2, 3), b (3,) and dL/dZ (2, 3): whole numbers from -3 to 3, float32."""
    numbers = np.random.default_rng(draw).integers(-3, 4, 4 + 6 + 3 + 6).astype(np.float32)
    X, W, b, dZ = np.split(numbers, (4, 10, 13))
    return X.reshape(2, 2), W.reshape(2, 3), b, dZ.reshape(2, 3)


def layer_views(X, W, b, Z, dX, dW, db, dZ) -> tuple[list[Matrix], ...]:
    """Two columns, each thing beside its gradient: what comes in, the weights, the biases, what is given.

    What is computed lights what it is made from; what is given, where it occurs.
    """
    by = {"X": {"Z": "row i", "W": "row j"}, "W": {"Z": "column j", "X": "column i"}, "b": {"Z": "column j"}}
    by |= {"Z": {"X": "row i", "W": "column j", "b": "column j"}}
    by |= {"∂L/∂X": {"∂L/∂Z": "row i", "W": "row j"}, "∂L/∂W": {"X": "column i", "∂L/∂Z": "column j"}}
    by |= {"∂L/∂b": {"∂L/∂Z": "column j"}}
    by |= {"∂L/∂Z": {"∂L/∂X": "row i", "∂L/∂W": "column j", "∂L/∂b": "column j"}}
    values = {"X": X, "W": W, "b": b[None], "Z": Z, "∂L/∂X": dX, "∂L/∂W": dW, "∂L/∂b": db[None], "∂L/∂Z": dZ}
    says = _sums(X, W, b, dZ) | _places(X, W)
    made = [
        Matrix(value, title=name, range=(-9, 9), digits=0, meets=by[name], says=says[name],
               at=(0, 0) if name == "∂L/∂X" else None)
        for name, value in values.items()
    ]  # fmt: skip
    return made[:4], made[4:]


def _sums(X, W, b, dZ) -> dict[str, list[list[str]]]:
    """For each entry of what is computed, its sum."""
    n, d, m = range(len(X)), range(X.shape[1]), range(W.shape[1])
    return {
        "Z": [[_sum(f"z{i + 1}{j + 1}", zip(X[i], W[:, j], strict=True), b[j]) for j in m] for i in n],
        "∂L/∂X": [[_sum(f"∂L/∂x{i + 1}{j + 1}", zip(dZ[i], W[j], strict=True)) for j in d] for i in n],
        "∂L/∂W": [[_sum(f"∂L/∂w{i + 1}{j + 1}", zip(X[:, i], dZ[:, j], strict=True)) for j in m] for i in d],
        "∂L/∂b": [[_sum(f"∂L/∂b{j + 1}", dZ[:, j, None]) for j in m]],
    }


def _places(X, W) -> dict[str, list[list[str]]]:
    """For each entry of what is given, where it occurs."""
    n, d, m = (range(1, size + 1) for size in (len(X), *W.shape))
    return {
        "X": [[f"x{_low(i, j)} occurs in row {i} of Z, times row {j} of W" for j in d] for i in n],
        "W": [[f"w{_low(i, j)} occurs in column {j} of Z, times column {i} of X" for j in m] for i in d],
        "b": [[f"b{_low(j)} occurs in column {j} of Z" for j in m]],
        "∂L/∂Z": [[f"∂L/∂z{_low(i, j)} is handed in, and used for these" for j in m] for i in n],
    }


def _sum(name: str, products: Sequence, more: float | None = None) -> str:
    """One entry's sum in words: "z₁₂ = 1·2 + 3·(−1) + 2 = 1"."""
    terms = [list(map(float, np.atleast_1d(product))) for product in products] + ([] if more is None else [[more]])
    value = sum(np.prod(term) for term in terms)
    written = ["·".join(f"({_whole(v)})" if v < 0 else _whole(v) for v in term) for term in terms]
    return f"{name.translate(DOWN)} = {' + '.join(written)} = {_whole(value)}"


def _whole(value: float) -> str:
    return f"{value:.0f}".replace("-", "−")
