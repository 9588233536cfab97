"""Controls under a word that opens: a piece stays simple at first sight, and all of it is one click away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .controls import as_control
from .rows import Row

__all__ = ["folded"]


def folded(group: str, **controls: Any) -> dict[str, Any]:
    """The same controls, folded away under the word `group`: `@live(rate=..., **folded("more", l2=(0.0, 1.0)))`.

    controls: by name, rows too, or what is short for one, as in `live`.  Raises TypeError if one is none of these.
    """
    made = {n: c if isinstance(c, Row) else as_control(c, n) for n, c in controls.items()}
    return {name: replace(one, group=group) for name, one in made.items()}
