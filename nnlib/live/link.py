"""The line between a piece and the browsers that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
        self._pages: dict[str, int] = {}  # those that show the piece -> the number of their newest message with values
        self._untold: set[str] = set()  # the controls whose values the pages have yet to be told
        self._behind = False  # whether the last view closed before its last frame was computed

    @property
    def watched(self) -> bool:
        """Whether a view is open."""
        return bool(self._pages)

    def open(self, spec: dict, frame: Frame, make: Callable[..., Any] = PieceWidget) -> Any:
        """The widget, or what else `make(spec=..., opening=...)` gives; made once, with `frame` as opening picture."""
        if self.widget is None:
            self.widget, self._untold = make(spec=spec, opening=frame.opening()), set()
            self.widget.on_msg(lambda _, content, buffers: self.receive(content))
        return self.widget

    def close(self) -> None:
        """Stops computing and lets go of the widget; its views vanish."""
        self.engine.worker.stop()
        widget, self.widget, self._pages = self.widget, None, {}
        if widget is not None:
            widget.close()
        self.outbox.restart()  # a generator that waits for room must not wait for a view that is gone

    def move(self, values: Mapping[str, Any]) -> None:
        """Takes values and draws them."""
        with self._values.lock:
            self._values.take(values)
            self.compute()

    def compute(self, most: int | None = None) -> None:
        """Draws what the present values give; most: at most how many yields of a generator."""
        with self._values.lock:
            self.engine.submit(Job(self.seq, self._values.arguments({}), most))

    def tell(self, names: Iterable[str]) -> None:
        """The next frame that is sent tells the pages where these controls stand."""
        with self._values.lock:
            self._untold |= self._values.inside.keys() & set(names)

    def deliver(self, frame: Frame) -> None:
        """Sends a frame as soon as there is room for it."""
        if self.widget is not None:
            self.outbox.offer(frame)

    def receive(self, message: Mapping[str, Any]) -> None:
        """One message from the browser; anything that it cannot mean is answered in place, never raised."""
        match message:
            case {"kind": "set", "page": str(page), "seq": int(seq), "values": dict(wires), **rest}:
                self._acknowledge(rest.get("drawn"))
                self._link_up(page, seq, rest.get("after"))
                self._moved(wires, seq)
            case {"kind": "ack", "drawn": drawn}:
                self._acknowledge(drawn)
            case {"kind": "hello", "page": str(page)}:
                self._greet(page)
            case {"kind": "bye", "page": str(page)}:
                self._leave(page)
            case {"kind": "stop"}:
                self.engine.stop(self.seq)
            case {"kind": "ping"}:
                self._say(kind="pong")
            case {"kind": "code"}:
                self._say(kind="code", text=self._source())

    def _say(self, **content: Any) -> None:
        if (widget := self.widget) is not None:
            widget.send(content)

    def _send(self, number: int, frame: Frame) -> None:
        if (widget := self.widget) is not None:
            header, buffers = frame.message(number)
            with self._values.lock:  # here, so that a frame which is replaced takes nothing with it
                told, self._untold = self._values.wires(self._untold), set()
            widget.send(header | ({"values": told} if told else {}), buffers)

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

    def _link_up(self, page: str, seq: int, after: Any) -> None:
        """Each message of a page names the one before it; if that never came, the page must tell everything."""
        if after is not None and after != self._pages.get(page, 0):
            self._say(kind="resend", page=page)
        self._pages[page] = seq

    def _moved(self, wires: Mapping[str, Any], seq: int) -> None:
        with self._values.lock:
            self.seq = max(self.seq, seq)
            moved, error = self._values.move(wires)
            if len(self._pages) > 1:
                self.tell(moved)
            if error is None:
                self.compute()
        if error is not None:
            self.deliver(failure(self.seq, error, ""))

    def _greet(self, page: str) -> None:
        """A view has opened: it gets the last picture, the newest frame and the values; a generator begins to run."""
        self._pages[page] = 0
        self.tell(self._values.inside)
        self.outbox.restart()
        for frame in dict.fromkeys((self.engine.good, self.engine.newest)):
            if frame is not None:
                self.deliver(frame)
        if self._behind or (self._endless and not self.engine.worker.busy):
            self._behind = False
            self.compute()

    def _leave(self, page: str) -> None:
        """A view has closed; with the last one the computation ends."""
        self._pages.pop(page, None)
        if not self._pages:
            self._behind = self.engine.worker.stop()
