"""A front end without a browser: it keeps what the kernel sends, and acknowledges when a test says so."""

import time


class FakeBrowser:
    """Opens `piece` as a page would.  `acks`: "at once", or "by hand" (the test calls `ack`)."""

    def __init__(self, piece, acks="at once"):
        piece._repr_mimebundle_()
        self.piece, self.acks, self.seq, self.frames, self.others = piece, acks, 0, [], []
        piece._link.widget.send = self._receive
        piece._link.receive({"kind": "hello"})

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
        self.seq += 1
        self.piece._link.receive({"kind": "set", "seq": self.seq, "values": wires})

    def say(self, kind):
        self.piece._link.receive({"kind": kind})

    def settle(self, seconds=10.0):
        assert self.piece._engine.worker.wait(seconds), "the piece is still computing"
        return self.frames[-1]

    def until(self, condition, seconds=10.0):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"waited {seconds} s; last frame: {self.frames[-1:]}"
            time.sleep(0.005)
