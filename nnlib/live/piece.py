"""A live piece: a function, the values of its controls, and the newest frame that they gave.

    control moved -> Link.receive -> Live._move -> Engine: newest wins, on a thread of its own; calls the function
                  -> Frame -> Link.deliver -> Outbox: at most two under way -> PieceWidget -> browser -> acknowledged

Without a browser the same path ends in the newest frame, which `figure`, `describe` and the stored still read.
"""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Mapping
from typing import Any

from .code import code_for
from .controls import Control
from .engine import Engine, Job
from .foreign import Foreign
from .frame import Frame
from .guides import Predict
from .link import Link
from .rows import Row, flat_values
from .still import figure, mimebundle
from .widget import PieceWidget

__all__ = ["Live", "taken"]


def taken(function: Callable, controls: Mapping[str, Control | Row]) -> list[str]:
    """The controls that the function is called with: those it names, and with `**others` all that need it."""
    parameters = inspect.signature(function).parameters
    others = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    return [n for n, c in controls.items() if n in parameters or (others and not getattr(c, "in_browser", False))]


class Live:
    """A picture that answers; made by `@live(...)`, shown as the last line of a cell.

    `set(**values)` moves controls from Python, `value` reads them, `reset()` puts them back.  `describe()` says what
    is shown, `figure()` draws it with matplotlib, `code()` gives the Python that makes it, `stats` counts frames.
    `state` and `restore(state)` carry the controls' values out and in as JSON.
    """

    def __init__(self, function: Callable, controls: Mapping[str, Control | Row], *, name: str, still: int = 20):
        self.function, self.name, self._still = function, name, still
        self._rows = {n: c for n, c in controls.items() if isinstance(c, Row)}
        lines = (c.controls(n) if isinstance(c, Row) else {n: c} for n, c in controls.items())
        self.controls = {n: c for line in lines for n, c in line.items()}
        self.controls = {n: c.bound(self.controls) for n, c in self.controls.items()}
        self._takes = taken(function, controls)
        self._runs_on = inspect.isgeneratorfunction(function)
        self._lock = threading.RLock()
        self._values = {n: self._own(n, c.value) for n, c in self.controls.items()}
        self._link = Link(self)
        self._engine = Engine(function, self._link.deliver, self._link.outbox.wait_for_room)
        self._watch_widgets()

    # --- from Python -------------------------------------------------------------------------------------------

    def __call__(self, **values: Any) -> Any:
        """What the function gives for these values, the controls' present ones for the rest; nothing is shown."""
        own = {n: self._own(n, v) for n, v in self._flat(values).items()}
        return self.function(**self._arguments(own))

    def set(self, **values: Any) -> Live:
        """Moves controls and draws anew, in every place where the piece is shown.  Returns the piece.

        Raises ValueError if there is no such control, or the value is none of the control's; nothing moves then.
        """
        own = {n: self._own(n, v) for n, v in self._flat(values).items()}
        with self._lock:
            self._values |= own
        for name, value in own.items():
            if isinstance(self.controls[name], Foreign):
                self.controls[name].widget.value = value
        self._draw()
        return self

    def reset(self) -> Live:
        """Puts every control back to where it started."""
        return self.set(**{n: c.value for n, c in self.controls.items() if not isinstance(c, Foreign)})

    @property
    def value(self) -> dict[str, Any]:
        """The controls' present values by name."""
        return dict(self._values)

    @property
    def state(self) -> dict[str, Any]:
        """The controls' values as JSON."""
        with self._lock:
            return {n: c.encode(self._values[n]) for n, c in self.controls.items() if not isinstance(c, Foreign)}

    def restore(self, state: Mapping[str, Any]) -> Live:
        """Puts a `state` back.  Raises ValueError if it names an unknown control or holds a value that is none."""
        return self.set(**{n: self._control(n).decode(wire, n) for n, wire in state.items()})

    @property
    def error(self) -> str:
        """The message of the newest error, empty if the newest frame is a picture."""
        newest = self._engine.newest
        return newest.error["message"] if newest and newest.error and newest.error["kind"] != "refused" else ""

    @property
    def refusal(self) -> str:
        """Why the newest values of the controls cannot be used (see `Refused`), empty if they can."""
        newest = self._engine.newest
        return newest.error["message"] if newest and newest.error and newest.error["kind"] == "refused" else ""

    @property
    def stats(self) -> dict[str, Any]:
        """Frames drawn, values dropped, round-trip times in ms (median, 95th percentile), recompilations."""
        dropped = self._engine.worker.dropped + self._link.outbox.replaced
        return self._engine.stats.summary(dropped)

    def describe(self) -> str:
        """One sentence for each view."""
        frame, question = self._shown(), self._question()
        says = question.words() if question else frame.words or self.error or self.refusal or "nothing is shown"
        return f"{self.name}: {says}"

    def figure(self):
        """The picture as a matplotlib figure (no pyplot; nothing is shown by itself)."""
        self._shown()
        if (good := self._engine.good) is None:
            raise ValueError(f"{self.name}: there is no picture yet: {self.error or self.refusal}")
        return figure(good.columns, good.notes)

    def code(self) -> str:
        """Python that makes what is on the screen, complete in itself."""
        return code_for(self.function, self._arguments({}))

    def close(self) -> None:
        """Stops computing and lets go of the widget; a piece that was closed can be shown anew."""
        self._engine.worker.stop()
        self._link.close()

    def open_on(self, make: Callable[..., Any]) -> Any:
        """Shows the piece elsewhere than in a notebook: on the widget that `make(spec=..., opening=...)` gives.

        A widget has `send(content, buffers)`, `on_msg(heard)` and `close()`, as a widget has; see nnlib.live.page.
        Returns the widget, or the one that the piece had already.
        """
        return self._link.open(self._spec(), self._shown(), make)

    def _repr_mimebundle_(self, include=None, exclude=None):
        widget = self.open_on(PieceWidget)
        return mimebundle(self._with_widgets(widget), self.describe(), self._engine.good, self._question())

    # --- values ------------------------------------------------------------------------------------------------

    def _control(self, name: str) -> Control:
        if name not in self.controls:
            raise ValueError(f"{self.name}: there is no control {name!r}; it has {', '.join(self.controls)}")
        return self.controls[name]

    def _flat(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values for the controls, where a row may be given as a whole."""
        try:
            return flat_values(self._rows, values)
        except ValueError as error:
            raise ValueError(f"{self.name}, {error}") from None

    def _own(self, name: str, value: Any) -> Any:
        """`value` as the control `name` holds it: checked, and rounded as it crosses the wire."""
        control = self._control(name)
        try:
            return control.decode(control.encode(value), name)
        except ValueError as error:
            raise ValueError(f"{self.name}, {name}: {error}") from None

    def _spec(self) -> dict:
        own = {n: c for n, c in self.controls.items() if not isinstance(c, Foreign)}
        specs = [c.spec(n, self._values[n]) for n, c in own.items()]
        for spec in specs:
            if needs := self.controls[spec["name"]].needs:
                spec["needs"] = {n: self._control(n).encode(value) for n, value in needs.items()}
            if spec["kind"] == "presets":
                spec["options"] = [self._preset(n, o) for n, o in self.controls[spec["name"]].options.items()]
            if spec["kind"] == "player":
                spec["browser"] = spec["name"] not in self._takes
        return {"name": self.name, "controls": specs}

    def _preset(self, name: str, option: Mapping[str, Any]) -> dict:
        chosen = self._flat({n: v for n, v in option.items() if n != "says"})
        values = {n: self._control(n).encode(v) for n, v in chosen.items()}
        return {"name": name, "values": values, "says": option.get("says", "")}

    def _question(self) -> Predict | None:
        """The guess that is still asked for, if any; until then nothing may give the answer away."""
        open_questions = (c for n, c in self.controls.items() if isinstance(c, Predict) and self._values[n] is None)
        return next(open_questions, None)

    # --- drawing -----------------------------------------------------------------------------------------------

    def _arguments(self, other: Mapping[str, Any]) -> dict[str, Any]:
        """What the function is called with: the present values, `other` ones in their place."""
        with self._lock:
            values = self._values | other
        return {n: self._rows[n].value(n, values) if n in self._rows else values[n] for n in self._takes}

    def _move(self, values: Mapping[str, Any]) -> None:
        """Takes values that came from the browser, and draws them."""
        with self._lock:
            self._values |= values
            self._engine.submit(Job(self._link.seq, self._arguments({})))

    def _draw(self) -> None:
        """Draws the present values, which the browser has to be told; with nobody watching, waits for the picture."""
        most = None if self._link.watched else self._still
        with self._lock:
            self._engine.submit(Job(self._link.seq, self._arguments({}), most, told=self.state))
        if not self._link.watched:
            self._engine.wait(self._link.seq)

    def _shown(self) -> Frame:
        """The newest frame, computed first if there is none."""
        if self._engine.newest is None:
            self._draw()
        return self._engine.newest

    # --- ipywidgets as controls --------------------------------------------------------------------------------

    def _with_widgets(self, widget):
        """What is displayed: the widget, below any ipywidgets that serve as controls."""
        widgets = [c.widget for c in self.controls.values() if isinstance(c, Foreign)]
        if not widgets:
            return widget
        import ipywidgets

        return ipywidgets.VBox([*widgets, widget])

    def _watch_widgets(self) -> None:
        for name, control in self.controls.items():
            if isinstance(control, Foreign):
                control.widget.observe(lambda change, name=name: self._move({name: change["new"]}), "value")
