"""What a hand can move: sliders, choices, toggles, buttons, text, and what surrounds them.

Every control knows four things: the value it starts with, how a value crosses the wire (`encode`, `decode`), what
the browser needs to draw it (`spec`), and the values that a test drives it to (`ends`).  A slider's possible values
are listed once, here (`stops`), so that the number shown, the number used and the number in `code()` are the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .numbers import nice_step, plain, round_digits

__all__ = [
    "Button",
    "Choice",
    "Control",
    "Slider",
    "Text",
    "Toggle",
    "button",
    "choice",
    "log_slider",
    "slider",
    "text",
    "toggle",
]


def spoken(name: str) -> str:
    """A parameter's name as it is shown: `learning_rate` as "learning rate", `w1` as "w₁"."""
    if len(name) == 2 and name[0].isalpha() and name[1].isdecimal():
        return name[0] + "₀₁₂₃₄₅₆₇₈₉"[int(name[1])]
    return name.replace("_", " ").strip()


@dataclass(frozen=True, kw_only=True)
class Control:
    """The common part: `label` is shown, `help` explains, `same` says why moving it leaves the picture as it is.

    row: the line in which it stands together with others (see rows.py); color: the mark before that line's switch.
    group: under which word it is folded away, to be opened with a click; it stands open if empty.
    needs: what other controls must be for this one to be there: {"data": "my own points"}.
    """

    label: str = ""
    help: str = ""
    same: str = ""
    row: str = ""
    color: str = ""
    group: str = ""
    needs: Mapping[str, Any] = field(default_factory=dict)

    kind = "control"
    in_browser = False  # True: the function need not take it

    @property
    def value(self) -> Any:
        """The value that the control starts with."""
        raise NotImplementedError

    def encode(self, value: Any) -> Any:
        """The form of `value` that goes to the browser; raises ValueError if it is none of this control's."""
        return value

    def decode(self, wire: Any, name: str) -> Any:
        """The Python value for what the browser sent."""
        return wire

    def bound(self, controls: Mapping[str, Control]) -> Control:
        """The control as it stands among those of its piece."""
        return self

    def ends(self) -> list[Any]:
        """Wire values for both ends and the middle."""
        return [self.encode(self.value)]

    def details(self) -> dict:
        """What the browser needs beyond kind, name, label, value and help."""
        return {}

    def spec(self, name: str, value: Any) -> dict:
        """The whole description that goes to the browser."""
        common = {"kind": self.kind, "name": name, "label": self.label or spoken(name)}
        line = {"row": self.row, "color": self.color} if self.row else {}
        line |= {"group": self.group} if self.group else {}
        return common | {"value": self.encode(value), "help": self.help, "same": self.same} | line | self.details()


