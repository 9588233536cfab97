"""A live piece: a function, the values of its controls, and the newest frame that they gave.

    control moved -> Link.receive -> Values -> Engine: newest wins, on a thread of its own; calls the function
                  -> Frame -> Link.deliver -> Outbox: at most two under way -> PieceWidget -> browser -> acknowledged

Without a browser the same path ends in the newest frame, which `figure`, `describe` and the stored still read.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets

from .code import code_for
from .controls import Control
from .frame import Frame
from .link import Link
from .rows import Row
from .still import figure, mimebundle
from .values import Values
from .widget import PieceWidget

__all__ = ["Live"]


class Live:
    """A picture that answers; made by `@live(...)`, shown as the last line of a cell.

    function: what gives the views, or yields them.  controls, name, still: as `live` is given them.
    `set(**values)` moves controls from Python, `value` reads them, `reset()` puts them back.  `describe()` says what
    is shown, `figure()` draws it with matplotlib, `code()` gives the Python that makes it, `stats` counts frames.
    `state` and `restore(state)` carry the controls' values out and in as JSON.
    """

    def __init__(self, function: Callable, controls: Mapping[str, Control | Row], *, name: str, still: int = 20):
        self.function, self.name, self._still = function, name, still
        self._values = Values(name, function, controls)
        self._link = Link(function, self._values, self.code, endless=inspect.isgeneratorfunction(function))
        self._engine = self._link.engine
        for key, widget in self._values.widgets.items():
            widget.observe(lambda change, key=key: self._link.move({key: change["new"]}), "value")

    # --- from Python -------------------------------------------------------------------------------------------

    def __call__(self, **values: Any) -> Any:
        """What the function gives for these values, the controls' present ones for the rest; nothing is shown.

        Raises ValueError as `set` does.
        """
        return self.function(**self._values.arguments(self._values.checked(values)))

    def set(self, **values: Any) -> Live:
        """Moves controls and draws anew, in every place where the piece is shown.  Returns the piece.

        Raises ValueError if there is no such control, or the value is none of the control's; nothing moves then.
        """
        own = self._values.checked(values)
        self._values.take(own)
        self._link.tell(own)
        for name, widget in self._values.widgets.items():
            if name in own:
                widget.value = own[name]
        self._draw()
        return self

    def reset(self) -> Live:
        """Puts every control back to where it started."""
        return self.set(**{n: c.value for n, c in self._values.inside.items()})

    @property
    def value(self) -> dict[str, Any]:
        """The controls' present values by name."""
        return self._values.now

    @property
    def controls(self) -> dict[str, Control]:
        """The controls by name, rows taken apart."""
        return self._values.controls

    @property
    def state(self) -> dict[str, Any]:
        """The controls' values as JSON."""
        return self._values.wires(self._values.inside)

    def restore(self, state: Mapping[str, Any]) -> Live:
        """Puts a `state` back.  Raises ValueError if it names an unknown control or holds a value that is none."""
        return self.set(**self._values.decode(state))

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
        frame, question = self._shown(), self._values.question
        says = question.words() if question else frame.words or self.error or self.refusal or "nothing is shown"
        return f"{self.name}: {says}"

    def figure(self):
        """The picture as a matplotlib figure (no pyplot; nothing is shown by itself).

        Raises ValueError while there is none: whenever the function was called, it failed or refused.
        """
        self._shown()
        if (good := self._engine.good) is None:
            raise ValueError(f"{self.name}: there is no picture yet: {self.error or self.refusal}")
        return figure(good.columns, good.notes)

    def code(self) -> str:
        """Python that makes what is on the screen, complete in itself."""
        return code_for(self.function, self._values.arguments({}))

    def close(self) -> None:
        """Stops computing and lets go of the widget; a piece that was closed can be shown anew."""
        self._link.close()

    def open_on(self, make: Callable[..., Any]) -> Any:
        """Shows the piece elsewhere than in a notebook: on the widget that `make(spec=..., opening=...)` gives.

        That has `send(content, buffers)`, `on_msg(heard)` and `close()`, as one of a notebook has; see nnlib.live.page.
        Returns the widget, or the one that the piece had already.
        """
        return self._link.open(self._spec(), self._shown(), make)

    def _repr_mimebundle_(self, include=None, exclude=None):
        widget = self.open_on(PieceWidget)
        if above := self._values.widgets:
            widget = ipywidgets.VBox([*above.values(), widget])
        return mimebundle(widget, self.describe(), self._engine.good, self._values.question)

    def _spec(self) -> dict:
        return {"name": self.name, "controls": self._values.specs()}

    def _draw(self) -> None:
        """Draws the present values; with nobody watching, waits for the picture."""
        self._link.compute(None if self._link.watched else self._still)
        if not self._link.watched:
            self._engine.wait(self._link.seq)

    def _shown(self) -> Frame:
        """The newest frame, computed first if there is none."""
        if self._engine.newest is None:
            self._draw()
        return self._engine.newest
