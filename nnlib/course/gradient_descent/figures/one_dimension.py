"""Gradient descent on a parabola: the picture, and a word for how it goes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnlib.course.common.surfaces import NOTHING
from nnlib.live import Curves, Note, Path, Plane, film
from nnlib.live.controls import Handle
from nnlib.live.numbers import plain
from nnlib.live.views import Film

__all__ = ["pace", "parabola_views"]

FRAME = (-3.0, 3.0, -0.25, 4.75)
FAR, LEAST, MOST = 1e3, 1e-6, 1e5  # where what is drawn ends: outside the frames
SIDE = np.linspace(-3.2, 3.2, 129)


def pace(rate: float, k: float) -> str:
    """How descent goes on a parabola of curvature k: each step multiplies the distance by 1 - rate k.

    Within a thousandth of a limit counts as the limit.
    """
    share = rate * k
    if abs(share - 1) < 1e-3:
        return "one step"
    if abs(share - 2) < 1e-3:
        return "to and fro"
    words = ("slow", "from one side", "oscillating", "diverging")
    return words[int(np.searchsorted((0.2, 1.0, 2.0), share))]


def parabola_views(k: float, rate: float, start: Handle, w: Sequence[float]) -> tuple[Plane, Curves, Note]:
    """The valley f = k w^2 / 2 with the steps w in it, as a film; how far each is from the minimum; and the word."""
    w = np.asarray(w, float)
    valley = np.stack([SIDE, k * SIDE**2 / 2], axis=1)
    fall = np.array([[start.x, start.y], [start.x, k * start.x**2 / 2]])
    paths = [Path(valley, color="grey"), Path(fall, color="grey"), Path(stairs(k, w), color="orange", mark="circle")]
    plane = Plane(paths=paths, handles=[start], bounds=FRAME, aspect=1.0, xlabel="w", title="f(w)")
    distance = np.clip(np.abs(w), NOTHING, MOST)
    beside = Curves(distance=distance, title="distance from the minimum", colors={"distance": "orange"}, cursor=True,
                    log=True, xlabel="steps", ylim=(LEAST, MOST / 10))  # fmt: skip
    return plane, beside, Note(_said(k, rate, w), tone="bad" if diverges(w) else "plain")


def stairs(k: float, w: np.ndarray) -> Film:
    """Each step sideways, and then down (or up) to the curve: at moment t the first 2 t + 1 corners, NaN beyond."""
    w = np.where(np.abs(w) < FAR, w, np.nan)
    f = k * w**2 / 2
    corners = np.stack([np.repeat(w, 2)[1:], np.repeat(f, 2)[:-1]], axis=1)  # (2 T - 1, 2)
    known = np.arange(len(corners)) <= 2 * np.arange(len(w))[:, None]  # (T, 2 T - 1)
    return film(np.where(known[..., None], corners, np.nan))


def diverges(w: np.ndarray) -> bool:
    """Whether it ends farther away than it began."""
    return bool(abs(w[-1]) > 1.001 * abs(w[0]))


def _said(k: float, rate: float, w: np.ndarray) -> str:
    if w[0] == 0:
        return "You start in the minimum: the slope is 0, and nothing moves."
    factor = plain(1 - rate * k, 3).replace("-", "−")
    each = f"Each step multiplies w by 1 − ηk = {factor}: {pace(rate, k)}"
    if not diverges(w):
        if pace(rate, k) == "to and fro":
            return f"{each} for ever, never nearer. Take η below 2/k = {plain(2 / k)}."
        return f"{each}. Best: η = 1/k = {plain(1 / k)}; limit: 2/k = {plain(2 / k)}."
    gone = int(np.argmax(np.abs(w) > 1000))
    far = f", beyond 1000 after {gone} step{'s' * (gone > 1)}" if gone else ""
    return f"{each}{far}. Take η below 2/k = {plain(2 / k)}."
