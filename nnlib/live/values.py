"""The controls of a piece and their present values: as the function gets them, and as they cross the wire."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .controls import Control, Foreign
from .rows import Row, flat_values

__all__ = ["Values", "taken"]


def taken(function: Callable, controls: Mapping[str, Control | Row]) -> list[str]:
    """The controls that the function is called with: those it names, and with `**others` all that need it."""
    parameters = inspect.signature(function).parameters
    others = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    return [n for n, c in controls.items() if n in parameters or (others and not c.in_browser)]


class Values:
    """The `controls` of the piece called `owner`, rows taken apart, and what each of them stands at.

    taken: the names that the function is called with.  lock: is held while values change and are handed on.
    """

    def __init__(self, owner: str, function: Callable, controls: Mapping[str, Control | Row]):
        self._owner, self.taken, self.lock = owner, taken(function, controls), threading.RLock()
        self._rows = {n: c for n, c in controls.items() if isinstance(c, Row)}
        lines = (c.controls(n) if isinstance(c, Row) else {n: c} for n, c in controls.items())
        self.controls = {n: c for line in lines for n, c in line.items()}
        self.controls |= {n: c.bound(n, self) for n, c in self.controls.items()}
        self._now = {n: self._own(n, c.value) for n, c in self.controls.items()}
        self._unread: dict[str, Exception] = {}  # by control, why what a browser shows there cannot be used

    @property
    def now(self) -> dict[str, Any]:
        """The present values by name."""
        with self.lock:
            return dict(self._now)

    @property
    def inside(self) -> dict[str, Control]:
        """The controls that stand in the piece itself: all but ipywidgets."""
        return {n: c for n, c in self.controls.items() if not isinstance(c, Foreign)}

    @property
    def widgets(self) -> dict[str, Any]:
        """The ipywidgets that serve as controls."""
        return {n: c.widget for n, c in self.controls.items() if isinstance(c, Foreign)}

    @property
    def question(self) -> Control | None:
        """The guess that is still asked for, if any; until then nothing may give the answer away."""
        return next((c for n, c in self.controls.items() if c.asks and self._now[n] is None), None)

    def control(self, name: str) -> Control:
        """The control of that name.  Raises ValueError if there is none."""
        if name not in self.controls:
            raise ValueError(f"{self._owner}: there is no control {name!r}; it has {', '.join(self.controls)}")
        return self.controls[name]

    def checked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values as the controls hold them, rows taken apart.

        Raises ValueError if there is no such control, or a value is none of the control's.
        """
        return {n: self._own(n, v) for n, v in self._flat(values).items()}

    def take(self, values: Mapping[str, Any]) -> None:
        """Moves controls to values that were checked."""
        with self.lock:
            self._now |= values
            self._unread = {n: error for n, error in self._unread.items() if n not in values}

    def arguments(self, other: Mapping[str, Any]) -> dict[str, Any]:
        """What the function is called with: the present values, `other` ones in their place."""
        values = self.now | other
        return {n: self._rows[n].value(n, values) if n in self._rows else values[n] for n in self.taken}

    # --- on the wire -------------------------------------------------------------------------------------------

    def encode(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values, as the function has them, as they cross the wire."""
        return {n: self.control(n).encode(v) for n, v in self._flat(values).items()}

    def decode(self, wires: Mapping[str, Any]) -> dict[str, Any]:
        """Values, as the controls hold them, from the wire; raises ValueError where they cannot be meant."""
        return {n: self.control(n).decode(wire, n) for n, wire in wires.items()}

    def move(self, wires: Mapping[str, Any]) -> tuple[list[str], Exception | None]:
        """Moves controls to what a browser sent: the names of those that moved, and the error if some cannot be used.

        A browser says what has changed only, so what cannot be used remains an error until that control moves again.
        """
        known, unknown = wires.keys() & self.inside.keys(), wires.keys() - self.inside.keys()
        with self.lock:
            for name in known:
                try:
                    self.take({name: self.controls[name].decode(wires[name], name)})
                except Exception as error:  # a browser may send anything
                    self._unread[name] = error
            errors = [ValueError(f"{self._owner}: there is no control {n!r}") for n in unknown]
            moved = [name for name in known if name not in self._unread]
            return moved, next(iter([*errors, *self._unread.values()]), None)

    def wires(self, names: Iterable[str]) -> dict[str, Any]:
        """The present values of these controls as they cross the wire."""
        with self.lock:
            return {n: self.controls[n].encode(self._now[n]) for n in names}

    def specs(self) -> list[dict]:
        """The descriptions of the controls that go to the browser."""
        specs = [c.spec(n, self._now[n]) for n, c in self.inside.items()]
        needs = {n: self.encode(c.needs) for n, c in self.inside.items() if c.needs}
        return [spec | ({"needs": needs[spec["name"]]} if spec["name"] in needs else {}) for spec in specs]

    def _flat(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values for the controls, where a row may be given as a whole."""
        try:
            return flat_values(self._rows, values)
        except ValueError as error:
            raise ValueError(f"{self._owner}, {error}") from None

    def _own(self, name: str, value: Any) -> Any:
        """`value` as the control `name` holds it: checked, and rounded as it crosses the wire."""
        control = self.control(name)
        try:
            return control.decode(control.encode(value), name)
        except ValueError as error:
            raise ValueError(f"{self._owner}, {name}: {error}") from None
