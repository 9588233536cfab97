"""The page's own server: tornado, which Jupyter brings, on a thread of its own and on this machine only."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from ..assets import front_end, style
from ..piece import Live

__all__ = ["Page"]

HERE = "127.0.0.1"
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}


class Page:
    """A web page with `pieces`, one under the other, at `address` while the `with` block runs.

    pieces: as a notebook defines them.  title: of the page.
    Raises ValueError if one of them is shown in a notebook already.
    """

    def __init__(self, pieces: Sequence[Live], title: str = "live pieces"):
        self.pieces, self._title = list(pieces), title
        self._sockets: set[_Socket] = set()
        self.address = ""

    def __enter__(self) -> Page:
        self._widgets = [
            piece.open_on(_PageWidget.for_(self._post, number)) for number, piece in enumerate(self.pieces)
        ]
        if not all(isinstance(widget, _PageWidget) for widget in self._widgets):
            for piece, widget in zip(self.pieces, self._widgets, strict=True):
                if isinstance(widget, _PageWidget):
                    piece.close()
            raise ValueError("Page: expected pieces that are shown nowhere yet, got one that is; close() it first")
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=[ready], name="nnlib-page", daemon=True)
        self._thread.start()
        ready.wait()
        return self

    def __exit__(self, *_: Any) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()
        for piece in self.pieces:
            piece.close()

    # --- the thread of the server ------------------------------------------------------------------------------

    def _serve(self, ready: threading.Event) -> None:
        asyncio.run(self._until_the_end(ready))

    async def _until_the_end(self, ready: threading.Event) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        server = HTTPServer(Application([("/pieces", _Socket, {"page": self}), (r"/(.*)", _File, {"page": self})]))
        sockets = bind_sockets(0, HERE)
        server.add_sockets(sockets)
        self.address = f"http://{HERE}:{sockets[0].getsockname()[1]}/"
        ready.set()
        await self._ended.wait()
        server.stop()
        for socket in list(self._sockets):
            socket.close()

    def file(self, name: str) -> str | None:
        """What the page is made of, by name; None if there is no such file."""
        if name == "front.js":
            return front_end()
        if name == "front.css":
            return style()
        name = name or "page.html"
        if name not in ("page.html", "page.js", "page.css"):
            return None
        return (files(__package__) / name).read_text("utf-8").replace("{title}", escape(self._title))

    def joined(self, socket: _Socket) -> None:
        """A browser has come: it gets every piece as it stands."""
        self._sockets.add(socket)
        for widget in self._widgets:
            socket.put(*widget.state())

    def left(self, socket: _Socket) -> None:
        """It has gone."""
        self._sockets.discard(socket)

    def heard(self, number: int, content: dict) -> None:
        """A message from a browser to one of the pieces."""
        self._widgets[number].hear(content)

    def _post(self, header: dict, buffers: Sequence[bytes]) -> None:
        """A message from a piece, on whatever thread, to every browser."""
        self._loop.call_soon_threadsafe(lambda: [socket.put(header, buffers) for socket in list(self._sockets)])


class _PageWidget:
    """What a piece knows of a page: in place of the notebook's widget it sends here, and hears from here."""

    def __init__(self, post: Callable, number: int, spec: dict, opening: dict):
        self._post, self._number, self._spec, self._opening = post, number, spec, opening
        self._heard: Callable = lambda *_: None

    @classmethod
    def for_(cls, post: Callable, number: int) -> Callable:
        return lambda spec, opening: cls(post, number, spec, opening)

    def on_msg(self, heard: Callable) -> None:
        self._heard = heard

    def hear(self, content: dict) -> None:
        self._heard(self, content, [])

    def send(self, content: dict, buffers: Sequence[bytes] | None = None) -> None:
        self._post({"piece": self._number, "content": content}, buffers or [])

    def state(self) -> tuple[dict, list[bytes]]:
        """The piece as a page begins with it."""
        state = {"spec": self._spec, "opening": self._opening["header"]}
        return {"piece": self._number, "state": state}, self._opening["buffers"]

    def close(self) -> None:
        self._heard = lambda *_: None


class _File(RequestHandler):
    def initialize(self, page: Page) -> None:
        self.page = page

    def get(self, name: str) -> None:
        text = self.page.file(name)
        if text is None:
            self.send_error(404)
            return
        ending = "." + (name or "page.html").rpartition(".")[2]
        self.set_header("Content-Type", f"{TYPES[ending]}; charset=utf-8")
        self.finish(text)


class _Socket(WebSocketHandler):
    """One browser.  A message is a number, the length of some JSON, that JSON, and buffers (see page.js)."""

    def initialize(self, page: Page) -> None:
        self.page = page

    def open(self) -> None:
        self.set_nodelay(True)
        self.page.joined(self)

    def on_message(self, message: str | bytes) -> None:
        told = json.loads(message)
        self.page.heard(told["piece"], told["content"])

    def on_close(self) -> None:
        self.page.left(self)

    def put(self, header: dict, buffers: Sequence[bytes]) -> None:
        text = json.dumps(header | {"sizes": [len(buffer) for buffer in buffers]}).encode()
        self.write_message(b"".join([len(text).to_bytes(4, "little"), text, *buffers]), binary=True)
