"""The extension of Jupyter's server: found by it, and in force on a real connection."""

import asyncio
import inspect
import json
import os
import socket
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from jupyter_client.session import DELIM, Session
from jupyter_server.extension.manager import ExtensionPackage
from tornado import httpserver, netutil, web, websocket

import nnlib.server


class Echo(websocket.WebSocketHandler):
    """As Jupyter's handler: it hands the opening to a connection object, and sends what comes through that."""

    connection_class: type

    async def open(self):
        await self.connection_class(self).connect()
        Echo.nodelay = self.ws_connection.stream.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

    def on_message(self, message):
        self.write_message(message)


class Connection:
    """What Jupyter has of its own."""

    connected = 0

    def __init__(self, websocket_handler):
        self.websocket_handler = websocket_handler

    async def connect(self):
        Connection.connected += 1


def waits(connection_class):
    """Whether the socket of a connection of this class keeps small messages back."""
    Echo.connection_class = connection_class

    async def visit():
        sockets = netutil.bind_sockets(0, "127.0.0.1")
        server = httpserver.HTTPServer(web.Application([("/", Echo)]))
        server.add_sockets(sockets)
        client = await websocket.websocket_connect(f"ws://127.0.0.1:{sockets[0].getsockname()[1]}/")
        await client.write_message("there?")
        assert await client.read_message() == "there?"
        client.close()
        server.stop()

    asyncio.run(visit())
    return not Echo.nodelay


def test_messages_are_not_kept_back():
    assert waits(Connection), "the server sends at once by itself: nnlib.server is not needed any more"
    assert not waits(nnlib.server.prompt(Connection))
    assert Connection.connected == 2, "the connection's own opening is still done"


def test_jupyter_finds_and_loads_it(monkeypatch):
    monkeypatch.setenv("MALLOC_ARENA_MAX", "")  # so that it is put back afterwards
    monkeypatch.delenv("MALLOC_ARENA_MAX")
    (point,) = ExtensionPackage(name="nnlib.server", enabled=True).extension_points.values()
    settings = {"kernel_websocket_connection_class": Connection}
    point.load(SimpleNamespace(web_app=SimpleNamespace(settings=settings)))
    assert issubclass(settings["kernel_websocket_connection_class"], Connection)
    assert os.environ["MALLOC_ARENA_MAX"] == "2", "kernels inherit it"


def test_the_set_up_switches_it_on():
    file = Path(sys.prefix) / "etc/jupyter/jupyter_server_config.d/nnlib.json"
    assert json.loads(file.read_text())["ServerApp"]["jpserver_extensions"] == {"nnlib.server": True}


def status(kind, state):
    """A kernel's word about itself, in parts, as it comes through the socket."""
    session = Session(key=b"secret")
    parent = session.msg(kind)
    return session.serialize(
        session.msg("status", {"execution_state": state}, parent=parent["header"]), b"kernel.status"
    )


@pytest.mark.parametrize("kind, state, kept", [
    ("comm_msg", "busy", False), ("comm_msg", "idle", True), ("execute_request", "busy", True),
    ("comm_open", "busy", True),
])  # fmt: skip
def test_busy_is_not_handed_on_for_a_widgets_message(kind, state, kept):
    handed = []

    class Handing(Connection):
        def handle_outgoing_message(self, stream, outgoing_msg):
            handed.append((stream, outgoing_msg))

    message = status(kind, state)
    nnlib.server.prompt(Handing)(None).handle_outgoing_message("iopub", message)
    assert handed == ([("iopub", message)] if kept else [])


def test_what_is_no_such_word_is_handed_on():
    session = Session(key=b"secret")
    about = session.msg("comm_msg", {"data": {"text": "status comm_msg busy"}})
    stream = session.msg("stream", {"text": "status"}, parent=session.msg("comm_msg")["header"])
    for message in (session.serialize(about), session.serialize(stream), [b"no", b"message"], []):
        assert not nnlib.server.busy_with_a_widget(message)


def test_jupyters_own_connection_hands_messages_on_in_the_way_that_is_cut_short():
    from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection as Own

    assert list(inspect.signature(Own.handle_outgoing_message).parameters) == ["self", "stream", "outgoing_msg"]
    assert DELIM == nnlib.server.DELIMITER
