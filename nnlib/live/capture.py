"""What a live function prints or warns belongs to its piece, not to whichever cell runs at the moment.

`sys.stdout` and `sys.stderr` are global, so redirecting them would also swallow what cells print meanwhile.
While any piece computes, a router stands in for both and sorts what is written by the context in which it is written:
that of the thread that computes, and of those to which it hands its context on.
"""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["captured"]

_lock = threading.Lock()
_buffer: ContextVar[io.StringIO | None] = ContextVar("what this piece has written", default=None)
_computing = 0  # pieces at this moment
LIMIT = 4000  # characters shown


class _Router:
    """A stream that writes to the current context's buffer, or to the stream it stands in for."""

    def __init__(self, stream):
        self._stream = stream

    def write(self, text: str) -> int:
        buffer = _buffer.get()
        if buffer is None:
            return self._stream.write(text)
        return buffer.write(text) if buffer.tell() < 2 * LIMIT else len(text)

    def __getattr__(self, name):
        return getattr(self._stream, name)


@contextmanager
def captured() -> Iterator[io.StringIO]:
    """Collects what is written to stdout and stderr in the current context, warnings included."""
    global _computing
    buffer = io.StringIO()
    with _lock:
        if not _computing:
            sys.stdout, sys.stderr = _Router(sys.stdout), _Router(sys.stderr)
        _computing += 1
    token = _buffer.set(buffer)
    try:
        yield buffer
    finally:
        _buffer.reset(token)
        with _lock:
            _computing -= 1
            if not _computing:
                sys.stdout, sys.stderr = _unwrapped(sys.stdout), _unwrapped(sys.stderr)


def _unwrapped(stream):
    return stream._stream if isinstance(stream, _Router) else stream


def shortened(text: str) -> str:
    """At most `LIMIT` characters, with a word on what was left out."""
    return text if len(text) <= LIMIT else text[:LIMIT] + "\n... (the rest is left out)"
