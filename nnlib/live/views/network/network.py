"""A small network: units in layers, weights as lines, all the numbers of a pass forward and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ..film import Film, moment
from ..view import Put, Sheet, View
from .checks import Arrays, checked_arrays, checked_names, checked_weights, listed
from .layout import Layout, Mark, layout
from .sentences import sentence, signed
from .still import draw, inches

__all__ = ["Network"]

SENTENCES = 6000


@dataclass(frozen=True, eq=False)
class Network(View):
    """Units in layers with their numbers, weights as lines between them; for L layers of weights:

    weights: L matrices (n, m), blue lines where negative, orange where positive, the thicker the larger.
    biases: L vectors (m,) or None.  gradients, bias_gradients: dL/dw and dL/db, of the same shapes, the second numbers.
    names: L + 1 lists of the units' names.  layers: L + 1 names of layers.
    units: rows of numbers in the units' boxes: {"z": [None, z1, z2], "a": [x, a1, a2], "δ": [None, d1, d2]}; those
    called δ or dL/d... belong to the way back and are orange.
    Any array may be a film; NaN is not known yet, and not shown.  What is new at a moment lights up.
    digits: how many decimals are shown.
    says: one sentence, or one for each moment.  lit: the unit (layer, place) that is lit while nobody points.
    At most 6 layers of 12 units; beyond 4 layers of 4, lines have numbers only for the unit that is pointed at.
    Raises ValueError if there are more, if the shapes, the names, or the lengths of films and sentences do not fit one
    another, or if `lit` is no unit.
    """

    weights: Arrays
    biases: Arrays | None = None
    names: Sequence[Sequence[str]] | None = None
    units: Mapping[str, Arrays] = field(default_factory=dict)
    gradients: Arrays | None = None
    bias_gradients: Arrays | None = None
    says: str | Sequence[str] = ()
    lit: tuple[int, int] | None = None
    layers: Sequence[str] = ()
    digits: int = 2
    title: str = ""

    def __post_init__(self):
        put = object.__setattr__
        put(self, "weights", checked_weights(self.weights))
        ends = [moment(w).shape for w in self.weights]
        sizes = [ends[0][0], *(end[1] for end in ends)]
        put(self, "names", checked_names(self.names, sizes))
        put(self, "layers", listed(self.layers, len(sizes), "layers") if len(self.layers) else ("",) * len(sizes))
        put(self, "gradients", checked_arrays(self.gradients, ends, "gradients"))
        for what in ("biases", "bias_gradients"):
            put(self, what, checked_arrays(getattr(self, what), [(n,) for n in sizes[1:]], what))
        units = {
            key: checked_arrays(rows, [(n,) for n in sizes], f"units[{key!r}]") for key, rows in self.units.items()
        }
        put(self, "units", units)
        put(self, "says", (self.says,) if isinstance(self.says, str) else tuple(map(str, self.says)))
        self._check_times()
        if self.lit is not None and not (0 <= self.lit[0] < len(sizes) and 0 <= self.lit[1] < sizes[self.lit[0]]):
            raise ValueError(f"Network.lit: expected (layer, place) in layers of {sizes} units, got {self.lit}")

    def _check_times(self) -> None:
        """Raises ValueError unless all films, and the sentences if there are several, are equally long."""
        lengths = {len(array) for array in self.arrays.values() if isinstance(array, Film)}
        lengths |= {len(self.says)} if len(self.says) > 1 else set()
        if len(lengths) > 1:
            raise ValueError(f"Network: expected films and sentences of one length, got {sorted(lengths)}")

    @cached_property
    def arrays(self) -> dict[str, np.ndarray | Film]:
        """All numbers by a short name: w0 and g0 between layers 0 and 1, b1 and c1 of layer 1, z:1 a unit's row."""
        kinds = {"w": (self.weights, 0), "g": (self.gradients, 0), "b": (self.biases, 1), "c": (self.bias_gradients, 1)}
        kinds |= {f"{key}:": (rows, 0) for key, rows in self.units.items()}
        return {
            f"{kind}{k + first}": array
            for kind, (rows, first) in kinds.items()
            for k, array in enumerate(rows)
            if array is not None
        }

    @property
    def moments(self) -> int:
        """How many moments it has."""
        return max([1, len(self.says)] + [len(a) for a in self.arrays.values() if isinstance(a, Film)])

    @cached_property
    def layout(self) -> Layout:
        """Where everything stands; the same at all moments."""
        longest = max(len(f"{v:.{self.digits}f}") for v in self._extremes())
        rows = [self._rows(k) for k in range(len(self.names))]
        gradients = any(array is not None for array in self.gradients)
        return layout(self.names, rows, self.layers, digits=self.digits, chars=longest, gradients=gradients)

    @property
    def size(self) -> tuple[float, float]:
        """The whole picture's width and height in em."""
        return self.layout.width, self.layout.height

    def _rows(self, layer: int) -> list[tuple[str, str, str]]:
        """What stands in the boxes of a layer: names of rows, and of one or two arrays for each."""
        keys = {"b": f"b{layer}"} | {key: f"{key}:{layer}" for key in self.units}
        beside = {"b": f"c{layer}"}
        found = [(key, name, beside.get(key, "")) for key, name in keys.items() if name in self.arrays]
        return [(key, name, other if other in self.arrays else "") for key, name, other in found]

    def _extremes(self) -> list[float]:
        """The smallest and the largest number of all arrays at all times."""
        every = [a.frames if isinstance(a, Film) else a for a in self.arrays.values()]
        good = np.concatenate([a[np.isfinite(a)] for a in every] + [np.zeros(1)])
        return [float(good.min()), float(good.max())]

    @property
    def heaviest(self) -> float:
        """The largest |weight| at any time: its line is the thickest."""
        every = [np.abs(w.frames if isinstance(w, Film) else w) for w in self.weights]
        return max([float(np.max(w[np.isfinite(w)], initial=0.0)) for w in every]) or 1.0

    def text(self, mark: Mark, index: int = -1) -> str:
        """What stands at a mark at the moment `index` (-1: the last), nothing where it is not known."""
        if not mark.array:
            return mark.text
        value = float(moment(self.arrays[mark.array], index)[mark.of[1:]])
        return f"{round(value, self.digits) + 0.0:.{self.digits}f}".replace("-", "−") if np.isfinite(value) else ""

    def new(self, name: str, index: int = -1) -> np.ndarray:
        """Which numbers of the array `name` are another at the moment `index` than at the one before, as booleans."""
        array = self.arrays[name]
        index %= self.moments
        if not isinstance(array, Film) or index == 0:
            return np.zeros(moment(array).shape, bool)
        now, before = array.frames[index], array.frames[index - 1]
        return np.isfinite(now) & (now != before)

    def sentence(self, layer: int, unit: int, index: int = -1) -> str:
        """How a unit, by its layer and its place there, comes to its numbers of the moment `index`, in words."""
        now = {name: moment(array, index) for name, array in self.arrays.items()}
        said = sentence(now, list(self.units), layer, unit) or self._lines(now, layer, unit)
        return f"{self.names[layer][unit]}: {said}"

    def _lines(self, now: Mapping[str, np.ndarray], layer: int, unit: int) -> str:
        """What a unit without numbers has: its weights."""
        if self.units:
            return "nothing known yet"
        before = zip(self.names[layer - 1], now[f"w{layer - 1}"][:, unit], strict=True) if layer else ()
        after = zip(self.names[layer + 1], now[f"w{layer}"][unit], strict=True) if f"w{layer}" in now else ()
        ways = (("from", before), ("to", after))
        said = [f"{way} {name} {signed(w)}" for way, pairs in ways for name, w in pairs if np.isfinite(w)]
        return ", ".join(said) or "nothing known yet"

    def sentences(self) -> list[list[list]]:
        """For each unit, layer by layer: [moment, sentence] wherever the sentence changes.

        A long film of a large network has none: its numbers are on the picture.
        """
        if self.moments * sum(map(len, self.names)) > SENTENCES:
            return []
        return [[self._changes(k, i) for i in range(len(names))] for k, names in enumerate(self.names)]

    def _changes(self, layer: int, unit: int) -> list[list]:
        every = [self.sentence(layer, unit, t) for t in range(self.moments)]
        return [[t, said] for t, said in enumerate(every) if t == 0 or said != every[t - 1]]

    def wire(self, put: Put) -> dict:
        where = self.layout
        return {
            "size": _rounded(where.width, where.height), "dense": where.dense, "beside": where.beside,
            "number": where.number, "digits": self.digits, "heaviest": self.heaviest,
            "boxes": [[_rounded(b.left, b.top, b.width, b.height) for b in layer] for layer in where.boxes],
            "marks": [
                {"x": round(m.x, 3), "y": round(m.y, 3), "anchor": m.anchor, "tone": m.tone, "text": m.text,
                 "array": m.array, "of": list(m.of)} for m in where.marks
            ],
            "arrays": {name: put(array) for name, array in self.arrays.items()},
            "says": list(self.says), "sentences": self.sentences(),
            "lit": None if self.lit is None else [int(k) for k in self.lit],
            "names": [list(names) for names in self.names], "moments": self.moments,
        }  # fmt: skip

    def words(self) -> str:
        sizes = "-".join(str(len(names)) for names in self.names)
        said = self.says[-1] if self.says else ""
        if self.layout.dense:
            return f"{self.title or 'Network'} of {sizes} units. {said}".strip()
        units = "; ".join(self._said(k, i) for k, names in enumerate(self.names) for i in range(len(names)))
        return f"{self.title or 'Network'} of {sizes} units: {units}. {said}".strip()

    def _said(self, layer: int, unit: int) -> str:
        """A unit's name and what is known of it at the end."""
        rows = [(key, moment(self.arrays[f"{key}:{layer}"])[unit]) for key in self.units
                if f"{key}:{layer}" in self.arrays]  # fmt: skip
        known = ", ".join(f"{key} {signed(round(float(v), self.digits) + 0.0)}" for key, v in rows if np.isfinite(v))
        return f"{self.names[layer][unit]} {known}".strip()

    def still(self, ax) -> None:
        draw(self, ax)

    def still_height(self, sheet: Sheet) -> float:
        return max(super().still_height(sheet), inches(self, sheet))


def _rounded(*places: float) -> list[float]:
    return [round(place, 3) for place in places]
