"""Gradient descent on a parabola: the picture, and a word for how it goes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnlib.live import Curves, Note, Path, Plane, film
from nnlib.live.inputs import Handle
from nnlib.live.numbers import plain

__all__ = ["parabola_views", "pace"]

FRAME = (-3.0, 3.0, -0.5, 5.5)
FAR, LEAST, MOST = 1e4, 1e-8, 1e8  # where what is drawn ends: far outside the frame
SIDE = np.linspace(-3.0, 3.0, 121)


def pace(rate: float, k: float) -> str:
    """How descent goes on a parabola of curvature k: each step multiplies the error by 1 - rate k.

    Within a thousandth of a limit counts as the limit.
    """
    share = rate * k
    if abs(share - 1) < 1e-3:
        return "one step"
    if abs(share - 2) < 1e-3:
        return "to and fro for ever"
    words = ("slow", "from one side", "oscillating", "diverging")
    return words[int(np.searchsorted((0.2, 1.0, 2.0), share))]


def parabola_views(k: float, rate: float, start: Handle, w: Sequence[float]) -> tuple[Plane, Curves, Note]:
    """The valley f = k w^2 / 2 with the steps w in it, as a film; how far each is from the minimum; and the word."""
    w = np.clip(np.asarray(w, float), -FAR, FAR)
    steps = np.stack([w, k * w**2 / 2], axis=1)
    valley = np.stack([SIDE, k * SIDE**2 / 2], axis=1)
    fall = np.array([[start.x, start.y], steps[0]])
    paths = [Path(valley, color="grey"), Path(fall, color="grey"), Path(film(steps), color="orange", mark="circle")]
    plane = Plane(paths=paths, handles=[start], bounds=FRAME, xlabel="w", title="f(w)")
    error = np.clip(np.abs(w), LEAST, MOST)
    beside = Curves(error=error, title="distance from the minimum", colors={"error": "orange"}, cursor=True,
                    log=True, xlabel="steps", ylim=(LEAST, MOST))  # fmt: skip
    return plane, beside, Note(_said(k, rate), tone="bad" if rate * k > 2 else "plain")


def _said(k: float, rate: float) -> str:
    factor = plain(1 - rate * k, 3).replace("-", "−")
    return (
        f"Each step: w times 1 − ηk = {factor}, {pace(rate, k)}. "
        f"Best at η = 1/k = {plain(1 / k, 2)}; not above 2/k = {plain(2 / k, 2)}."
    )
