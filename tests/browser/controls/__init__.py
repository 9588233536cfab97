"""How each kind of control is moved by a hand: a module for each, found by its name.

`by_pointer(piece, control)` and `by_keyboard(piece, control)` are generators that yield after every movement, so that
the picture can be looked at in between.
"""

from importlib import import_module
from pkgutil import iter_modules

__all__ = ["ACTIONS"]

_MODULES = {found.name: import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)}
ACTIONS = {kind: {"pointer": one.by_pointer, "keyboard": one.by_keyboard} for kind, one in _MODULES.items()}
