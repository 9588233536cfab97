"""Pictures side by side: images, weights, activations, and what somebody draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...controls import Points, as_points
from ...numbers import plain
from ..film import Film, moment, single
from ..view import Put, Sheet, View
from .scales import SCALES, Levels, levels_of, limits
from .still import across, draw

__all__ = ["Images"]


@dataclass(frozen=True, eq=False)
class Images(View):
    """A grid of pictures (N, H, W), or (N, H, W, 3) in colour, or a film of them; row 0 is at the top.

    pictures: an array, a film, or a list of pictures of one size.  One of them may be what `drawing(...)` gave the
    function, as it is: then it can be drawn on.
    captions: a text for each picture, cut where it is longer than its picture is wide, and whole under the pointer.
    scale: "grey", from the page's paper at range[0] to ink at range[1]; "light", from black to white on any page, for
    photographs; "signed", blue below zero and orange above, one scale for all; "classes", a pale blue below the middle
    of the range and a pale orange above, for what a network says of a part of the plane; "colour", (N, H, W, 3).
    range: both ends; if None, 0 to 1 (0 to 255 for bytes), and for "signed" what the largest number needs.
    says: what the numbers are, "weight" for instance; it stands beside the scale.
    columns: how many pictures stand in a row; if None, as many as let them be largest.
    chosen: what `pick(...)` gave the function (then another can be chosen), or a number, which is outlined.
    points: (places, classes), the same on every picture; a place is how far it is from the left edge and from the upper
    one, in pixels.
    Raises ValueError if pictures, captions, range, columns, chosen or points do not fit one another.
    """

    pictures: Any
    captions: Sequence[str] = ()
    scale: str = "grey"
    range: tuple[float, float] | None = None
    says: str = ""
    columns: int | None = None
    chosen: int | None = None
    points: Any = None
    title: str = ""

    def __post_init__(self):
        put = object.__setattr__
        if self.scale not in SCALES:
            raise ValueError(f"Images.scale: expected one of {', '.join(SCALES)}, got {self.scale!r}")
        pictures, sources, whole = _stacked(self.pictures, self.scale)
        put(self, "sources", sources)
        put(self, "pictures", pictures)
        put(self, "captions", tuple(map(str, self.captions)))
        put(self, "says", self.says or SCALES[self.scale])
        if self.points is not None and not isinstance(self.points, Points):
            put(self, "points", as_points(*self.points))
        values = pictures.frames if isinstance(pictures, Film) else pictures
        put(self, "range", limits(values, self.scale, self.range, whole))
        self._check()

    def _check(self) -> None:
        if self.captions and len(self.captions) != len(self):
            raise ValueError(f"Images: expected {len(self)} captions, one for each picture, got {len(self.captions)}")
        if self.columns is not None and not (isinstance(self.columns, int) and self.columns >= 1):
            raise ValueError(f"Images.columns: expected a number from 1 on, got {self.columns!r}; or leave it out")
        if self.chosen is not None and not 0 <= self.chosen < max(1, len(self)):
            raise ValueError(f"Images.chosen: expected one of {len(self)} pictures, from 0 on, got {self.chosen!r}")

    def __len__(self) -> int:
        return len(moment(self.pictures))

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of each, in pixels."""
        return moment(self.pictures).shape[1:3]

    @property
    def levels(self) -> Levels:
        """The pictures as they are sent and drawn."""
        return levels_of(self.pictures, self.scale, *self.range)

    @property
    def blank(self) -> bool:
        """Whether there are pictures and no number in them."""
        return bool(len(self)) and not np.isfinite(moment(self.pictures)).any()

    def wire(self, put: Put) -> dict:
        levels = self.levels
        draws = [name or None for name in self.sources] if any(self.sources) else []
        return {
            "pictures": put(levels.bytes), "count": len(self), "size": [int(n) for n in self.size], "scale": self.scale,
            "range": [levels.low, levels.high], "top": levels.top, "missing": levels.missing,
            "beyond": [levels.below, levels.above], "ends": list(levels.ends), "says": self.says,
            "captions": list(self.captions), "columns": self.columns, "draws": draws,
            "chosen": None if self.chosen is None else int(self.chosen), "pick": getattr(self.chosen, "source", ""),
            "points": {"places": put(self.points.x), "classes": put(self.points.y)} if self.points else None,
        }  # fmt: skip

    def words(self) -> str:
        height, width = self.size
        many = f"{len(self) or 'no'} picture{'s' * (len(self) != 1)} of {height} by {width} pixels"
        named = f" ({'; '.join(self.captions[:8])}{' and so on' if len(self) > 8 else ''})" if self.captions else ""
        which = "" if self.chosen is None or not len(self) else f", {self._name(int(self.chosen))} chosen"
        spread = f", {len(self.points)} points on each" if self.points else ""
        return f"{self.title or 'Images'}: {many}{named}{which}{spread}{self._meaning()}."

    def _name(self, k: int) -> str:
        return self.captions[k] if self.captions else f"picture {k}"

    def _meaning(self) -> str:
        """What its colours say, in words."""
        levels = self.levels
        low, high = levels.ends
        said = {
            "grey": f"; dark is {self.says}, from {low} to {high}",
            "light": f"; bright is {self.says}, from {low} to {high}",
            "signed": f"; blue is a {self.says} below zero, orange above, from {low} to {high}",
            "classes": f"; blue where the {self.says} is below {plain(levels.middle)}, orange above",
        }.get(self.scale, "; in colour")  # fmt: skip
        return said + (", hatched where it is not a number" if levels.missing else "")

    def still(self, ax) -> None:
        draw(self, ax)

    def still_height(self, sheet: Sheet) -> float:
        """As much as its rows need at this width, within what a page likes."""
        height, width = self.size
        columns = across(len(self), self.size, sheet.width / 3.0, self.columns)
        rows = -(-max(1, len(self)) // columns)
        tile = min(sheet.width / columns, 2.2)
        return float(np.clip(rows * (tile * height / width + 0.22 * bool(self.captions)) + 0.3, 1.4, 5.0))


def _stacked(given: Any, scale: str) -> tuple[np.ndarray | Film, tuple[str, ...], bool]:
    """Pictures as one array of float32, the controls that draw them, and whether they came as bytes."""
    want = "(N, H, W, 3)" if scale == "colour" else "(N, H, W)"
    alone = getattr(given, "source", "")
    listed = [given] if alone else given if isinstance(given, (list, tuple)) else None
    if listed is not None:
        shapes = {np.shape(picture) for picture in listed}
        if len(shapes) > 1:
            got = " and ".join(map(str, sorted(shapes)[:3]))
            raise ValueError(f"Images: expected pictures of one size, got {got}; pad them, or show them in two Images")
    sources = tuple(getattr(picture, "source", "") for picture in listed or ())
    raw = given if isinstance(given, Film) else np.asarray(given if listed is None else listed)
    whole = not isinstance(raw, Film) and raw.dtype == np.uint8
    pictures = raw if isinstance(raw, Film) else single(raw)
    shape = moment(pictures).shape
    fits = len(shape) == 4 and shape[3] == 3 if scale == "colour" else len(shape) == 3
    if not fits or 0 in shape[1:3]:
        raise ValueError(f"Images: expected {want} for scale {scale!r}, got {shape}; {_remedy(shape, scale)}")
    return pictures, sources, whole


def _remedy(shape: tuple[int, ...], scale: str) -> str:
    if scale != "colour" and len(shape) == 4 and shape[3] == 3:
        return 'write scale="colour"'
    if scale != "colour" and len(shape) == 4 and shape[3] == 1:
        return "leave the last axis out: pictures[..., 0]"
    if len(shape) == (3 if scale == "colour" else 2):
        return "write [picture] for one alone; if these are flat, reshape(-1, height, width)"
    return "reshape it, or mark a time axis with film(...)"
