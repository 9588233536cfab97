"""How often a random symmetric matrix has positive eigenvalues only: how often a flat place would be a minimum.

On a random surface the Hessian's eigenvalues at a flat place are those of such a matrix, all of them shifted: the lower
the place, the further up.  Source: Bray and Dean, 2007; for networks, Dauphin and others, 2014.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from nnlib.live import Bars, Curves, Note, button, choice, live, presets, slider

__all__ = ["EXACT", "LARGEST", "eigenvalues", "law", "matrices", "positive"]

LARGEST = 10  # dimension
# The chance that all n eigenvalues are positive, n = 1 to 10: the integral of the eigenvalues' density over positive
# ones, as a Pfaffian (de Bruijn, 1955).  1/2, (2 - sqrt 2) / 4, (pi - 2 sqrt 2) / (4 pi), ...
EXACT = (0.5, 0.14645, 0.024921, 0.0024567, 1.4011e-4, 4.6202e-6, 8.8046e-8, 9.6945e-10, 6.1665e-12, 2.2657e-14)


def law(n: np.ndarray) -> np.ndarray:
    """The chance for large n but for slower factors: exp(-n^2 (log 3) / 4). Source: Dean and Majumdar, 2006."""
    return 3.0 ** (-np.square(n, dtype=float) / 4)


@lru_cache(maxsize=1)
def matrices(draw: int, count: int) -> np.ndarray:
    """(A + A^T) / 2 with normal entries in A, (10, 10, count): the Gaussian orthogonal ensemble.

    The first n rows and columns of each are a draw of dimension n.
    """
    A = np.random.default_rng(draw).standard_normal((LARGEST, LARGEST, count), np.float32)
    return (A + A.transpose(1, 0, 2)) / 2


@lru_cache(maxsize=4)
def positive(draw: int, count: int, shift: float = 0.0) -> np.ndarray:
    """How many eigenvalues + shift are positive, (10, count): row n - 1 for the first n rows and columns.

    As many as there are positive pivots in Gaussian elimination (Sylvester's law of inertia), which is done once for
    all n; finding the eigenvalues takes ten times as long.
    """
    S = matrices(draw, count) + np.float32(shift) * np.eye(LARGEST, dtype=np.float32)[:, :, None]
    pivots = []
    for k in range(LARGEST):
        pivots.append(S[k, k].copy())
        rest = slice(k + 1, None)
        S[rest, rest] -= S[rest, k, None] * (S[k, rest] / S[k, k])
    return np.cumsum(np.array(pivots) > 0, axis=0, dtype=np.int8)


# --- the picture -------------------------------------------------------------------------------------------------

N = np.arange(1, LARGEST + 1)


@live(
    known=presets(
        two=dict(dimension=2, shift=0.0, says="one in seven is a minimum"),
        four=dict(dimension=4, shift=0.0, says="one in four hundred"),
        ten=dict(
            dimension=10, shift=0.0, says="not one: about half of the eigenvalues are positive, never all of them"
        ),
        ten_lower_down=dict(dimension=10, shift=4.0, says="all eigenvalues raised: two in three are minima"),
    ),
    dimension=slider(1, LARGEST, 4, label="dimension n"),
    shift=slider(-6.0, 6.0, 0.0, step=0.25, label="shift of all eigenvalues"),
    count=choice({"1,000": 1000, "5,000": 5000, "20,000": 20000}, "20,000", label="draws"),
    again=button("other draws"),
)
def eigenvalues(dimension, shift, count, again):
    """How many of a random symmetric matrix's eigenvalues are positive, and how often all of them are."""
    many = positive(again, count, shift)
    how_many = np.bincount(many[dimension - 1], minlength=LARGEST + 1)
    shares = (many == N[:, None]).mean(axis=1)
    return _shares(dimension, shares), _bars(dimension, 100 * how_many / count), _said(dimension, how_many, shares)


def _shares(n: int, shares: np.ndarray) -> Curves:
    """The share of minima by dimension, as far as there are any; what is 0 has no logarithm."""
    shares = np.where(shares > 0, shares, np.nan)
    return Curves(
        _measured=(N, shares),
        _here=([n], shares[[n - 1]]),
        **{"exact, shift 0": (N, EXACT), "3^(−n²/4)": (N, law(N))},
        colors={"_measured": "blue", "_here": "blue"}, thin=("exact, shift 0", "3^(−n²/4)"),
        title="share with positive eigenvalues only, measured in blue", xlabel="dimension",
        log=True, xlim=(1, LARGEST), ylim=(1e-14, 1),
    )  # fmt: skip


def _bars(n: int, percent: np.ndarray) -> Bars:
    """How often each number of positive eigenvalues came up; rows beyond n are there, so that nothing jumps."""
    possible = np.arange(LARGEST + 1) <= n
    return Bars(
        range(LARGEST + 1),
        np.where(possible, percent, np.nan),
        range=(0, 100),
        digits=1,
        title="number of positive eigenvalues, % of the draws",
    )


def _said(n: int, how_many: np.ndarray, shares: np.ndarray) -> Note:
    """The draws in words: how many would be a minimum, a maximum, a saddle; and where minima are found no more."""
    count, minima, maxima = int(how_many.sum()), int(how_many[n]), int(how_many[0])
    last = int(np.count_nonzero(shares))  # what is no minimum in n dimensions is none in more
    end = f"; no minimum from n = {last + 1} on" if last < LARGEST else ""
    return Note(
        f"n = {n}, {count:,} draws: {minima:,} minima (all positive), {maxima:,} maxima (none), "
        f"{count - minima - maxima:,} saddles{end}."
    )
