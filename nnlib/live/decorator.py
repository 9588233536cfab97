"""`@live(...)`: from a function and its controls to a live piece."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from .controls import Control, as_control
from .piece import Live
from .rows import Row
from .values import taken

__all__ = ["live"]

_newest: dict[tuple[str, str], Live] = {}  # what a notebook cell defined last under a name


def live(function: Callable | None = None, /, *, name: str = "", still: int = 20, **controls: Any) -> Any:
    """Makes a function of its controls a live piece: `@live(learning_rate=log_slider(1e-4, 1.0, 0.03))`.

    function: only for `@live` without brackets, over a function that has no parameters.
    controls: one for each parameter: made by `slider`, `log_slider`, `choice`, `toggle`, `button`, `text`, `points`,
    `handle`, `cell`, `row`, or short as in ipywidgets' `interact`: `(low, high)`, `(low, high, step)`, True, "text",
    a list, a dict, or any ipywidgets widget with a value.  `player`, `presets` and `predict` need no parameter.  A
    parameter `**others` takes all controls that have no parameter of their own.
    name: how the piece is called in words (the function's name if empty).
    still: for a generator, how many of its yields lead to the picture that is kept in the notebook.
    Raises TypeError if controls and parameters do not match, or a control is called `name` or `still`.
    """

    if not isinstance(name, str) or not isinstance(still, int):
        raise TypeError("live: `name` and `still` are the piece's own settings; call the control something else")

    def wrap(function: Callable) -> Live:
        __tracebackhide__ = True  # the message says it all; a beginner must not have to look for it
        made = {key: value if isinstance(value, Row) else as_control(value, key) for key, value in controls.items()}
        _check_parameters(function, made)
        piece = Live(function, made, name=name or _called(function).replace("_", " "), still=still)
        _retire_older(function, piece)
        return piece

    return wrap if function is None else wrap(function)


def _called(function: Callable) -> str:
    """A function's name; of whatever else can be called, its type's."""
    return getattr(function, "__name__", type(function).__name__)


NAMED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def _check_parameters(function: Callable, controls: Mapping[str, Control]) -> None:
    __tracebackhide__ = True
    try:
        named = [p for p in inspect.signature(function).parameters.values() if p.kind in NAMED]
    except ValueError:  # of what is written in C
        message = f"live: nobody can tell what {_called(function)} takes; write a function that calls it"
        raise TypeError(message) from None
    takes, needs = [p.name for p in named], [p.name for p in named if p.default is p.empty]
    missing = [n for n in needs if n not in controls]
    if missing:
        raise TypeError(
            f"live: {_called(function)} takes {', '.join(takes)}, but {', '.join(missing)} has no control; "
            f"add {missing[0]}=... to @live(...)"
        )
    used = taken(function, controls)
    idle = [n for n, c in controls.items() if n not in used and not c.in_browser]
    if idle:
        raise TypeError(
            f"live: {', '.join(idle)} moves nothing, because {_called(function)} takes only "
            f"{', '.join(takes) or 'nothing'}; add the parameter or leave the control out"
        )


def _retire_older(function: Callable, piece: Live) -> None:
    """A cell that is run again replaces its piece: the older one stops computing and lets go of its widget."""
    key = (getattr(function, "__module__", ""), getattr(function, "__qualname__", "<locals>"))
    if key[0] == "__main__" and "<locals>" not in key[1]:
        if key in _newest:
            _newest[key].close()
        _newest[key] = piece
