"""Memory that a compilation has used goes back to the system.

Compiling a program takes up to a hundred megabytes for a moment, on the thread of the piece that needs it.  The C
library of Linux keeps freed memory for each thread apart (in arenas) and returns little of it, so that a chapter would
seem to need much more than it does.  Elsewhere there is nothing to do.
"""

from __future__ import annotations

import ctypes
import sys

__all__ = ["give_back"]

ARENA_MAX, ARENAS = -8, 2  # mallopt's M_ARENA_MAX: how many arenas there may be


def _library():
    """The C library, if it is one that can be asked; None elsewhere."""
    try:
        library = ctypes.CDLL(None) if sys.platform == "linux" else None
        return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
    except OSError:
        return None


_libc = _library()
if _libc is not None:
    _libc.mallopt(ARENA_MAX, ARENAS)


def give_back() -> None:
    """Returns to the system what is free."""
    if _libc is not None:
        _libc.malloc_trim(0)
