"""Settings worth seeing, as buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .control import Control, Siblings

__all__ = ["Presets", "presets"]


@dataclass(frozen=True, kw_only=True)
class Presets(Control):
    """Settings worth seeing, each with a word of commentary; `options` as `presets` has them."""

    options: Mapping[str, Mapping[str, Any]]
    siblings: Siblings | None = None
    place, in_browser = "above", True

    @property
    def value(self):
        return None

    def decode(self, wire, name):
        return None if wire is None else list(self.options)[wire]

    def encode(self, value):
        return None if value is None else list(self.options).index(value)

    def bound(self, name, siblings):
        return replace(self, siblings=siblings)

    def ends(self):
        return list(range(len(self.options)))

    def details(self):
        return {"options": [self._option(*one) for one in self.options.items()]} if self.siblings else {}

    def _option(self, name: str, values: Mapping[str, Any]) -> dict:
        wires = self.siblings.encode({n: value for n, value in values.items() if n != "says"})
        return {"name": name, "values": wires, "says": values.get("says", "")}


def presets(**options: Mapping[str, Any]) -> Presets:
    """Named settings: `presets(good=dict(learning_rate=0.03, says="falls fast and stays down"))`.

    options: by the name on the button, in which underscores are shown as blanks, a mapping from names of controls to
    their values; `says` in it is the comment.
    """
    return Presets(options={name.replace("_", " "): dict(values) for name, values in options.items()})
