"""The playground's picture: the network with every unit's own map, what it says of the plane, and its losses."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from nnlib.course.common.training import SMALLER, diverged, loss_curves, network_plane
from nnlib.live import Curves, History, NetworkMaps, Note, Plane, film
from nnlib.live.numbers import plain

from .controls import OWN, TABLE
from .net import FEATURES, layers_of
from .run import BOUNDS, EVERY
from .sets import held_out
from .settings import layers_in, own_table, points_of
from .timeline import PlaygroundRun

__all__ = ["playground_views"]

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def playground_views(run: PlaygroundRun, settings: Mapping[str, Any], history: History) -> tuple:
    """The run at every moment: network and losses, the plane, and what it comes to."""
    network, plane = _network(run, settings, history), _plane(run, settings)
    return (network, _losses(run, history)), (plane,), *_notes(run, settings, history)


def _network(run: PlaygroundRun, settings: Mapping[str, Any], history: History) -> NetworkMaps:
    """The units that are switched on, and the weights between them."""
    shape, layers = run.architecture, layers_in(settings)
    on = [np.flatnonzero(units) for units in (shape.features, *shape.units, np.ones(1))]
    matrices = layers_of(run.weights, len(layers))
    weights = [film(W[:, left][:, :, right]) for (W, _), (left, right) in zip(matrices, pairwise(on), strict=True)]
    biases = [film(b[:, right]) for (_, b), right in zip(matrices, on[1:], strict=True)]
    maps = [one[:, places] for one, places in zip(run.evaluation.maps, on, strict=True)]
    hidden = [[f"unit {place + 1} of layer {k}" for place in range(n)] for k, (n, _) in enumerate(layers, 1)]
    names = [[FEATURES[k] for k in on[0]], *hidden]
    said = ["features", *(kind for _, kind in layers), "sigmoid"]
    return NetworkMaps(weights, biases, maps, [*names, ["output"]], said, hand=history)


def _plane(run: PlaygroundRun, settings: Mapping[str, Any]) -> Plane:
    """Training or test points of a toy set; the learner's own all at once, those of the test in rings."""
    own = {OWN: lambda: settings["points"], TABLE: lambda: own_table(settings)[:2]}
    points = own.get(settings["data"], lambda: points_of(run, settings["shown"] == "test"))()
    ring = held_out(len(points[1] if isinstance(points, tuple) else points)) if settings["data"] in own else ()
    return network_plane(run.evaluation.field, points, BOUNDS, ring=ring)


def _losses(run: PlaygroundRun, history: History) -> Curves:
    """Data loss and penalty apart, so that it can be seen which of them falls; upright lines where it was changed."""
    evaluation = run.evaluation
    losses = {"training": evaluation.train.loss}
    losses |= {"test": evaluation.test.loss} if run.test.count else {}
    losses |= {"penalty": evaluation.penalty} if evaluation.penalty.max() > 0 else {}
    changes = tuple(EVERY * change.at for change in history.changes if change.at < len(run.weights))
    return loss_curves(losses, EVERY, ylim=(1e-3, 10), changes=changes)


def _notes(run: PlaygroundRun, settings: Mapping[str, Any], history: History) -> list[Note]:
    if run.diverged >= 0:
        return [_diverged(run, settings)]
    evaluation = run.evaluation
    notes = [_share(evaluation.train.right, "at {when}, {share:.0f} % of the training points are right")]
    if run.test.count:
        notes.append(_share(evaluation.test.right, "{share:.0f} % of the test points"))
    if settings["data"] == TABLE:
        notes.append(Note(own_table(settings).said))
    if history.changes:
        at = ", ".join(str(EVERY * change.at) for change in history.changes)
        notes.append(Note(f"changed on the way, at step {at}"))
    if history.anew:
        notes.append(Note("this cannot be changed on the way: begun anew, from step 0"))
    if any(change.before.keys() & {"data", "points", "table", "noise"} for change in history):
        notes.append(Note("the points in the picture are the newest ones, at every step"))
    if any(change.at >= settings["length"] and change.before for change in history):
        notes.append(Note("at the last step nothing more is trained: go back first"))
    return notes


def _share(right: np.ndarray, said: str) -> Note:
    """How many are right, at the end and at each moment."""
    moments = [said.format(when=f"step {EVERY * t}", share=100 * share) for t, share in enumerate(right)]
    return Note(said.format(when="the end", share=100 * right[-1]), moments=tuple(moments))


def _diverged(run: PlaygroundRun, settings: Mapping[str, Any]) -> Note:
    after = f"a loss of {plain(run.evaluation.train.loss[run.diverged - 1], 2)}" if run.diverged else ""
    remedy = "take smaller first weights" if settings["init"] == "much too large" else SMALLER
    return Note(f"The training {diverged(EVERY * run.diverged, remedy, after=after)}.", tone="bad")
