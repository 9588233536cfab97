"""What every control knows: its first value, how values cross the wire, and what the browser needs to draw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..kinds import Kinds

__all__ = ["CONTROLS", "Control", "Siblings", "spoken"]

CONTROLS = Kinds("control")


class Siblings(Protocol):
    """What a control may ask about those of its piece."""

    controls: Mapping[str, Control]
    taken: Sequence[str]  # the names of those that the function is called with

    def encode(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values, as the function has them, as they cross the wire."""


def spoken(name: str) -> str:
    """A parameter's name as it is shown: `learning_rate` as "learning rate", `w1` as "w₁"."""
    if len(name) == 2 and name[0].isalpha() and name[1].isdecimal():
        return name[0] + "₀₁₂₃₄₅₆₇₈₉"[int(name[1])]
    return name.replace("_", " ").strip()


@dataclass(frozen=True, kw_only=True)
class Control:
    """What a hand can move, and what is said of it.

    label: its name on the page, that of its parameter if empty.
    help: its tooltip, or the line below a field for text; what is moved within a view has neither.
    same: why moving it leaves the picture as it is; not shown, but tests expect a change if there is no reason.
    row: the line in which it stands together with others (see rows.py); color: the mark before that line's switch.
    group: under which word it is folded away, to be opened with a click; it stands open if empty.
    needs: what other controls must be for this one to be there: {"data": "my own points"}.

    A class of controls has its front end beside it: for `Dial` in dial.py that is dial.js, and dial.css if it needs
    one.  Nothing else has to know of it.  A value that is of a class of its own says what Python it is in `code()` with
    a method `as_code(script)`, an expression: `script.name("Direction", Direction)` makes a name known there,
    `script.literal(value)` is the expression of another value.
    """

    label: str = ""
    help: str = ""
    same: str = ""
    row: str = ""
    color: str = ""
    group: str = ""
    needs: Mapping[str, Any] = field(default_factory=dict)

    kind = ""  # its name on the wire, "dial" if the body of the class says none
    place = "bar"  # where in the piece: "bar", "above" or "below" the views, over them ("guess"), within them ("view")
    drawn_at_once = False  # True: the views show the browser's own value, before Python has answered
    in_browser = False  # True: the function need not take it
    asks = False  # True: while its value is None, the views are veiled; once given, it cannot be taken back

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        CONTROLS.add(cls)

    @property
    def value(self) -> Any:
        """The value that the control starts with."""
        raise NotImplementedError

    def encode(self, value: Any) -> Any:
        """The form of `value` that goes to the browser; raises ValueError if it is none of this control's."""
        return value

    def decode(self, wire: Any, name: str) -> Any:
        """The Python value for what the browser sent; raises ValueError or TypeError if it cannot have sent it.

        name: what the control is called; a value that a view can move keeps it, as its `source`.
        """
        return wire

    def bound(self, name: str, siblings: Siblings) -> Control:
        """The control as it stands, called `name`, among its `siblings`, all the controls of its piece."""
        return self

    def ends(self) -> list[Any]:
        """Wire values for both ends and the middle: what a test moves it to."""
        return [self.encode(self.value)]

    def details(self) -> dict:
        """What the browser needs beyond kind, name, label, value and help."""
        return {}

    def spec(self, name: str, value: Any) -> dict:
        """The whole description that goes to the browser, of a control called `name` that stands at `value`.

        Raises FileNotFoundError if nothing there could draw it.
        """
        if self.place != "view":
            CONTROLS.front_end(type(self))
        common = {"kind": self.kind, "name": name, "label": self.label or spoken(name), "place": self.place}
        common |= {"value": self.encode(value), "help": self.help, "same": self.same}
        common |= {"row": self.row, "color": self.color} if self.row else {}
        common |= {"group": self.group} if self.group else {}
        flags = {"drawn_at_once": self.drawn_at_once, "asks": self.asks}
        return common | {name: True for name, on in flags.items() if on} | self.details()