@dataclass(frozen=True, kw_only=True)
class Slider(Control):
    """One number out of `stops`."""

    stops: tuple[float, ...]
    start: float
    unit: str = ""
    digits: int = 3

    kind = "slider"

    @property
    def value(self):
        return self.start

    def encode(self, value):
        if isinstance(value, bool) or (not isinstance(value, (int, float)) and not hasattr(value, "__float__")):
            raise ValueError(f"expected a number, got {value!r}")
        number = float(value)
        if not self.stops[0] <= number <= self.stops[-1]:
            low, high = plain(self.stops[0]), plain(self.stops[-1])
            raise ValueError(
                f"expected a number from {low} to {high}, got {plain(number)}; widen the slider or stay inside"
            )
        return int(number) if isinstance(self.start, int) and number.is_integer() else number

    def decode(self, wire, name):
        number = self.encode(wire)
        return round(number) if isinstance(self.start, int) else float(number)

    def ends(self):
        return [self.stops[0], self.stops[len(self.stops) // 2], self.stops[-1]]

    def details(self):
        texts = [plain(stop, self.digits) + self.unit for stop in self.stops]
        return {"stops": list(self.stops), "texts": texts}


def slider(
    low: float,
    high: float,
    value: float | None = None,
    step: float | None = None,
    *,
    label: str = "",
    unit: str = "",
    help: str = "",
    same: str = "",
) -> Slider:
    """A number from `low` to `high` in equal steps; whole numbers if all of them are.

    value: where it starts (the middle). step: 1 for whole numbers, about a hundredth of the range otherwise.
    Raises ValueError if the range is empty or the value lies outside.
    """
    _check_range(low, high, value)
    whole = all(isinstance(v, int) for v in (low, high, value, step) if v is not None)
    step = step or (1 if whole else nice_step(high - low))
    count = math.floor((high - low) / step + 1e-9)
    inner = [low + i * step if whole else round_digits(low + i * step, 10) for i in range(1, count + 1)]
    stops = [low, *(s for s in inner if s < high - step / 2), high]
    start = stops[len(stops) // 2] if value is None else value
    digits = max(3, len(plain(abs(high), 9).replace(".", "")))
    return Slider(stops=_with(stops, start), start=start, unit=unit, digits=digits, label=label, help=help, same=same)


def log_slider(
    low: float,
    high: float,
    value: float | None = None,
    *,
    per_decade: int = 25,
    label: str = "",
    unit: str = "",
    help: str = "",
    same: str = "",
) -> Slider:
    """A positive number from `low` to `high` in equal ratios, each stop rounded to two digits.

    value: where it starts (the geometric middle). Raises ValueError if low <= 0 or the range is empty.
    """
    _check_range(low, high, value)
    if low <= 0:
        raise ValueError(f"log_slider: expected low > 0, got {low}; a logarithm needs positive numbers, or use slider")
    count = max(1, round(per_decade * math.log10(high / low)))
    stops = [round_digits(low * (high / low) ** (i / count), 2) for i in range(count + 1)]
    stops = [float(low), *(s for s in stops if low < s < high), float(high)]
    start = stops[len(stops) // 2] if value is None else float(value)
    return Slider(stops=_with(stops, start), start=start, unit=unit, label=label, help=help, same=same)


def _check_range(low, high, value):
    if not low < high:
        raise ValueError(f"slider: expected low < high, got {low} and {high}; swap them or widen the range")
    if value is not None and not low <= value <= high:
        raise ValueError(
            f"slider: expected a value from {low} to {high}, got {value}; move it inside or widen the range"
        )


def _with(stops: Sequence[float], start: float) -> tuple[float, ...]:
    return tuple(sorted({*stops, start}))


@dataclass(frozen=True, kw_only=True)
class Choice(Control):
    """One of several named things."""

    names: tuple[str, ...]
    things: tuple[Any, ...]
    start: int = 0

    kind = "choice"

    @property
    def value(self):
        return self.things[self.start]

    def encode(self, value):
        for index, thing in enumerate(self.things):
            if thing is value or (
                isinstance(value, (str, int, float, bool)) and type(thing) is type(value) and thing == value
            ):
                return index
        if isinstance(value, str) and value in self.names:
            return self.names.index(value)
        raise ValueError(f"expected one of {', '.join(self.names)}, got {value!r}")

    def decode(self, wire, name):
        if not isinstance(wire, int) or not 0 <= wire < len(self.things):
            raise ValueError(f"expected an index from 0 to {len(self.things) - 1}, got {wire!r}")
        return self.things[wire]

    def ends(self):
        return list(range(len(self.things)))

    def details(self):
        return {"options": list(self.names)}


def choice(
    options: Sequence[Any] | Mapping[str, Any],
    value: Any = None,
    *,
    label: str = "",
    help: str = "",
    same: str = "",
) -> Choice:
    """One of `options`: a list of values, or a mapping from the name shown to the value given to the function.

    value: the option (or its name) that it starts with, the first if None. Raises ValueError if there are none.
    """
    pairs = list(options.items()) if isinstance(options, Mapping) else [(_name_of(thing), thing) for thing in options]
    if not pairs:
        raise ValueError("choice: expected at least one option, got none; give a list or a mapping of names to values")
    names, things = zip(*pairs, strict=True)
    made = Choice(names=tuple(map(str, names)), things=things, label=label, help=help, same=same)
    start = 0 if value is None else made.encode(value)
    return Choice(names=made.names, things=things, start=start, label=label, help=help, same=same)


def _name_of(thing: Any) -> str:
    return thing if isinstance(thing, str) else getattr(thing, "__name__", str(thing))


@dataclass(frozen=True, kw_only=True)
class Toggle(Control):
    """On or off."""

    start: bool = False
    kind = "toggle"

    @property
    def value(self):
        return self.start

    def encode(self, value):
        if not isinstance(value, bool):
            raise ValueError(f"expected True or False, got {value!r}")
        return value

    def decode(self, wire, name):
        return self.encode(wire)

    def ends(self):
        return [not self.start, self.start]


def toggle(value: bool = False, *, label: str = "", help: str = "", same: str = "") -> Toggle:
    """A switch; the function gets True or False."""
    return Toggle(start=Toggle().encode(value), label=label, help=help, same=same)


@dataclass(frozen=True, kw_only=True)
class Button(Control):
    """Something to press; the function gets the number of presses so far."""

    kind = "button"
    count: int = field(default=0, init=False)

    @property
    def value(self):
        return 0

    def decode(self, wire, name):
        if not isinstance(wire, int) or wire < 0:
            raise ValueError(f"expected a number of presses, got {wire!r}")
        return wire

    def ends(self):
        return [1, 2]


def button(label: str = "", *, help: str = "", same: str = "") -> Button:
    """A button; the function gets how often it was pressed, so that it can serve as a seed ("again")."""
    return Button(label=label, help=help, same=same)


@dataclass(frozen=True, kw_only=True)
class Text(Control):
    """A line of text."""

    start: str = ""
    placeholder: str = ""
    most: int = 2000
    kind = "text"

    @property
    def value(self):
        return self.start

    def decode(self, wire, name):
        if not isinstance(wire, str) or len(wire) > self.most:
            raise ValueError(f"expected at most {self.most} characters of text, got {str(wire)[:40]!r}...")
        return wire

    def encode(self, value):
        return self.decode(value, "")

    def ends(self):
        return ["", self.start, self.start + " "]

    def details(self):
        return {"placeholder": self.placeholder}


def text(value: str = "", *, placeholder: str = "", label: str = "", help: str = "", same: str = "") -> Text:
    """A line of text that the learner types; given to the function as it is."""
    return Text(start=value, placeholder=placeholder, label=label, help=help, same=same)
