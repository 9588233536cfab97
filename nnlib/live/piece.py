"""A live piece: a function, the values of its controls, and the newest frame that they gave.

    control moved -> Live._receive -> Worker (newest wins, own thread) -> Live._work calls the function
                  -> Frame -> Outbox (at most two under way) -> Stage -> browser -> acknowledged

Without a browser the same path ends in the newest frame, which `figure`, `describe` and the stored still read.
"""

from __future__ import annotations

import inspect
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .capture import captured, shortened
from .code import code_for
from .compiles import compiles
from .controls import Control
from .foreign import Foreign
from .frame import Frame, failure, good_frame, stopped
from .outbox import Outbox
from .stage import Stage
from .stats import Stats
from .worker import Ticket, Worker

__all__ = ["Live"]


@dataclass(frozen=True)
class Job:
    """One computation: for which message of the browser, with which values.

    most: at most how many yields of a generator. told: whether the browser has to be told the values, because they
    were set from Python.
    """

    seq: int
    values: dict[str, Any]
    most: int | None = None
    told: bool = False


class Live:
    """A picture that answers; made by `@live(...)`, shown as the last line of a cell.

    `set(**values)` moves controls from Python, `value` reads them, `reset()` puts them back.  `describe()` says what
    is shown, `figure()` draws it with matplotlib, `code()` gives the Python that makes it, `stats` counts frames.
    `state` and `restore(state)` carry the controls' values out and in as JSON.
    """

    def __init__(self, function: Callable, controls: Mapping[str, Control], *, name: str, still: int = 20):
        self.function, self.controls, self.name = function, dict(controls), name
        self._still = still
        self._takes = [n for n in self.controls if n in inspect.signature(function).parameters]
        self._lock = threading.RLock()
        self._values = {n: self._own(n, c.value) for n, c in self.controls.items()}
        self._seq = 0
        self._newest: Frame | None = None  # what was computed last, possibly an error
        self._good: Frame | None = None  # the last picture
        self._stage: Stage | None = None
        self._views = 0
        self._behind = False  # whether the last view closed before its last frame was computed
        self._stats = Stats()
        self._worker = Worker(self._work)
        self._outbox = Outbox(self._send)

    # --- from Python -------------------------------------------------------------------------------------------

    def __call__(self, **values: Any) -> Any:
        """What the function gives for these values, the controls' present ones for the rest; nothing is shown."""
        own = {n: self._own(n, v) for n, v in values.items()}
        return self.function(**{n: (self._values | own)[n] for n in self._takes})

    def set(self, **values: Any) -> Live:
        """Moves controls and draws anew, in every place where the piece is shown.  Returns the piece.

        Raises ValueError if there is no such control, or the value is none of the control's; nothing moves then.
        """
        own = {n: self._own(n, v) for n, v in values.items()}
        with self._lock:
            self._values |= own
        for name, value in own.items():
            if isinstance(self.controls[name], Foreign):
                self.controls[name].widget.value = value
        self._compute()
        return self

    def reset(self) -> Live:
        """Puts every control back to where it started."""
        return self.set(**{n: c.value for n, c in self.controls.items() if not isinstance(c, Foreign)})

    @property
    def value(self) -> dict[str, Any]:
        """The controls' present values by name."""
        return dict(self._values)

    @property
    def state(self) -> dict[str, Any]:
        """The controls' values as JSON."""
        with self._lock:
            return {n: c.encode(self._values[n]) for n, c in self.controls.items() if not isinstance(c, Foreign)}

    def restore(self, state: Mapping[str, Any]) -> Live:
        """Puts a `state` back.  Raises ValueError if it names an unknown control or holds a value that is none."""
        return self.set(**{n: self._control(n).decode(wire, n) for n, wire in state.items()})

    @property
    def error(self) -> str:
        """The message of the newest error, empty if the newest frame is a picture."""
        return self._newest.error["message"] if self._newest and self._newest.error else ""

    @property
    def stats(self) -> dict[str, Any]:
        """Frames drawn, values dropped, round-trip times in ms (median, 95th percentile), recompilations."""
        return self._stats.summary(dropped=self._worker.dropped + self._outbox.replaced)

    def describe(self) -> str:
        """One sentence for each view."""
        frame = self._shown()
        return f"{self.name}: {frame.words}" if frame.words else f"{self.name}: {frame.error['message']}"

    def figure(self):
        """The picture as a matplotlib figure (no pyplot; nothing is shown by itself)."""
        from .still import figure

        self._shown()
        if self._good is None:
            raise ValueError(f"{self.name}: there is no picture yet: {self.error}")
        return figure(self._good.columns, self._good.notes)

    def code(self) -> str:
        """Python that makes what is on the screen, complete in itself."""
        return code_for(self.function, {n: self._values[n] for n in self._takes})

    def close(self) -> None:
        """Stops computing and lets go of the widget; a piece that was closed can be shown anew."""
        self._worker.stop()
        stage, self._stage, self._views = self._stage, None, 0
        if stage is not None:
            stage.close()

    def _repr_mimebundle_(self, include=None, exclude=None):
        from .still import bundle

        frame = self._shown()
        if self._stage is None:
            self._stage = Stage(spec=self._spec(), opening=frame.opening())
            self._stage.on_msg(lambda _, content, buffers: self._receive(content))
            self._watch_widgets()
        return bundle(self._root(), self.describe(), self._good)

    # --- values ------------------------------------------------------------------------------------------------

    def _control(self, name: str) -> Control:
        if name not in self.controls:
            raise ValueError(f"{self.name}: there is no control {name!r}; it has {', '.join(self.controls)}")
        return self.controls[name]

    def _own(self, name: str, value: Any) -> Any:
        """`value` as the control `name` holds it: checked, and rounded as it crosses the wire."""
        control = self._control(name)
        try:
            return control.decode(control.encode(value), name)
        except ValueError as error:
            raise ValueError(f"{self.name}, {name}: {error}") from None

    def _spec(self) -> dict:
        own = {n: c for n, c in self.controls.items() if not isinstance(c, Foreign)}
        specs = [c.spec(n, self._values[n]) for n, c in own.items()]
        for spec in specs:
            if spec["kind"] == "presets":
                spec["options"] = [self._preset(n, o) for n, o in self.controls[spec["name"]].options.items()]
            if spec["kind"] == "player":
                spec["browser"] = spec["name"] not in self._takes
        return {"name": self.name, "controls": specs}

    def _preset(self, name: str, option: Mapping[str, Any]) -> dict:
        values = {n: self._control(n).encode(v) for n, v in option.items() if n != "says"}
        return {"name": name, "values": values, "says": option.get("says", "")}

    # --- computing ---------------------------------------------------------------------------------------------

    def _compute(self) -> None:
        """Draws anew; with nobody watching, waits for the picture."""
        watched = self._views > 0
        with self._lock:
            most = None if watched else self._still
            self._worker.submit(Job(self._seq, dict(self._values), most, told=True))
        if not watched:
            self._wait()

    def _shown(self) -> Frame:
        """The newest frame, computed first if there is none."""
        if self._newest is None:
            self._compute()
        return self._newest

    def _wait(self) -> None:
        try:
            while not self._worker.wait(0.2):  # short waits, so that an interrupt gets through everywhere
                pass
        except KeyboardInterrupt:
            self._stop()

    def _work(self, job: Job, ticket: Ticket) -> None:
        """Runs the function for one job and publishes what comes, an error included."""
        began, programs = time.perf_counter(), compiles()
        with captured() as printed:
            try:
                for frame in self._frames(job, ticket):
                    ms = 1000 * (time.perf_counter() - began)
                    self._publish(frame.finished(ms, shortened(printed.getvalue())), job, ticket)
            except (Exception, SystemExit) as error:
                self._publish(failure(job.seq, error, shortened(printed.getvalue())), job, ticket)
        self._stats.computed(compiles() - programs)

    def _frames(self, job: Job, ticket: Ticket) -> Iterator[Frame]:
        result = self.function(**{n: job.values[n] for n in self._takes})
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
            self._outbox.wait_for_room()
        if last is None:
            raise ValueError(f"{self.name}: expected at least one yield of views, got none")
        yield last.as_final()

    def _publish(self, frame: Frame, job: Job, ticket: Ticket) -> None:
        with self._lock:
            if ticket.stopped:
                return
            self._newest = frame
            if frame.columns is not None:
                self._good = frame
            self._offer(frame.with_values(self.state) if job.told else frame)

    def _offer(self, frame: Frame) -> None:
        if self._stage is not None:
            self._outbox.offer(frame)

    def _stop(self) -> None:
        if self._worker.stop():
            with self._lock:
                self._newest = stopped(self._seq)
                self._offer(self._newest)

    # --- to and from the browser -------------------------------------------------------------------------------

    def _root(self):
        """What is displayed: the stage, below any ipywidgets that serve as controls."""
        widgets = [c.widget for c in self.controls.values() if isinstance(c, Foreign)]
        if not widgets:
            return self._stage
        import ipywidgets

        return ipywidgets.VBox([*widgets, self._stage])

    def _watch_widgets(self) -> None:
        for name, control in self.controls.items():
            if isinstance(control, Foreign):
                control.widget.observe(lambda change, name=name: self._moved({name: change["new"]}, self._seq), "value")

    def _send(self, number: int, frame: Frame) -> None:
        if (stage := self._stage) is not None:
            stage.send(*frame.message(number))

    def _receive(self, message: Mapping[str, Any]) -> None:
        """One message from the browser; anything that it cannot mean is answered in place, never raised."""
        match message:
            case {"kind": "set", "seq": int(seq), "values": dict(wires)}:
                self._moved_by_wire(wires, seq)
            case {"kind": "ack", "n": int(number), **rest}:
                self._stats.drawn(rest.get("ms"))
                self._outbox.acknowledge(number)
            case {"kind": "hello"}:
                self._greet()
            case {"kind": "bye"}:
                self._views = 0
                self._behind = self._worker.stop()
            case {"kind": "stop"}:
                self._stop()
            case {"kind": "code"}:
                self._stage.send({"kind": "code", "text": self.code()})

    def _moved_by_wire(self, wires: Mapping[str, Any], seq: int) -> None:
        try:
            values = {n: self._control(n).decode(wire, n) for n, wire in wires.items()}
        except (ValueError, TypeError, KeyError, IndexError) as error:
            self._offer(failure(seq, error, ""))
            return
        self._moved(values, seq)

    def _moved(self, values: Mapping[str, Any], seq: int) -> None:
        with self._lock:
            self._values |= values
            self._seq, self._views = seq, max(1, self._views)
            self._worker.submit(Job(seq, dict(self._values)))

    def _greet(self) -> None:
        """A view has opened: it gets the last picture, the newest frame and the values; a generator begins to run."""
        self._views = 1
        self._outbox.restart()
        with self._lock:
            for frame in dict.fromkeys((self._good, self._newest)):
                if frame is not None:
                    self._offer(frame.with_values(self.state))
        if self._behind or inspect.isgeneratorfunction(self.function) and not self._worker.busy:
            self._behind = False
            self._worker.submit(Job(self._seq, dict(self._values)))
