"""A front end without a browser: it keeps what the kernel sends, and acknowledges when a test says so."""

import itertools
import time

PAGES = itertools.count(1)


class FakeBrowser:
    """Opens `piece` as a page would.  `acks`: "at once", or "by hand" (the test calls `ack`)."""

    def __init__(self, piece, acks="at once"):
        piece._repr_mimebundle_()
        self.piece, self.acks, self.page, self.seq = piece, acks, f"page {next(PAGES)}", 0
        self.frames, self.others = [], []
        piece._link.widget.send = self._receive
        self.say("hello")

    def _receive(self, message, buffers=None):
        if message["kind"] != "frame":
            self.others.append(message)
            return
        self.frames.append(message)
        if self.acks == "at once":
            # A real acknowledgement comes in later, on a thread of its own; here the outbox's lock is re-entrant.
            self.ack(message["n"])

    def ack(self, number, ms=1.0):
        self.piece._link.receive({"kind": "ack", "drawn": [{"n": number, "ms": ms}]})

    def move(self, **wires):
        self.piece._link.receive(self.message(wires))

    def message(self, wires, **more):
        """The next message with values."""
        after, self.seq = self.seq, self.seq + 1
        return {"kind": "set", "page": self.page, "seq": self.seq, "after": after, "values": wires} | more

    def say(self, kind):
        self.piece._link.receive({"kind": kind, "page": self.page})

    def settle(self, seconds=10.0):
        assert self.piece._engine.worker.wait(seconds), "the piece is still computing"
        return self.frames[-1]

    def until(self, condition, seconds=10.0):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"waited {seconds} s; last frame: {self.frames[-1:]}"
            time.sleep(0.005)
