"""What one hidden layer makes of a target: the picture of a net, its units, and its largest error by width."""

from __future__ import annotations

import numpy as np

from nnlib.course.common.surfaces import NOTHING
from nnlib.live import Curves, Note
from nnlib.live.numbers import plain

from .shallow import MOST, WAYS, Shallow
from .targets import largest_error, samples

__all__ = ["approximation_views"]

SHORT = dict(zip(WAYS, ("trained", "solved"), strict=True))
SIDE = np.linspace(-1.5, 1.5, 241)  # what is drawn: the interval, and beyond its ends
HIGH = 2.0  # the picture's upper edge
LEAST = 1e-5  # where the axis of the errors ends


def approximation_views(target: str, net: Shallow, errors: dict[str, dict[int, float]]) -> tuple[Curves, Curves, Note]:
    """The target, the net and what each unit adds to it; the largest error by width; what they are in words.

    errors: for each of the WAYS its largest error, by the number of units.
    """
    x, d = samples(target)
    answer = net.answers(SIDE)
    picture = Curves(
        _parts=_joined(net.parts(SIDE)), _ends=([-1, -1, np.nan, 1, 1], [HIGH, -HIGH, np.nan, HIGH, -HIGH]),
        target=(x, d), net=(SIDE, np.where(np.abs(answer) < HIGH, answer, np.nan)), thin=("_parts", "_ends"),
        colors={"target": "blue", "net": "orange"}, xlabel="x", xlim=(-1.5, 1.5), ylim=(-HIGH, HIGH), tall=True,
        title="the net, and what its units add",
    )  # fmt: skip
    return picture, _by_width(errors, net.units, largest_error(net.answers(x), d)), Note(_said(net, x, d))


def _joined(parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Many lines over SIDE (points, lines) as one, with a gap between two of them, and where they leave the picture."""
    parts = np.where(np.abs(parts) < HIGH, parts, np.nan).T
    gaps = np.full((len(parts), 1), np.nan)
    return np.tile(np.append(SIDE, np.nan), len(parts)), np.hstack([parts, gaps]).ravel()


def _by_width(errors: dict[str, dict[int, float]], units: int, error: float) -> Curves:
    lines = {SHORT[way]: (list(known), np.maximum(list(known.values()), NOTHING)) for way, known in errors.items()}
    return Curves(
        **lines, _here=([units], [max(error, LEAST)]), thin=("solved",),
        colors={"trained": "ink", "_here": "orange"}, log=True, logx=True, xlim=(1, MOST), ylim=(LEAST, 3), tall=True,
        title="largest error in the interval", xlabel="units",
    )  # fmt: skip


def _said(net: Shallow, x: np.ndarray, d: np.ndarray) -> str:
    off = np.abs(net.answers(x) - d)
    units, place = net.units, plain(float(x[np.argmax(off)]), 2).replace("-", "−")
    unit = "unit" if units == 1 else "units"
    return f"{units} {unit}, {3 * units + 1} weights: largest error {plain(float(off.max()), 2)}, at x = {place}."
