"""Pieces on a page of our own: what is served, what is said over the socket, and that it ends."""

import asyncio
import json
import threading
import urllib.error
import urllib.request

import numpy as np
import pytest
from tornado.websocket import websocket_connect

from nnlib.live import Curves, live, slider
from nnlib.live.page import Page


@pytest.fixture
def line():
    @live(a=slider(0, 10, 3))
    def line(a):
        return Curves(y=[0.0, float(a)])

    return line


def get(address):
    with urllib.request.urlopen(address, timeout=5) as answer:
        return answer.headers["Content-Type"], answer.read().decode()


def read(message):
    """A message as page.js reads it: the JSON, and the buffers."""
    length = int.from_bytes(message[:4], "little")
    header, at, buffers = json.loads(message[4 : 4 + length]), 4 + length, []
    for size in header["sizes"]:
        buffers.append(message[at : at + size])
        at += size
    assert at == len(message)
    return header, buffers


def test_the_page_has_all_that_it_needs_and_nothing_else(line):
    with Page([line], "a <title>") as page:
        kind, html = get(page.address)
        assert kind.startswith("text/html") and "<title>a &lt;title&gt;</title>" in html
        for name in ("page.js", "front.js", "page.css", "front.css"):
            assert len(get(page.address + name)[1]) > 100
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(page.address + "serve.py")


def test_a_movement_is_answered_over_the_socket(line):
    async def talk(address):
        socket = await websocket_connect(address.replace("http", "ws") + "pieces")
        opening, _ = read(await socket.read_message())
        assert opening["piece"] == 0 and opening["state"]["spec"]["name"] == "line"
        told = {"kind": "set", "page": "one", "seq": 1, "after": 0, "values": {"a": 7}}
        await socket.write_message(json.dumps({"piece": 0, "content": told}))
        while True:
            header, buffers = read(await asyncio.wait_for(socket.read_message(), 5))
            if header["content"]["seq"] == 1:
                socket.close()
                return header["content"], buffers

    with Page([line]) as page:
        frame, buffers = asyncio.run(talk(page.address))
    assert frame["final"] and any(7.0 in np.frombuffer(buffer, "<f4") for buffer in buffers if len(buffer) % 4 == 0)
    assert line.value["a"] == 7
    assert not any(thread.name == "nnlib-page" for thread in threading.enumerate())


def test_a_piece_that_a_notebook_shows_is_refused(line):
    line._repr_mimebundle_()
    other = live(a=slider(0, 10, 3))(lambda a: Curves(y=[0.0, float(a)]))
    with pytest.raises(ValueError, match=r"close\(\) it first"), Page([other, line]):
        pass
    line.close()
    with Page([other, line]) as page:
        assert page.pieces == [other, line]
