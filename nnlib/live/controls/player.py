"""Time, played and scrubbed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .control import Control

__all__ = ["Player", "player"]


@dataclass(frozen=True, kw_only=True)
class Player(Control):
    """Time, as an index."""

    count: int | None = None
    fps: int = 20
    start: int = -1
    every: int = 1
    browser: bool | None = None  # whether the function does not take it; None: it is in no piece yet
    place, drawn_at_once, in_browser = "below", True, True

    @property
    def value(self):
        return self.start

    def decode(self, wire, name):
        if not isinstance(wire, int):
            raise ValueError(f"expected a whole number, got {wire!r}")
        return wire

    def encode(self, value):
        return self.decode(value, "")

    def ends(self):
        return [0, self.count // 2, self.count - 1] if self.count else [0, -1]

    def bound(self, name, siblings):
        return replace(self, browser=name not in siblings.taken)

    def details(self):
        own = {} if self.browser is None else {"browser": self.browser}
        return {"count": self.count, "fps": self.fps, "every": self.every} | own


def player(
    count: int | None = None, fps: int = 20, start: int | None = None, *, every: int = 1, label: str = "time",
    help: str = "",
) -> Player:  # fmt: skip
    """A `Player`, which plays and scrubs time.

    If the function names it as a parameter, it is called with the index, from 0 to count - 1.  If not, the browser
    shows that moment of every `film` in the views, with no call at all (count is then the films' length).
    fps: frames a second. start: the first index shown (the last of a film, 0 otherwise).  every: how many steps lie
    between two moments; the number beside the time then counts steps.
    """
    first = start if start is not None else (-1 if count is None else 0)
    return Player(count=count, fps=fps, start=first, every=every, label=label, help=help)
