"""The playground's picture: the network with every unit's own map, what it says of the plane, and its losses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import jax
import numpy as np

from nnlib.activations import identity
from nnlib.course.optimizers.own import Failed, in_time
from nnlib.live import Curves, History, NetworkMaps, Note, Plane, film
from nnlib.live.numbers import plain

from .controls import OWN
from .net import FEATURES, WIDEST, Form, first_weights, form, layers_of
from .run import BOUNDS, EVERY
from .sets import ROOM, Data, split_off, toy
from .timeline import Run, train

__all__ = ["playground_views"]

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def playground_views(history: History, settings: Mapping[str, Any], mine: Callable) -> tuple:
    """Train with these settings, and show the run at every moment.

    mine: the learner's own activation, z -> f(z), of any shape.
    """
    shape, layers = _form(settings)
    weights = first_weights(shape, settings["init"], settings["seed"])
    run = train(weights, shape, settings["length"], settings, history, _data, _own(mine, layers))
    network, plane = _network(run, shape, layers, history), _plane(run, settings)
    return (network, _losses(run)), (plane,), *_notes(run, settings, history)


def _own(mine: Callable, layers: list[tuple[int, str]]) -> Callable:
    """The learner's activation, looked at on shapes alone; another one where no layer asks for it.

    Raises ValueError with the first layer that asks for it, and what is wrong.
    """
    asked = [k for k, (_, kind) in enumerate(layers, 1) if kind == "mine"]
    if not asked:
        return identity
    try:
        in_time(lambda: _check_shape(mine))
    except Failed as wrong:
        raise ValueError(f"layer {asked[0]}, your activation {mine.__name__}(z): {wrong}") from None
    return mine


def _check_shape(mine: Callable) -> None:
    z = jax.ShapeDtypeStruct((ROOM, WIDEST), np.float32)
    shape = getattr(jax.eval_shape(mine, z), "shape", None)
    if shape != z.shape:
        raise Failed(f"expected a number for each z, {z.shape}, got {shape or 'no array'}; it works element by element")


def _form(settings: Mapping[str, Any]) -> tuple[Form, list[tuple[int, str]]]:
    names = [name for k, name in enumerate(FEATURES, 1) if settings[f"feature_{k}"]]
    layers = [row for k in range(1, 7) if (row := settings[f"layer_{k}"])]
    layers = [(row["units"], row["activation"]) for row in layers]
    return form(names, layers), layers


def _data(settings: Mapping[str, Any]) -> tuple[Data, Data]:
    if settings["data"] == OWN:
        return split_off(*settings["points"])
    return toy(settings["data"], settings["noise"])


def _network(run: Run, shape: Form, layers: list, history: History) -> NetworkMaps:
    """The units that are switched on, and the weights between them."""
    on = [np.flatnonzero(units) for units in (shape.features, *shape.units, np.ones(1))]
    matrices = layers_of(run.weights, len(layers))
    weights = [film(W[:, left][:, :, right]) for (W, _), (left, right) in zip(matrices, pairwise(on), strict=True)]
    biases = [film(b[:, right]) for (_, b), right in zip(matrices, on[1:], strict=True)]
    maps = [one[:, places] for one, places in zip(run.sight.maps, on, strict=True)]
    hidden = [[f"unit {place + 1} of layer {k}" for place in range(n)] for k, (n, _) in enumerate(layers, 1)]
    names = [[FEATURES[k] for k in on[0]], *hidden]
    said = ["features", *(kind for _, kind in layers), "sigmoid"]
    return NetworkMaps(weights, biases, maps, [*names, ["output"]], said, hand=history)


def _plane(run: Run, settings: Mapping[str, Any]) -> Plane:
    n = int(run.data.count)
    points = settings["points"] if settings["data"] == OWN else (run.data.X[:n], run.data.y[:n].astype(int))
    return Plane(film(np.nan_to_num(run.sight.field, nan=0.5)), points, bounds=BOUNDS, title="what the network says")


def _losses(run: Run) -> Curves:
    """Data loss and penalty apart, so that it can be seen which of them falls."""
    sight, steps = run.sight, EVERY * np.arange(len(run.weights))
    series = {"training": sight.train.loss, "test": sight.test.loss if run.test.count else None}
    series |= {"penalty": sight.penalty if sight.penalty.max() > 0 else None}
    colors = {"training": "blue", "test": "orange", "penalty": "grey"}
    shown = {name: (steps, np.clip(np.nan_to_num(losses, nan=1e3), 1e-6, 1e3)) for name, losses in series.items()
             if losses is not None}  # fmt: skip
    return Curves(
        **shown, colors={name: colors[name] for name in shown}, log=True, cursor=True, xlabel="steps", title="loss",
        xlim=(0, steps[-1]), ylim=(1e-3, 10),
    )  # fmt: skip


def _notes(run: Run, settings: Mapping[str, Any], history: History) -> list[Note]:
    if run.diverged >= 0:
        return [_diverged(run, settings)]
    sight = run.sight
    notes = [Note(f"at the end, {100 * sight.train.right[-1]:.0f} % of the training points are right")]
    if run.test.count:
        notes.append(Note(f"{100 * sight.test.right[-1]:.0f} % of the test points"))
    if history:
        notes.append(Note(f"changed on the way, at step {', '.join(str(EVERY * change.at) for change in history)}"))
    return notes


def _diverged(run: Run, settings: Mapping[str, Any]) -> Note:
    losses = run.sight.train.loss
    last = f"The loss was {plain(losses[run.diverged - 1], 2)}, and " if run.diverged else ""
    remedy = "smaller first weights" if settings["init"] == "much too large" else "a smaller learning rate"
    said = f"{last}at step {EVERY * run.diverged} nothing is a number any more: it diverges. Take {remedy}."
    return Note(said[0].upper() + said[1:], tone="bad")
