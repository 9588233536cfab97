"""What a live piece knows of its own speed."""

from __future__ import annotations

import statistics
from collections import deque
from typing import Any

__all__ = ["Stats"]


class Stats:
    """Counts frames and compilations, and keeps the last thousand round-trip times."""

    def __init__(self):
        self.frames = self.computations = self.recompiles = 0
        self._times: deque[float] = deque(maxlen=1000)

    def drawn(self, ms: float | None) -> None:
        """The browser has drawn a frame, `ms` after the movement that it answers (None: it answers none)."""
        self.frames += 1
        if isinstance(ms, (int, float)):
            self._times.append(float(ms))

    def computed(self, compiles: int) -> None:
        """A computation ended; the first one may compile, any later compilation is a recompilation."""
        self.recompiles += compiles if self.computations else 0
        self.computations += 1

    def summary(self, dropped: int) -> dict[str, Any]:
        """All of it as a dictionary; times in ms, None before the first."""
        times = sorted(self._times)
        return {
            "frames": self.frames,
            "computations": self.computations,
            "dropped": dropped,
            "p50_ms": statistics.median(times) if times else None,
            "p95_ms": times[int(0.95 * (len(times) - 1))] if times else None,
            "recompiles": self.recompiles,
        }
