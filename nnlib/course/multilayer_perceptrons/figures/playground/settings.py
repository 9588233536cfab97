"""What the controls' values mean: an architecture, hyperparameters, examples, and the learner's own activation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

import jax
import numpy as np

from nnlib.activations import identity
from nnlib.course.common.learner import Failed, in_time
from nnlib.course.common.optimizers import FIRST_ORDER
from nnlib.live import Refused

from .controls import LAYERS, OWN, TABLE
from .net import FEATURES, WIDEST, Architecture, make_architecture
from .run import Hyperparameters
from .sets import ROOM, Data, split_off, toy
from .table import OwnTable, read_points

__all__ = ["activation_of", "architecture_of", "data_of", "hyperparameters_of", "layers_in", "own_table", "points_of"]


def layers_in(settings: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Units and activation of every layer that is switched on."""
    rows = [settings[f"layer_{k}"] for k in range(1, LAYERS + 1)]
    return [(row["units"], row["activation"]) for row in rows if row]


def architecture_of(settings: Mapping[str, Any]) -> Architecture:
    """Which features and units are switched on, and which activations."""
    chosen = [name for k, name in enumerate(FEATURES, 1) if settings[f"feature_{k}"]]
    if not chosen:
        raise ValueError("No feature is left to learn from: switch one on, such as x₁")
    return make_architecture(chosen, layers_in(settings))


def hyperparameters_of(settings: Mapping[str, Any]) -> Hyperparameters:
    """What may be turned while it runs, as the program takes it."""
    return Hyperparameters(
        rate=np.float32(settings["rate"]),
        optimizer=np.int32(FIRST_ORDER.index(settings["optimizer"])),
        batch=np.int32(settings["batch"]),
        l1=np.float32(settings["l1"]),
        l2=np.float32(settings["l2"]),
        dropout=np.float32(settings["dropout"]),
        squared=np.bool_(settings["loss"] == "squared error"),
    )


def data_of(settings: Mapping[str, Any]) -> tuple[Data, Data]:
    """Training and test examples."""
    if settings["data"] == OWN:
        return split_off(*settings["points"])
    if settings["data"] == TABLE:
        return split_off(*own_table(settings)[:2])
    return toy(settings["data"], settings["noise"])


def points_of(run: Any, test: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """The points that a run has learned from, or those of the test: X (N, 2) and y (N,), 0 or 1."""
    data = run.test if test else run.data
    n = int(data.count)
    return data.X[:n], data.y[:n].astype(int)


def own_table(settings: Mapping[str, Any]) -> OwnTable:
    """The learner's table.  Raises Refused, with the reason to be shown at its field, if it cannot be read."""
    try:
        return _read(settings["table"])
    except ValueError as error:
        raise Refused(table=str(error)) from None


_read = lru_cache(maxsize=8)(partial(read_points, most=ROOM))


def activation_of(settings: Mapping[str, Any], mine: Callable) -> Callable:
    """The learner's activation, looked at on shapes alone; another one where no layer asks for it.

    Raises ValueError with the first layer that asks for it, and what is wrong.
    """
    asked = [k for k, (_, kind) in enumerate(layers_in(settings), 1) if kind == "mine"]
    if not asked:
        return identity
    try:
        in_time(lambda: _check_shape(mine))
    except Failed as wrong:
        raise ValueError(f"layer {asked[0]}, your activation {mine.__name__}(z): {wrong}") from None
    return mine


def _check_shape(mine: Callable) -> None:
    def once(z: jax.Array) -> jax.Array:
        a = mine(z)
        if getattr(a, "shape", None) != z.shape:
            got = getattr(a, "shape", type(a).__name__)
            raise Failed(f"expected a number for each z, {z.shape}, got {got}; it works element by element")
        return a

    jax.eval_shape(once, jax.ShapeDtypeStruct((ROOM, WIDEST), np.float32))
