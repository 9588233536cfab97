"""A training as a picture: what the network says of the plane, its losses beside, and a sentence if it diverges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnlib.live import Curves, Plane, film
from nnlib.live.numbers import plain

from .surfaces import NOTHING

__all__ = ["SMALLER", "diverged", "loss_curves", "network_plane"]

MOST = 1e3  # a loss above it, or one that is no number, is drawn there
COLORS = {"training": "blue", "test": "orange", "penalty": "grey"}
SMALLER = "take a smaller learning rate"


def network_plane(fields: Any, points: Any, bounds: tuple[float, float, float, float], **marks: Any) -> Plane:
    """What a network says of the plane at each moment of its film, with the points.

    fields: probabilities (T, H, W), row 0 at the bottom; what is no number is drawn as 1/2.  marks: more for `Plane`.
    """
    said = film(np.nan_to_num(np.asarray(fields), nan=0.5))
    return Plane(said, points=points, bounds=bounds, **({"title": "what the network says"} | marks))


def loss_curves(
    losses: Mapping[str, Any], every: int = 1, *, ylim: tuple[float, float], changes: tuple[int, ...] = ()
) -> Curves:
    """Losses (T,) by name, one every `every` steps, on a logarithmic axis, with the player's cursor.

    changes: steps at which something was changed on the way; there stands an upright line.
    """
    steps = every * (max(map(len, losses.values())) - 1)
    shown = {name: np.clip(np.nan_to_num(np.asarray(each), nan=MOST), NOTHING, MOST) for name, each in losses.items()}
    series = {name: (every * np.arange(len(each)), each) for name, each in shown.items()}
    marks = {f"_at_{k}": ([step, step], list(ylim)) for k, step in enumerate(changes)}
    colors = {name: COLORS[name] for name in series if name in COLORS} | dict.fromkeys(marks, "grey")
    return Curves(
        **series, **marks, colors=colors, thin=tuple(marks), log=True, cursor=True, xlabel="steps", title="loss",
        xlim=(0, steps), ylim=ylim,
    )  # fmt: skip


def diverged(
    step: int, remedy: str = SMALLER, *, what: str = "no number", after: str = "", height: float | None = None
) -> str:
    """The one sentence for what diverges, without its full stop: when, from which loss on, and what to do.

    what: what it is at that step.  after: what it was before, as "a loss of 3.4".  height: the loss at that step, where
    it is a number still.
    """
    if height is not None and np.isfinite(height):
        return f"diverged: at step {step} as high as {plain(height, 2)}, and it does not come back; {remedy}"
    return f"diverged: {what} at step {step}{after and f', after {after}'}; {remedy}"
