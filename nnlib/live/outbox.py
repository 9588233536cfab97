"""Back-pressure: at most two frames on their way to the browser, the newest one always delivered.

The browser acknowledges a frame when it has drawn it.  While two are unacknowledged, newer frames replace each other
here.  A view that was closed or has fallen silent blocks nothing: after `patience` seconds its frames count as lost.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

__all__ = ["Outbox"]


class Outbox:
    """Passes frames to `send(n, frame)`, numbered from 1, at most `room` of them unacknowledged."""

    def __init__(self, send: Callable[[int, Any], None], room: int = 2, patience: float = 2.0):
        self._send, self._room, self._patience = send, room, patience
        self._changed = threading.Condition()
        self._in_flight: dict[int, float] = {}  # number -> when it was sent
        self._pending: Any = None
        self.sent = 0
        self.replaced = 0

    def offer(self, frame: Any) -> None:
        """Sends `frame`, or keeps it until there is room; a frame that was still kept is replaced."""
        with self._changed:
            self._forget_lost()
            self.replaced += self._pending is not None
            self._pending = frame
            self._flush()

    def acknowledge(self, number: int) -> None:
        """The browser has drawn frame `number`, and so has no need of any older one."""
        with self._changed:
            self._in_flight = {n: t for n, t in self._in_flight.items() if n > number}
            self._flush()
            self._changed.notify_all()

    def restart(self) -> None:
        """A view has just opened: nothing that was sent before can be counted on."""
        with self._changed:
            self._in_flight.clear()
            self._flush()
            self._changed.notify_all()

    def wait_for_room(self, timeout: float = 1.0) -> bool:
        """Paces a generator: waits until a frame would be sent at once, `timeout` seconds at most."""
        with self._changed:
            self._forget_lost()
            return self._changed.wait_for(lambda: len(self._in_flight) < self._room, timeout)

    def _flush(self) -> None:
        if self._pending is None or len(self._in_flight) >= self._room:
            return
        frame, self._pending = self._pending, None
        self.sent += 1
        self._in_flight[self.sent] = time.monotonic()
        self._send(self.sent, frame)

    def _forget_lost(self) -> None:
        since = time.monotonic() - self._patience
        self._in_flight = {n: t for n, t in self._in_flight.items() if t > since}
