"""Computing: a live function's jobs, one at a time, on a thread of their own, each giving frames."""

from __future__ import annotations

import inspect
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .capture import captured, shortened
from .compiles import compiles
from .frame import Frame, failure, good_frame, refusal, stopped
from .memory import give_back
from .refused import Refused
from .stats import Stats
from .worker import Ticket, Worker

__all__ = ["Engine", "Job"]

SOMETIMES = 5.0  # seconds: how often what moving needs for a moment is given back


@dataclass(frozen=True)
class Job:
    """One computation: for which message of the browser, with which arguments.

    most: at most how many yields of a generator.
    """

    seq: int
    arguments: dict[str, Any]
    most: int | None = None


class Engine:
    """Calls `function` for the newest job and hands every frame to `deliver`.

    `newest` is the last frame, possibly an error; `good` the last picture.  `pace` is called between the frames of a
    generator and may wait.
    """

    def __init__(self, function: Callable, deliver: Callable[[Frame], None], pace: Callable[[], Any]):
        self.function, self._deliver, self._pace = function, deliver, pace
        self.newest: Frame | None = None
        self.good: Frame | None = None
        self.stats = Stats()
        self.worker = Worker(self._work)
        self._lock = threading.RLock()

    def submit(self, job: Job) -> None:
        """Computes `job` next; an older one that still waits is dropped."""
        self.worker.submit(job)

    def wait(self, seq: int) -> None:
        """Waits until nothing is computed any more; an interrupt abandons the computation instead."""
        try:
            while not self.worker.wait(0.2):  # short waits, so that an interrupt gets through everywhere
                pass
        except KeyboardInterrupt:
            self.stop(seq)

    def stop(self, seq: int) -> None:
        """Abandons what is computed, and says so in a frame."""
        if self.worker.stop():
            self._take(stopped(seq))

    def _take(self, frame: Frame) -> None:
        with self._lock:
            self.newest = frame
            if frame.columns is not None:
                self.good = frame
            self._deliver(frame)

    def _work(self, job: Job, ticket: Ticket) -> None:
        """Runs the function for one job and takes what comes, an error included."""
        began, programs = time.perf_counter(), compiles()
        with captured() as printed:
            try:
                for frame in self._frames(job, ticket):
                    ms = 1000 * (time.perf_counter() - began)
                    self._publish(frame.finished(ms, shortened(printed.getvalue())), job, ticket)
            except Refused as error:
                self._publish(refusal(job.seq, error, shortened(printed.getvalue())), job, ticket)
            except BaseException as error:  # whatever it raises: else the piece would wait for ever
                code = getattr(inspect.unwrap(self.function), "__code__", None)
                source = code.co_filename if code else ""
                self._publish(failure(job.seq, error, shortened(printed.getvalue()), source), job, ticket)
        programs = compiles() - programs
        self.stats.computed(programs)
        give_back(0.0 if programs else SOMETIMES)

    def _publish(self, frame: Frame, job: Job, ticket: Ticket) -> None:
        with self._lock:
            if not ticket.stopped:
                self._take(frame)

    def _frames(self, job: Job, ticket: Ticket) -> Iterator[Frame]:
        """The frames of one job: one for a function, one for each yield of a generator and the word that it ended."""
        result = self.function(**job.arguments)
        if not inspect.isgenerator(result):
            yield good_frame(job.seq, result)
            return
        last = None
        for count, views in enumerate(result, 1):
            last = good_frame(job.seq, views, final=count == job.most)
            yield last
            if ticket.superseded or count == job.most:
                result.close()
                return
            self._pace()
        if last is None:
            raise ValueError("expected at least one yield of views, got none; yield Plane(...), Curves(...), ...")
        yield last.as_final()
