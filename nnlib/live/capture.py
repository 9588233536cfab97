"""What a live function prints or warns belongs to its piece, not to whichever cell runs at the moment.

`sys.stdout` and `sys.stderr` are global, so redirecting them would also swallow what cells print meanwhile.
While any piece computes, a router stands in for both and sorts what is written by the thread that writes it.
"""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["captured"]

_lock = threading.Lock()
_buffers: dict[int, io.StringIO] = {}  # thread -> what it wrote; empty when no piece computes
LIMIT = 4000  # characters shown


class _Router:
    """A stream that writes to the current thread's buffer, or to the stream it stands in for."""

    def __init__(self, stream):
        self._stream = stream

    def write(self, text: str) -> int:
        buffer = _buffers.get(threading.get_ident())
        if buffer is None:
            return self._stream.write(text)
        return buffer.write(text) if buffer.tell() < 2 * LIMIT else len(text)

    def __getattr__(self, name):
        return getattr(self._stream, name)


@contextmanager
def captured() -> Iterator[io.StringIO]:
    """Collects what the current thread writes to stdout and stderr, warnings included."""
    buffer = io.StringIO()
    with _lock:
        if not _buffers:
            sys.stdout, sys.stderr = _Router(sys.stdout), _Router(sys.stderr)
        _buffers[threading.get_ident()] = buffer
    try:
        yield buffer
    finally:
        with _lock:
            del _buffers[threading.get_ident()]
            if not _buffers:
                sys.stdout, sys.stderr = _unwrapped(sys.stdout), _unwrapped(sys.stderr)


def _unwrapped(stream):
    return stream._stream if isinstance(stream, _Router) else stream


def shortened(text: str) -> str:
    """At most `LIMIT` characters, with a word on what was left out."""
    return text if len(text) <= LIMIT else text[:LIMIT] + "\n... (the rest is left out)"
