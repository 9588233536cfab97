"""The line between a piece and its views in the browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .frame import Frame, failure
from .outbox import Outbox
from .widget import PieceWidget

if TYPE_CHECKING:
    from .piece import Live

__all__ = ["Link"]


class Link:
    """Owns the widget: sends frames through an `Outbox`, and turns the browser's messages into calls of the piece.

    `seq` is the number of the newest message with values; every frame answers one.
    """

    def __init__(self, piece: Live):
        self._piece = piece
        self.widget: Any = None
        self.outbox = Outbox(self._send)
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
        """Lets go of the widget; its views vanish."""
        widget, self.widget, self.watched = self.widget, None, False
        if widget is not None:
            widget.close()
        self.outbox.restart()  # a generator that waits for room must not wait for a view that is gone

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
                self._behind = self._piece._engine.worker.stop()
            case {"kind": "stop"}:
                self._piece._engine.stop(self.seq)
            case {"kind": "ping"}:
                self.widget.send({"kind": "pong"})
            case {"kind": "code"}:
                self._send_code()

    def _send(self, number: int, frame: Frame) -> None:
        if (widget := self.widget) is not None:
            widget.send(*frame.message(number))

    def _send_code(self) -> None:
        try:
            text = self._piece.code()
        except (
            OSError,
            TypeError,
            ValueError,
        ) as error:  # no source to be had, as for a function typed into a shell
            text = f"# The source of this picture cannot be found: {error}"
        self.widget.send({"kind": "code", "text": text})

    def _acknowledge(self, drawn: Any) -> None:
        """The browser's receipts: [{"n": a frame's number, "ms": how long after the input it was drawn}, ...]."""
        for receipt in drawn if isinstance(drawn, list) else []:
            match receipt:
                case {"n": int(number), **rest}:
                    self._piece._engine.stats.drawn(rest.get("ms"))
                    self.outbox.acknowledge(number)

    def _move(self, wires: Mapping[str, Any], seq: int) -> None:
        self.seq, self.watched = seq, True
        try:
            values = {name: self._piece._control(name).decode(wire, name) for name, wire in wires.items()}
        except (ValueError, TypeError, KeyError, IndexError) as error:
            self.deliver(failure(seq, error, ""))
            return
        self._piece._move(values)

    def _greet(self) -> None:
        """A view has opened: it gets the last picture, the newest frame and the values; a generator begins to run."""
        self.watched = True
        self.outbox.restart()
        engine = self._piece._engine
        for frame in dict.fromkeys((engine.good, engine.newest)):
            if frame is not None:
                self.deliver(frame.with_values(self._piece.state))
        if self._behind or (self._piece._runs_on and not engine.worker.busy):
            self._behind = False
            self._piece._move({})
