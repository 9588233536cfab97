"""A whole run from its settings: stretch by stretch, as the history says, with the numbers that were set by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import jax
import numpy as np

from nnlib.course.optimizers.runners import FIRST_ORDER
from nnlib.live import History

from .net import Form, layers_of
from .run import Film, Knobs, Sight, advance, chances, first_state, look
from .sets import ROOM, Data

__all__ = ["Run", "knobs_of", "train"]


class Run(NamedTuple):
    """A run at each of its moments, and the data that it has seen last."""

    weights: np.ndarray  # (T, P)
    sight: Sight
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
    settings_at, by_hand = history.settings(settings), {change.at: change.set for change in history if change.set}
    now, films, sights = Film(weights, first_state(weights)), [], []
    for begin, end in _stretches(history, by_hand, moments):
        held = next(held for at, held in reversed(settings_at) if at <= begin)
        (data, test), knobs = data_of(held), knobs_of(held)
        now = Film(_set(now.weights, by_hand.get(begin, {}), form), now.state)
        film = advance(now, (np.int32(begin), np.int32(end)), knobs, data, form, chances(len(form.kinds)), mine)
        film = jax.tree.map(lambda rows, begin=begin, end=end: np.asarray(rows)[begin : end + 1], film)
        now = jax.tree.map(lambda rows: rows[-1], film)
        if films:  # the moment of a change belongs to what comes after it
            films[-1], sights[-1] = jax.tree.map(lambda rows: rows[:-1], (films[-1], sights[-1]))
        films.append(film.weights)
        sights.append(look(film.weights, form, knobs, data, test, mine))
    numbers = np.concatenate(films)
    sight = jax.tree.map(lambda *parts: np.concatenate(parts), *sights)
    fine = np.isfinite(numbers).all(1) & np.isfinite(sight.train.loss)
    return Run(numbers, sight, data, test, -1 if fine.all() else int(np.argmin(fine)))


def _stretches(history: History, by_hand: Mapping[int, Any], moments: int) -> list[tuple[int, int]]:
    """From change to change; at the last moment nothing is trained any more, but a number may be set."""
    cuts = sorted({0, moments, *(change.at for change in history if change.at < moments)})
    return list(pairwise(cuts)) + [(moments, moments)] * (moments in by_hand)


def _set(weights: np.ndarray, by_hand: Mapping[str, float], form: Form) -> np.ndarray:
    """The weights with some numbers set, by the names of the picture, in which only what is switched on is counted."""
    weights = np.array(weights)
    layers = layers_of(weights, len(form.kinds))  # views into `weights`
    places = [np.flatnonzero(on) for on in (form.features, *form.units, np.ones(1))]
    for name, number in by_hand.items():
        layer, *units = (int(part) for part in name.split(","))
        ends = places[layer : layer + len(units)]
        if len(ends) < len(units) or any(unit >= len(end) for unit, end in zip(units, ends, strict=True)):
            continue  # set in another network, which had more units
        at = tuple(end[unit] for unit, end in zip(units, ends, strict=True))
        array = layers[layer][0] if len(units) == 2 else layers[layer - 1][1]
        array[at] = number
    return weights
