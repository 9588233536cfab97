"""What kinds of views, and of controls, there are: a class registers itself by being one, and its files lie beside it.

A class `Gauge` in gauge.py is of the kind "gauge"; gauge.js beside it is its front end, gauge.css its style sheet.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Kind", "Kinds"]


@dataclass(frozen=True)
class Kind:
    """A kind by its class and the folder of its files."""

    name: str
    cls: type
    folder: Path

    def file(self, ending: str) -> Path | None:
        """Its file with that ending ("js", "css"), None if there is none."""
        path = self.folder / f"{self.name}.{ending}"
        return path if path.is_file() else None


class Kinds:
    """All classes of a sort ("view", "control"), by the names of their kinds, in the order in which they came."""

    def __init__(self, sort: str):
        self.sort = sort
        self._kinds: dict[str, Kind] = {}

    def add(self, cls: type) -> None:
        """Registers a class and gives it its `kind`: what its body says, or else its name in snake case.

        A class that is defined anew, as by a cell that runs again, takes the place of the older one; one that says its
        base's kind is drawn as the base is.  Raises TypeError if another class is of that kind already.
        """
        cls.kind = name = vars(cls).get("kind") or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()
        older = self._kinds.get(name)
        if older is not None and older.cls in cls.__mro__:
            return
        if older is not None and _place(older.cls) != _place(cls):
            raise TypeError(
                f"expected one {self.sort} of the kind {name!r}, got {_place(older.cls)} and {_place(cls)}; "
                f"call one of them something else, or write kind = '...' in it"
            )
        self._kinds[name] = Kind(name, cls, _folder(cls))

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._kinds.values())

    def front_end(self, cls: type) -> Path:
        """The module that draws a class in the browser.  Raises FileNotFoundError if it is not there."""
        kind = self._kinds[cls.kind]
        if (path := kind.file("js")) is None:
            raise FileNotFoundError(
                f"{cls.__name__}: expected what draws this {self.sort} in {kind.folder / kind.name}.js, got no such "
                "file; write it there"
            )
        return path


def _place(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


def _folder(cls: type) -> Path:
    """Where the class is written; for one of a notebook, where the notebook is."""
    file = getattr(sys.modules.get(cls.__module__), "__file__", None)
    return Path(file).resolve().parent if file else Path.cwd()
