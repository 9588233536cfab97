"""Controls that belong together, in one line with a switch in front: `momentum=row(rate=log_slider(1e-3, 1))`.

A row is not a control: the piece takes it apart into a switch, called as the row, and controls called "row.part", and
puts it together again for the function.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .controls import Control, as_control, spoken, toggle

__all__ = ["Row", "flat_values", "row"]


@dataclass(frozen=True)
class Row:
    """Some controls in one line; its fields are what `row` is given, and `group` as of every `Control`."""

    parts: Mapping[str, Control]
    on: bool = True
    label: str = ""
    color: str = ""
    help: str = ""
    group: str = ""
    in_browser = False  # as of a control: the function must take it

    def controls(self, name: str) -> dict[str, Control]:
        """Its controls by the names that cross the wire: the switch first."""
        label = self.label or spoken(name)
        switch = replace(toggle(self.on, label=label, help=self.help), row=name, color=self.color, group=self.group)
        parts = {
            part: replace(c, row=name, group=self.group, label=c.label or spoken(part))
            for part, c in self.parts.items()
        }
        return {name: switch} | {f"{name}.{part}": control for part, control in parts.items()}

    def value(self, name: str, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """What the function gets: the parts' values by name; None while the row is switched off."""
        return {part: values[f"{name}.{part}"] for part in self.parts} if values[name] else None


def row(on: bool = True, *, label: str = "", color: str = "", help: str = "", **parts: Any) -> Row:
    """Controls in one line, with a switch: the function gets a dict of the parts' values, or None if it is off.

    on: how the switch starts.  label: the line's name, that of its parameter if empty.  help: the switch's tooltip.
    color: of the mark before the name, so that the line is also the key to a picture's colours (see `Line`).
    parts: controls by name, or what is short for one, as in `live`.  Raises TypeError if a part is neither.
    """
    return Row({part: as_control(short, part) for part, short in parts.items()}, on, label, color, help)


def flat_values(rows: Mapping[str, Row], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the controls have them, of values as the function has them: `momentum=None`, `momentum={"a": 0.5}`."""
    flat = {}
    for name, value in values.items():
        if name not in rows or isinstance(value, bool):
            flat[name] = value
        elif value is None or isinstance(value, Mapping):
            flat[name] = value is not None
            flat |= {f"{name}.{part}": inner for part, inner in (value or {}).items()}
        else:
            raise ValueError(f"{name}: expected a dict of {', '.join(rows[name].parts)}, or None, got {value!r}")
    return flat
