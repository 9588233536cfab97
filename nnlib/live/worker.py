"""The newest job wins: one background thread at a time, and none at rest.

A job that waits is replaced by a newer one, never queued.  A job that runs can ask its ticket whether something newer
waits, or whether it was stopped.  A thread cannot be killed, so `stop` abandons it: whatever it still produces is
dropped, and the next job gets a thread of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

__all__ = ["Ticket", "Worker"]


class Ticket:
    """What a running job may ask: was I `stopped`, has something newer come (`superseded`)?"""

    def __init__(self, worker: Worker, thread: threading.Thread):
        self._worker, self._thread = worker, thread

    @property
    def stopped(self) -> bool:
        return self._worker._thread is not self._thread

    @property
    def superseded(self) -> bool:
        return self.stopped or self._worker._waiting is not None


class Worker:
    """Runs `work(job, ticket)` for the newest submitted job.

    `dropped` counts jobs that were replaced before they began.
    """

    def __init__(self, work: Callable[[Any, Ticket], None]):
        self._work = work
        self._changed = threading.Condition()
        self._waiting: Any = None
        self._thread: threading.Thread | None = None
        self.dropped = 0

    def submit(self, job: Any) -> None:
        """Makes `job` the next to run; a job that was still waiting is dropped."""
        with self._changed:
            self.dropped += self._waiting is not None
            self._waiting = job
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="nnlib-live", daemon=True)
                self._thread.start()

    def stop(self) -> bool:
        """Abandons the job that runs and forgets the one that waits; True if there was anything to stop."""
        with self._changed:
            was_busy = self._thread is not None
            self._thread, self._waiting = None, None
            self._changed.notify_all()
            return was_busy

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return self._thread is not None

    def wait(self, timeout: float | None = None) -> bool:
        """Waits until nothing runs or waits; False if that took longer than `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._thread is None, timeout)

    def _run(self) -> None:
        me = threading.current_thread()
        while (job := self._next(me)) is not None:
            self._work(job, Ticket(self, me))

    def _next(self, me: threading.Thread) -> Any:
        with self._changed:
            if self._thread is not me:
                return None  # abandoned
            job, self._waiting = self._waiting, None
            if job is None:
                self._thread = None
                self._changed.notify_all()
            return job
