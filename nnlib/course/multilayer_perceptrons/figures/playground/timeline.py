"""A whole run from its settings: stretch by stretch, as the history says, with the numbers that were set by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import jax
import numpy as np

from nnlib.activations import identity
from nnlib.live import History

from .net import Architecture, first_weights, layers_of
from .run import Evaluation, Moments, advance, dropout_draws, evaluate, first_state
from .sets import Data
from .settings import activation_of, architecture_of, data_of, hyperparameters_of

__all__ = ["PlaygroundRun", "whole_run"]

NONE = History()


class PlaygroundRun(NamedTuple):
    """A run at each of its moments, and the data that it has seen last."""

    weights: np.ndarray  # (T, P)
    evaluation: Evaluation
    architecture: Architecture
    data: Data
    test: Data
    diverged: int  # the first moment whose numbers are not finite; -1 if there is none


def whole_run(settings: Mapping[str, Any], history: History = NONE, mine: Callable = identity) -> PlaygroundRun:
    """The run with these settings, the newest; history: what was changed on the way, with what it was before.

    mine: the learner's own activation, z -> f(z), of any shape.
    """
    architecture, mine, moments = architecture_of(settings), activation_of(settings, mine), settings["length"]
    weights = first_weights(architecture, settings["init"], settings["seed"])
    draws = dropout_draws(len(architecture.activations))
    settings_at, by_hand = history.settings(settings), {change.at: change.set for change in history if change.set}
    now, films, evaluations = jax.tree.map(np.asarray, Moments(weights, first_state(weights))), [], []
    for begin, end in _stretches(history, by_hand, moments):
        held = next(held for at, held in reversed(settings_at) if at <= begin)
        (data, test), hyper = data_of(held), hyperparameters_of(held)
        now = Moments(_set(now.weights, by_hand.get(begin, {}), architecture), now.state)
        film = advance(now, (np.int32(begin), np.int32(end)), hyper, data, architecture, draws, mine)
        film = jax.tree.map(lambda rows, begin=begin, end=end: np.asarray(rows)[begin : end + 1], film)
        now = jax.tree.map(lambda rows: rows[-1], film)
        if films:  # the moment of a change belongs to what comes after it
            films[-1], evaluations[-1] = jax.tree.map(lambda rows: rows[:-1], (films[-1], evaluations[-1]))
        films.append(film.weights)
        evaluations.append(evaluate(film.weights, architecture, hyper, data, test, mine))
    numbers = np.concatenate(films)
    evaluation = jax.tree.map(lambda *parts: np.concatenate(parts), *evaluations)
    fine = np.isfinite(numbers).all(1) & np.isfinite(evaluation.train.loss)
    return PlaygroundRun(numbers, evaluation, architecture, data, test, -1 if fine.all() else int(np.argmin(fine)))


def _stretches(history: History, by_hand: Mapping[int, Any], moments: int) -> list[tuple[int, int]]:
    """From change to change; at the last moment nothing is trained any more, but a number may be set."""
    cuts = sorted({0, moments, *(change.at for change in history if change.at < moments)})
    return list(pairwise(cuts)) + [(moments, moments)] * (moments in by_hand)


def _set(weights: np.ndarray, by_hand: Mapping[str, float], architecture: Architecture) -> np.ndarray:
    """The weights with some numbers set, by the names of the picture, in which only what is switched on is counted."""
    weights = np.array(weights)
    layers = layers_of(weights, len(architecture.activations))  # views into `weights`
    places = [np.flatnonzero(on) for on in (architecture.features, *architecture.units, np.ones(1))]
    for name, number in by_hand.items():
        layer, *units = (int(part) for part in name.split(","))
        ends = places[layer : layer + len(units)]
        outside = len(ends) < len(units) or any(unit >= len(end) for unit, end in zip(units, ends, strict=True))
        if outside or (layer == 0 and len(units) == 1):
            continue  # set in another network, which had more units; and a feature has no bias
        at = tuple(end[unit] for unit, end in zip(units, ends, strict=True))
        array = layers[layer][0] if len(units) == 2 else layers[layer - 1][1]
        array[at] = number
    return weights
