"""What `(0, 1)`, `True` or `["a", "b"]` stand for among controls, as in the `interact` of ipywidgets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets
import numpy as np

from .choice import choice
from .control import Control
from .foreign import Foreign
from .slider import slider
from .text import text
from .toggle import toggle

__all__ = ["as_control"]


def as_control(short: Any, name: str = "control") -> Control:
    """The control that an abbreviation stands for.  Raises TypeError if it stands for none."""
    __tracebackhide__ = True
    match short:
        case Control():
            return short
        case ipywidgets.Widget() if hasattr(short, "value"):
            return Foreign(widget=short)
        case bool():
            return toggle(short)
        case str():
            return text(short)
        case tuple() if len(short) in (2, 3) and all(map(_is_number, short)):
            low, high, *step = (v if isinstance(v, (int, float)) else np.asarray(v).item() for v in short)
            return slider(low, high, step=step[0] if step else None)
        case list() | tuple() | Mapping():
            return choice(short)
    raise TypeError(
        f"live: expected a control for {name!r}, got {type(short).__name__}; give slider(low, high, value), "
        "(low, high), True, a list of choices, or a text"
    )


def _is_number(value: Any) -> bool:
    """Python's numbers, NumPy's and JAX's; not one of a text."""
    return isinstance(value, (int, float)) or (getattr(value, "shape", None) == () and value.dtype.kind in "iuf")
