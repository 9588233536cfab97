"""A network whose units show what they answer all over the plane: each a small picture, weights as lines between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from ..film import Film, array_of, moment
from ..network.layout import CHAR, Box
from ..view import Put, Sheet, View
from .still import draw, inches

__all__ = ["NetworkMaps"]

SIDE, PITCH, FOOT = 2.9, 3.5, 1.7  # em: a picture, from one to the next below, below all
HEAVY = 4.0  # so large a weight has the thickest line, unless another is larger still
NEAR, FAR, WIDE = 5.2, 9.0, 38.0  # em: between layers at least and at most; how wide a picture may be for that
EDGE = 0.1  # for the frames of the topmost


@dataclass(frozen=True, eq=False)
class NetworkMaps(View):
    """Units as pictures of what they answer, weights as lines between them; for L layers of weights:

    weights: L matrices (n, m), blue lines where negative, orange where positive, the thicker the larger; biases: L
    vectors (m,), short lines into the units' lower corners; each of both may be a film.
    maps: L + 1 arrays of bytes (n, h, w), or (T, n, h, w) for a film: what each unit answers on the plane, row 0 at the
    bottom; blue at 0, orange at 255.
    names: of all units, L + 1 lists; layers: what stands below them.
    hand: what `history(...)` gave the function; then weights and biases can be grabbed.
    Raises ValueError if weights, biases, maps and names do not fit one another, or maps are no bytes.
    """

    weights: Sequence[Any]
    biases: Sequence[Any]
    maps: Sequence[np.ndarray]
    names: Sequence[Sequence[str]]
    layers: Sequence[str] = ()
    hand: Any = None
    title: str = ""

    def __post_init__(self):
        put, sizes = object.__setattr__, [len(names) for names in self.names]
        pairs = list(pairwise(sizes))
        if not len(self.weights) == len(self.biases) == len(pairs) == len(self.maps) - 1:
            got = f"{len(self.weights)}, {len(self.biases)}, {len(self.maps)} and {len(self.names)}"
            raise ValueError(f"NetworkMaps: expected L weights, L biases, L + 1 maps and names, got {got}")
        for what, shapes in (("weights", pairs), ("biases", [(m,) for _, m in pairs])):
            given = zip(getattr(self, what), shapes, strict=True)
            put(self, what, tuple(array_of(a, s, f"NetworkMaps.{what}[{k}]") for k, (a, s) in enumerate(given)))
        put(self, "maps", tuple(_bytes(one, n, k) for k, (one, n) in enumerate(zip(self.maps, sizes, strict=True))))
        put(self, "layers", tuple(self.layers) or ("",) * len(sizes))

    @cached_property
    def boxes(self) -> tuple[tuple[Box, ...], ...]:
        """Where the pictures stand; the tallest layer begins at the top, the others in the middle of its height."""
        tallest = max(map(len, self.names))
        left, count = max(map(len, self.names[0])) * CHAR + 0.6, len(self.names)
        pitch = SIDE + min(FAR, max(NEAR, (WIDE - left - count * SIDE) / (count - 1)))
        tops = [EDGE + PITCH * (tallest - len(names)) / 2 for names in self.names]
        return tuple(
            tuple(Box(left + k * pitch, top + PITCH * i, SIDE, SIDE) for i in range(len(names)))
            for k, (top, names) in enumerate(zip(tops, self.names, strict=True))
        )

    @property
    def size(self) -> tuple[float, float]:
        """The whole picture's width and height in em."""
        end = self.boxes[-1][0].right
        tallest = max(map(len, self.names))
        return end + max(EDGE, (len(self.layers[-1]) * CHAR - SIDE) / 2), EDGE + PITCH * tallest + FOOT * any(
            self.layers
        )

    @property
    def heaviest(self) -> float:
        """The largest |weight| at any time, at least HEAVY: its line is the thickest."""
        every = [np.abs(a.frames if isinstance(a, Film) else a) for a in (*self.weights, *self.biases)]
        return max(float(np.max(a[np.isfinite(a)], initial=HEAVY)) for a in every)

    def wire(self, put: Put) -> dict:
        boxes = [[[b.left, b.top, b.width, b.height] for b in layer] for layer in self.boxes]
        return {
            "size": [round(v, 3) for v in self.size],
            "boxes": [[[round(v, 3) for v in box] for box in layer] for layer in boxes],
            "names": [list(names) for names in self.names], "layers": list(self.layers), "heaviest": self.heaviest,
            "weights": [put(w) for w in self.weights], "biases": [put(b) for b in self.biases],
            "maps": [put(one) for one in self.maps], "hand": getattr(self.hand, "source", ""),
        }  # fmt: skip

    def words(self) -> str:
        sizes = "-".join(str(len(names)) for names in self.names)
        largest = max(self.weights, key=lambda w: float(np.abs(moment(w)).max(initial=0.0)))
        weight = float(np.abs(moment(largest)).max(initial=0.0))
        return f"{self.title or 'Network'} of {sizes} units, its largest weight {weight:.2g}."

    def still(self, ax) -> None:
        draw(self, ax)

    def still_height(self, sheet: Sheet) -> float:
        return max(super().still_height(sheet), inches(self, sheet))


def _bytes(given: Any, units: int, layer: int) -> np.ndarray | Film:
    """Maps as they are sent: a film if they have a fourth axis."""
    maps = np.asarray(given)
    if maps.dtype != np.uint8 or maps.ndim not in (3, 4) or maps.shape[-3] != units:
        want = f"bytes (uint8) of shape ({units}, h, w) or (T, {units}, h, w)"
        raise ValueError(f"NetworkMaps.maps[{layer}]: expected {want}, got {maps.dtype} {maps.shape}")
    return Film(maps) if maps.ndim == 4 else maps
