"""Which of the folded nodes of a graph are open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .control import Control

__all__ = ["Opened", "OpenedInput", "opened"]


class Opened(frozenset):
    """The keys of the folded nodes that are open."""

    source = ""

    def as_code(self, script: Any) -> str:
        """A tuple of these keys, as `script` writes it; the function needs no more."""
        return script.literal(tuple(sorted(self)))


@dataclass(frozen=True, kw_only=True)
class OpenedInput(Control):
    """The control behind the opening of folded nodes."""

    start: tuple[str, ...] = ()
    most: int = 60
    kind = "opened"
    place = "view"

    @property
    def value(self):
        return Opened(self.start)

    def encode(self, value):
        keys = sorted(value)
        if len(keys) > self.most or not all(isinstance(key, str) and len(key) < 60 for key in keys):
            raise ValueError(f"expected at most {self.most} keys of nodes, got {str(keys)[:60]}")
        return keys

    def decode(self, wire, name):
        keys = Opened(self.encode(wire))
        keys.source = name
        return keys


def opened(*keys: str, help: str = "") -> OpenedInput:
    """Which folded nodes of a graph are open, to be clicked in the `Graph` that is given them as `opened`.

    keys: those that are open at first, each as "3" or "3.5" (see `nnlib.autodiff.Graph.open`).
    help: as of every `Control`.
    """
    return OpenedInput(start=tuple(keys), help=help)
