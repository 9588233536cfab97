"""What was changed on the way: at which moment of a run, what it was before, and which numbers were set by hand.

A learner goes back to a moment, turns a knob, and the run goes on from there with the new setting. The controls show
the newest settings only; the browser keeps here what they were before, and so the function can make the whole run
again, from nothing but its arguments.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..numbers import round_digits
from .control import Control

__all__ = ["Change", "History", "HistoryInput", "history"]

MOST, HAND = 60, 200  # changes, and numbers set by hand in one of them


@dataclass(frozen=True)
class Change:
    """At moment `at`: the controls' values before it, where they differ, and numbers of a network that were set.

    set: {"0,1,2": 0.5} is the weight that leaves layer 0, from its unit 1 to unit 2 of the next; {"1,2": 0.1} the bias
    of unit 2 in layer 1.  A change at 0 with neither says that the run was to go on, but had to begin anew.
    """

    at: int
    before: Mapping[str, Any] = field(default_factory=dict)
    set: Mapping[str, float] = field(default_factory=dict)


class History(tuple):
    """All changes, by their moments, ascending."""

    source = ""

    def as_code(self, script: Any) -> str:
        """An expression that gives these changes; `script` writes them, and is told the name in it."""
        script.name("History", History)
        return f"History({script.literal(list(self))})"

    @property
    def changes(self) -> list[Change]:
        """Those that changed something."""
        return [change for change in self if change.before or change.set]

    @property
    def anew(self) -> bool:
        """Whether something was moved that was to hold from a moment on, but asks for another run from the start."""
        return len(self.changes) < len(self)

    def settings(self, now: Mapping[str, Any]) -> list[tuple[int, dict[str, Any]]]:
        """From which moment on which settings hold: [(0, first), ..., (at, now)], ascending."""
        settings, found = dict(now), []
        for change in reversed(self):
            found.append((change.at, settings))
            settings = settings | dict(change.before)
        return [(0, settings), *reversed(found)]


@dataclass(frozen=True, kw_only=True)
class HistoryInput(Control):
    """The control behind it; `known` are the piece's controls, by which values are checked."""

    of: tuple[str, ...]
    when: str
    besides: tuple[str, ...] = ()
    known: Mapping[str, Control] = field(default_factory=dict)
    kind = "history"
    place = "view"

    @property
    def value(self):
        return History()

    def bound(self, name, siblings):
        return replace(self, known={other: siblings.controls[other] for other in self.of})

    def encode(self, value):
        if len(value) > MOST:
            raise ValueError(f"expected at most {MOST} changes, got {len(value)}; begin anew with `reset`")
        return [self._encode(change) for change in value]

    def _encode(self, change: Change | Mapping) -> dict:
        if isinstance(change, Change):
            before = {name: self._control(name).encode(value) for name, value in change.before.items()}
            return {"at": change.at, "before": before, "set": dict(change.set)}
        return self._encode(self._decode(change))

    def decode(self, wire, name):
        made = History(sorted(map(self._decode, wire), key=lambda change: change.at))
        made.source = name
        return made

    def _decode(self, wire: Mapping) -> Change:
        at, before, hand = wire["at"], wire.get("before", {}), wire.get("set", {})
        if not isinstance(at, int) or at < 0 or len(hand) > HAND:
            raise ValueError(f"expected a moment from 0 on and at most {HAND} numbers, got {at!r:.20} and {len(hand)}")
        for name, number in hand.items():
            if not re.fullmatch(r"\d{1,2}(,\d{1,2}){1,2}", name) or not math.isfinite(number):
                raise ValueError(f"expected numbers by names like '0,1,2' and '1,2', got {name[:20]!r}: {number}")
        values = {name: self._control(name).decode(value, name) for name, value in before.items()}
        return Change(at, values, {key: round_digits(float(number), 4) for key, number in hand.items()})

    def _control(self, name: str) -> Control:
        if name not in self.of:
            raise ValueError(f"expected changes of {', '.join(self.of)}, got {name!r}")
        return self.known[name]

    def ends(self):
        return [[], [{"at": 0, "before": {}, "set": {}}]]

    def details(self):
        return {"of": list(self.of), "when": self.when, "besides": list(self.besides)}


def history(
    of: Sequence[str], when: str, *, besides: Sequence[str] = (), label: str = "", help: str = ""
) -> HistoryInput:
    """What was changed on the way, of the controls named in `of`; the function gets a `History`.

    when: the choice or switch that says whether a change is to hold from the player's moment on (True), or for the
    whole run (False), which then begins anew, with an empty history; so it does when another control is moved, or a
    preset pressed (`History.anew` tells that it was to hold from a moment on).
    besides: controls that only show the same run in another way, and change nothing here.
    label, help: as of every `Control`.
    A `NetworkMaps` that is given it as `hand` lets its weights be grabbed.
    """
    return HistoryInput(of=tuple(of), when=when, besides=tuple(besides), label=label, help=help)
