"""What a network is made of, checked: matrices whose sides meet, vectors as long as layers, a name for each unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..film import Film, array_of, moment

__all__ = ["Arrays", "checked_arrays", "checked_names", "checked_weights", "listed"]

WIDEST, DEEPEST = 12, 6
Arrays = Sequence[Any]


def checked_weights(given: Arrays) -> tuple[np.ndarray | Film, ...]:
    """Matrices whose sides meet, not too many and not too large."""
    if not len(given):
        raise ValueError("Network.weights: expected at least one matrix, got none; give one for each layer of weights")
    made = []
    for k, weights in enumerate(given):
        before = moment(made[-1]).shape[1] if made else None
        made.append(array_of(weights, (before, None), f"Network.weights[{k}]"))
    widest = max(max(moment(w).shape) for w in made)
    if widest > WIDEST or len(made) >= DEEPEST:
        got = f"{len(made) + 1} layers of up to {widest}"
        raise ValueError(f"Network: expected at most {DEEPEST} layers of {WIDEST} units, got {got}; show a part of it")
    return tuple(made)


def checked_arrays(given: Arrays | None, shapes: Sequence[tuple[int, ...]], what: str) -> tuple:
    """An array of its shape, or None, for each layer."""
    if given is None:
        return (None,) * len(shapes)
    given = listed(given, len(shapes), what)
    return tuple(
        None if array is None else array_of(array, shape, f"Network.{what}[{k}]")
        for k, (array, shape) in enumerate(zip(given, shapes, strict=True))
    )


def listed(given: Sequence, count: int, what: str) -> tuple:
    """`given`, if it has an entry for each layer."""
    if len(given) != count:
        raise ValueError(f"Network.{what}: expected {count} entries, one for each layer, got {len(given)}")
    return tuple(given)


def checked_names(given: Sequence[Sequence[str]] | None, sizes: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """A name for each unit: as given, or x1, h1, y1, ..., with the layer's number where there are several hidden."""
    if given is None:
        middle = ["h" if len(sizes) == 3 else f"h{k}," for k in range(1, len(sizes) - 1)]
        given = [[f"{stem}{i + 1}" for i in range(n)] for stem, n in zip(["x", *middle, "y"], sizes, strict=True)]
    given = listed(given, len(sizes), "names")
    if [len(names) for names in given] != list(sizes):
        got = [len(names) for names in given]
        raise ValueError(f"Network.names: expected {list(sizes)} names in the layers, got {got}")
    return tuple(tuple(map(str, names)) for names in given)
