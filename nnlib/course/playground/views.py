"""The playground's picture: the network with every unit's own map, what it says of the plane, and its losses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from nnlib.live import Curves, History, NetworkMaps, Note, Plane, film

from .controls import OWN
from .net import FEATURES, INITS, Form, first_weights, form, layers_of
from .run import BOUNDS, EVERY, Sight, look
from .sets import Data, split_off, toy
from .timeline import Run, train

__all__ = ["playground_views"]

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def playground_views(history: History, settings: Mapping[str, Any], mine: Callable) -> tuple:
    """Train with these settings, and show the run at every moment.

    mine: the learner's own activation, z -> f(z), of any shape.
    """
    shape, layers = _form(settings)
    weights = first_weights(shape, settings["init"], settings["seed"])
    run = train(weights, shape, settings["length"], settings, history, _data, mine)
    sight = look(run.film.weights, shape, run.data, run.test, mine)
    network = _network(run, shape, layers, sight, history)
    return (network,), (_plane(run, sight, settings), _losses(run)), *_notes(run, sight, settings, history)


def _form(settings: Mapping[str, Any]) -> tuple[Form, list[tuple[int, str]]]:
    names = [name for k, name in enumerate(FEATURES, 1) if settings[f"feature_{k}"]]
    layers = [row for k in range(1, 7) if (row := settings[f"layer_{k}"])]
    layers = [(row["units"], row["activation"]) for row in layers]
    return form(names, layers), layers


def _data(settings: Mapping[str, Any]) -> tuple[Data, Data]:
    if settings["data"] == OWN:
        return split_off(*settings["points"])
    return toy(settings["data"], settings["noise"])


def _network(run: Run, shape: Form, layers: list, sight: Sight, history: History) -> NetworkMaps:
    """The units that are switched on, and the weights between them."""
    on = [np.flatnonzero(units) for units in (shape.features, *shape.units, np.ones(1))]
    matrices = layers_of(run.film.weights, len(layers))
    weights = [film(W[:, left][:, :, right]) for (W, _), (left, right) in zip(matrices, pairwise(on), strict=True)]
    biases = [film(b[:, right]) for (_, b), right in zip(matrices, on[1:], strict=True)]
    maps = [one[:, places] for one, places in zip(sight.maps, on, strict=True)]
    names = [[FEATURES[k] for k in on[0]], *([f"h{l}.{k + 1}" for k in range(n)] for l, (n, _) in enumerate(layers, 1))]
    said = ["features", *(kind for _, kind in layers), "output"]
    return NetworkMaps(weights, biases, maps, [*names, ["y"]], said, hand=history)


def _plane(run: Run, sight: Sight, settings: Mapping[str, Any]) -> Plane:
    n = int(run.data.count)
    points = settings["points"] if settings["data"] == OWN else (run.data.X[:n], run.data.y[:n].astype(int))
    return Plane(film(np.nan_to_num(sight.field, nan=0.5)), points, bounds=BOUNDS, title="what the network says")


def _losses(run: Run) -> Curves:
    """Data loss and penalty apart, so that it can be seen which of them falls."""
    steps = EVERY * np.arange(len(run.film.train))
    series = {"training": run.film.train, "test": run.film.test}
    if not run.test.count:
        del series["test"]
    if run.film.penalty.max() > 0:
        series["penalty"] = run.film.penalty
    shown = {name: (steps, np.clip(np.nan_to_num(losses, nan=1e3), 1e-6, 1e3)) for name, losses in series.items()}
    colors = {"training": "blue", "test": "orange", "penalty": "grey"}
    return Curves(
        **shown, colors={name: colors[name] for name in shown}, log=True, cursor=True, xlabel="steps", title="loss",
        xlim=(0, steps[-1]), ylim=(1e-3, 10),
    )  # fmt: skip


def _notes(run: Run, sight: Sight, settings: Mapping[str, Any], history: History) -> list[Note]:
    if run.diverged >= 0:
        remedy = "take a smaller learning rate" if settings["init"] in list(INITS)[:2] else "take smaller first weights"
        return [Note(f"Diverged: no number any more at step {EVERY * run.diverged}; {remedy}.", tone="bad")]
    notes = [Note(f"at the end: {100 * sight.train[-1]:.0f} % of training right")]
    if run.test.count:
        notes.append(Note(f"{100 * sight.test[-1]:.0f} % of test"))
    if history:
        steps = ", ".join(str(EVERY * change.at) for change in history)
        notes.append(Note(f"changed on the way at step {steps}"))
    return notes
