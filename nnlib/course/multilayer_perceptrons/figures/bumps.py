"""A proof by hand: a function as a row of boxes, each two steep sigmoids, or of tents, each three ReLUs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnlib.live import Curves, Note
from nnlib.live.controls import Slider
from nnlib.live.numbers import plain

from .targets import TARGETS, largest_error, samples

__all__ = ["COUNTS", "LAWS", "SHAPES", "bump_views", "cuts"]

COUNTS = (2, 4, 8, 16, 32, 64, 128)
SHAPES = ("boxes", "tents")
UNITS = {"boxes": 2, "tents": 3}  # of each
LEAST, MOST = 1e-3, 20.0  # the ends of the errors' axis
SLOPE, BEND = 6.78, 100.3  # the largest |g'| and |g''| of the wave with a bump: the one target that has both everywhere
LAWS = {"boxes": lambda h: SLOPE * h / 2, "tents": lambda h: BEND * h**2 / 8}
cuts = Slider(stops=COUNTS, start=16, label="parts of the interval, n")

Parts = Callable[[np.ndarray, int], np.ndarray]  # (x (N,), n) -> what each of the n + 1 bumps gives: (N, n + 1)


def bump_views(target: str, n: int, shape: str, parts: Parts) -> tuple[Curves, Curves, Note]:
    """The target, the bumps and their sum; the largest error by n, with its law; both in words."""
    x, d = samples(target, 800)
    each = parts(x, n)
    picture = Curves(
        _bumps=_outlines(x, each), target=(x, d), sum=(x, each.sum(1)), thin=("_bumps",), tall=True, xlabel="x",
        colors={"target": "blue", "sum": "orange"}, xlim=(-1, 1), ylim=(-1.3, 1.3), title=f"{n + 1} {shape}, their sum",
    )  # fmt: skip
    fine, wanted = samples(target, 1600)
    errors = {m: largest_error(parts(fine, m).sum(1), wanted) for m in COUNTS}
    units = UNITS[shape] * (n + 1)
    said = f"{units} units, placed by hand, none of them trained: largest error {plain(errors[n], 2)}."
    return picture, _by_count(target, errors, n, shape), Note(said)


def _outlines(x: np.ndarray, each: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All bumps as one line, with gaps where a bump is nothing."""
    lines = np.where(np.abs(each.T) < 1e-3, np.nan, each.T)
    gaps = np.full((len(lines), 1), np.nan)
    return np.tile(np.append(x, np.nan), len(lines)), np.hstack([lines, gaps]).ravel()


def _by_count(target: str, errors: dict[int, float], n: int, shape: str) -> Curves:
    known = list(errors.values())
    law = {"law": (COUNTS, LAWS[shape](2 / np.array(COUNTS)))} if target == next(iter(TARGETS)) else {}
    return Curves(
        **law, error=(COUNTS, known), _here=([n], [np.clip(errors[n], LEAST, MOST)]), thin=tuple(law), log=True,
        logx=True, colors={"error": "ink", "_here": "orange"}, xlim=(COUNTS[0], COUNTS[-1]), ylim=(LEAST, MOST),
        xlabel="n", title="largest error in the interval", tall=True,
    )  # fmt: skip
