"""Memory that was used for a moment goes back to the system.

Compiling a program takes up to a hundred megabytes for a moment, a film of boundaries tens of them, on the thread of
the piece that needs it.  The C library of Linux keeps much of what is freed, for each thread apart, and more the larger
it was, so that a chapter would seem to need much more than it does.  Elsewhere there is nothing to do.
"""

from __future__ import annotations

import ctypes
import sys
import time

__all__ = ["give_back"]

MB = 1 << 20
SETTINGS = {  # of mallopt
    -8: 2,  # M_ARENA_MAX: how many arenas; where nnlib/server.py has not said so, some more are there already
    -3: MB,  # M_MMAP_THRESHOLD: what is larger is given back when freed; by itself this would rise to 32 MB
    -1: 4 * MB,  # M_TRIM_THRESHOLD: so much may stay free at the end of an arena
}


def _library():
    """The C library, if it is one that can be asked; None elsewhere."""
    try:
        library = ctypes.CDLL(None) if sys.platform == "linux" else None
        return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
    except OSError:
        return None


_given = 0.0  # when it was done last
_libc = _library()
if _libc is not None:
    for name, value in SETTINGS.items():
        _libc.mallopt(name, value)


def give_back(every: float = 0.0) -> None:
    """Returns to the system what is free, which takes about 2 ms; not again within `every` seconds."""
    global _given
    if _libc is not None and time.monotonic() - _given >= every:
        _libc.malloc_trim(0)
        _given = time.monotonic()
