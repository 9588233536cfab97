"""The line between a piece and the browsers that show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .engine import Engine, Job
from .frame import Frame, failure
from .outbox import Outbox
from .values import Values
from .widget import PieceWidget

__all__ = ["Link"]


class Link:
    """Owns the widget and the engine: sends frames through an `Outbox`, turns the browser's messages into values.

    `seq` is the number of the newest message with values; every frame answers one.
    """

    def __init__(self, function: Callable, values: Values, code: Callable[[], str], endless: bool):
        self._values, self._code, self._endless = values, code, endless
        self.widget: Any = None
        self.outbox = Outbox(self._send)
        self.engine = Engine(function, self.deliver, self.outbox.wait_for_room)
        self.seq = 0
        self.watched = False  # whether a view is open
        self._behind = False  # whether the last view closed before its last frame was computed

    def open(self, spec: dict, frame: Frame, make: Callable[..., Any] = PieceWidget) -> Any:
        """The widget, or what else `make(spec=..., opening=...)` gives; made once, with `frame` as opening picture."""
        if self.widget is None:
            self.widget = make(spec=spec, opening=frame.opening())
            self.widget.on_msg(lambda _, content, buffers: self.receive(content))
        return self.widget

    def close(self) -> None:
        """Stops computing and lets go of the widget; its views vanish."""
        self.engine.worker.stop()
        widget, self.widget, self.watched = self.widget, None, False
        if widget is not None:
            widget.close()
        self.outbox.restart()  # a generator that waits for room must not wait for a view that is gone

    def compute(self, values: Mapping[str, Any], most: int | None = None, told: dict | None = None) -> None:
        """Takes values and draws what they give; most: at most how many yields of a generator."""
        with self._values.lock:
            self._values.take(values)
            self.engine.submit(Job(self.seq, self._values.arguments({}), most, told))

    def deliver(self, frame: Frame) -> None:
        """Sends a frame as soon as there is room for it."""
        if self.widget is not None:
            self.outbox.offer(frame)

    def receive(self, message: Mapping[str, Any]) -> None:
        """One message from the browser; anything that it cannot mean is answered in place, never raised."""
        match message:
            case {"kind": "set", "seq": int(seq), "values": dict(wires), **rest}:
                self._acknowledge(rest.get("drawn"))
                self._move(wires, seq)
            case {"kind": "ack", "drawn": drawn}:
                self._acknowledge(drawn)
            case {"kind": "hello"}:
                self._greet()
            case {"kind": "bye"}:
                self.watched = False
                self._behind = self.engine.worker.stop()
            case {"kind": "stop"}:
                self.engine.stop(self.seq)
            case {"kind": "ping"}:
                self.widget.send({"kind": "pong"})
            case {"kind": "code"}:
                self.widget.send({"kind": "code", "text": self._source()})

    def _send(self, number: int, frame: Frame) -> None:
        if (widget := self.widget) is not None:
            widget.send(*frame.message(number))

    def _source(self) -> str:
        try:
            return self._code()
        except (OSError, TypeError, ValueError) as error:  # none to be had, as for a function typed into a shell
            return f"# The source of this picture cannot be found: {error}"

    def _acknowledge(self, drawn: Any) -> None:
        """The browser's receipts: [{"n": a frame's number, "ms": how long after the input it was drawn}, ...]."""
        for receipt in drawn if isinstance(drawn, list) else []:
            match receipt:
                case {"n": int(number), **rest}:
                    self.engine.stats.drawn(rest.get("ms"))
                    self.outbox.acknowledge(number)

    def _move(self, wires: Mapping[str, Any], seq: int) -> None:
        self.seq, self.watched = seq, True
        try:
            values = self._values.decode(wires)
        except (ValueError, TypeError, KeyError, IndexError) as error:
            self.deliver(failure(seq, error, ""))
            return
        self.compute(values)

    def _greet(self) -> None:
        """A view has opened: it gets the last picture, the newest frame and the values; a generator begins to run."""
        self.watched = True
        self.outbox.restart()
        for frame in dict.fromkeys((self.engine.good, self.engine.newest)):
            if frame is not None:
                self.deliver(frame.with_values(self._values.wires(self._values.inside)))
        if self._behind or (self._endless and not self.engine.worker.busy):
            self._behind = False
            self.compute({})
