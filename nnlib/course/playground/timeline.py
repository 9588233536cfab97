"""A whole run from its settings: stretch by stretch, as the history says; numbers set by hand are set where they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import jax
import numpy as np

from nnlib.course.optimizers.runners import FIRST_ORDER
from nnlib.live import History

from .net import Form, layers_of
from .run import MOST, Film, Knobs, advance, chances, first_state
from .sets import ROOM, Data

__all__ = ["Run", "knobs_of", "train"]


class Run(NamedTuple):
    """The film of a run, and the data that it has seen last."""

    film: Film
    data: Data
    test: Data
    diverged: int  # the first moment whose numbers are not finite; -1 if there is none


def knobs_of(settings: Mapping[str, Any]) -> Knobs:
    """What may be turned, as the program takes it."""
    return Knobs(
        rate=np.float32(settings["rate"]),
        optimizer=np.int32(FIRST_ORDER.index(settings["optimizer"])),
        batch=np.int32(settings["batch"] or ROOM),
        l1=np.float32(settings["l1"]),
        l2=np.float32(settings["l2"]),
        dropout=np.float32(settings["dropout"]),
        squared=np.bool_(settings["loss"] == "squared error"),
    )


def train(
    weights: np.ndarray, form: Form, moments: int, settings: Mapping[str, Any], history: History,
    data_of: Callable[[Mapping[str, Any]], tuple[Data, Data]], mine: Callable,
) -> Run:  # fmt: skip
    """The run of so many moments after the first.

    weights: before any step.  settings: the newest; history: what was changed on the way, with what it was before.
    data_of: training and test data from settings.  mine: the learner's own activation.
    """
    settings_at = history.settings(settings)
    by_hand = {change.at: change.set for change in history if change.set}
    ends = [*(at for at, _ in settings_at[1:]), moments]
    film = None
    for (begin, now), end in zip(settings_at, ends, strict=True):
        data, test = data_of(now)
        for first, last in _pieces(begin, min(end, moments), by_hand):
            start = (weights, first_state(weights)) if film is None else _row(film, first)
            start = _set(start[0], by_hand.get(first, {}), form), start[1]
            stretch = advance(*start, (np.int32(first), np.int32(last)), knobs_of(now), data, test, form,
                              chances(len(form.kinds)), mine)  # fmt: skip
            film = _joined(film, stretch, first)
    film = jax.tree.map(lambda rows: rows[: moments + 1], film)
    fine = np.isfinite(film.train) & np.isfinite(film.weights).all(1)
    return Run(film, data, test, -1 if fine.all() else int(np.argmin(fine)))


def _pieces(begin: int, end: int, by_hand: Mapping[int, Any]) -> list[tuple[int, int]]:
    """A stretch, cut where numbers were set by hand; the last moment may be one where nothing more is trained."""
    cuts = [begin, *sorted(at for at in by_hand if begin < at < end or at == end == MOST), end]
    pieces = [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if a < b or a == b == begin]
    return [*pieces, (end, end)] if end in by_hand and (end, end) not in pieces else pieces


def _row(film: Film, at: int) -> tuple[np.ndarray, Any]:
    return jax.tree.map(lambda rows: rows[at], (film.weights, film.state))


def _joined(film: Film | None, stretch: Film, first: int) -> Film:
    """The film with the rows of a stretch from moment `first` on in place of its own."""
    new = jax.tree.map(np.array, stretch)
    if film is not None:
        for rows, old in zip(jax.tree.leaves(new), jax.tree.leaves(film), strict=True):
            rows[:first] = old[:first]
    return new


def _set(weights: np.ndarray, by_hand: Mapping[str, float], form: Form) -> np.ndarray:
    """The weights with some numbers set, by the names of the picture, in which only what is switched on is counted."""
    weights = np.array(weights)
    layers, on = layers_of(weights, len(form.kinds)), [form.features, *form.units, np.ones(1)]  # views into `weights`
    for name, number in by_hand.items():
        key = [int(part) for part in name.split(",")]
        places = [np.flatnonzero(layer) for layer in on]
        layer, *units = key
        if len(key) == 3 and layer + 1 < len(on) and units[0] < len(places[layer]) and units[1] < len(places[layer + 1]):
            layers[layer][0][places[layer][units[0]], places[layer + 1][units[1]]] = number
        elif len(key) == 2 and 0 < layer < len(on) and units[0] < len(places[layer]):
            layers[layer - 1][1][places[layer][units[0]]] = number
    return weights


