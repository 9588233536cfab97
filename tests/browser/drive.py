"""Drives every control of a live piece, by pointer or by keyboard, to both ends and the middle.

`drive(notebook, piece, hand)` returns the names of the controls that it moved; each must answer with a frame for its
last value, show no error and change the picture, unless the control declares (`same`) that it leaves it as it is.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from .controls import ACTIONS
from .pages import FIRST, SOON, Control, NotebookPage, Piece

HANDS = ("pointer", "keyboard")


def drive(notebook: NotebookPage, piece: Piece, hand: str, names: Sequence[str] | None = None) -> list[str]:
    """Moves the controls of the piece, or those named, with that hand.

    AssertionError at the first that does not answer.
    """
    chosen = [control for control in piece.controls if names is None or control.name in names]
    if not chosen:
        return []
    piece.root.scroll_into_view_if_needed()
    driven, before = [], notebook.cells()
    for control in sorted(chosen, key=lambda c: c.kind != "predict"):  # the veil comes first
        piece.move(**_start(piece))
        _unfold(piece, control)
        _switch_on(piece, control)
        slow = _Slow(notebook)
        move, why_same = ACTIONS[control.kind][hand], control.spec.get("same")
        pictures = {_seen(piece, control, slow) for _ in move(piece, control)}
        said = f"{piece.name}, {control.name}, by {hand}"
        assert why_same or len(pictures) > 1, f"{said}: the picture stayed as it was"
        assert not why_same or len(pictures) == 1, f"{said}: the picture changed, though {why_same}"
        driven.append(control.name)
    _reset(piece)
    assert notebook.cells() == before, f"{piece.name}: a cell of the notebook changed"
    return driven


class _Slow:
    """Only an answer for which a live piece had to compile something may take longer than others."""

    def __init__(self, notebook: NotebookPage):
        self.notebook = notebook
        self.programs = notebook.programs()

    def excused(self, seconds: float) -> bool:
        if seconds < SOON:
            return True
        before, self.programs = self.programs, self.notebook.programs()
        return self.programs > before


def _seen(piece: Piece, control: Control, slow: _Slow) -> str:
    began = time.monotonic()
    error, picture = piece.seen(FIRST)
    took = time.monotonic() - began
    assert slow.excused(took), f"{piece.name}, {control.name}: {took:.0f} s for an answer, and nothing was compiled"
    assert not error, f"{piece.name}, {control.name} at {piece.values()[control.name]!r}: {error}"
    return picture


def _switch_on(piece: Piece, control: Control) -> None:
    """A control in a line that is switched off can only be seen."""
    line = control.spec.get("row")
    if line and line != control.name and not piece.values()[line]:
        piece.root.locator(f'[data-control="{line}"] input').click()
        piece.settled()


def _unfold(piece: Piece, control: Control) -> None:
    """What is folded away under a word is opened with a click on it; what is there for some settings only gets them."""
    if needs := control.spec.get("needs"):
        piece.move(**needs)
    if group := control.spec.get("group"):
        details = piece.root.locator(f'details[data-group="{group}"]')
        if details.get_attribute("open") is None:
            details.locator("summary").click()


def _start(piece: Piece) -> dict:
    """The values at the start, and the guess as it was made."""
    return {control.name: control.spec["value"] for control in piece.controls if control.kind != "predict"}


def _reset(piece: Piece) -> None:
    """Whatever the last control was moved to, *reset* takes back."""
    piece.root.locator("[data-act=reset]").click()
    piece.settled()
    values = piece.values()
    assert all(values[name] == value for name, value in _start(piece).items()), f"{piece.name}: reset left {values}"
