"""Moves every control of a piece to both ends and the middle from inside the page (sweep.js), and asks what can be
hit where it lies and reached by Tab.  What only a real hand can do is in drive.py."""

from __future__ import annotations

from .pages import FIRST, SOON, NotebookPage, Piece

BY_HAND = ("opened", "history")  # these have no value that a test could know before it has looked at the picture
TABS = 8  # at a time, before it is asked whether the focus is still in the piece


def sweep(notebook: NotebookPage, piece: Piece, ends: dict[str, list]) -> list[str]:
    """The names of the controls that were moved; each answered, without error, and the picture changed.

    ends: by control, the values to move it to. AssertionError at the first that did not, or that lies under something.
    """
    piece.root.scroll_into_view_if_needed()
    kinds = {control.name: control.kind for control in piece.controls}
    ends = {name: wires for name, wires in ends.items() if kinds.get(name, "opened") not in BY_HAND}
    programs = notebook.programs()
    seen = piece.root.evaluate("(root, [ends, most]) => sweep.sweep(root, ends, most)", [ends, 1000 * FIRST])
    for control in seen:
        _judge(f"{piece.name}, {control['name']}", control)
    slow = [a for control in seen for a in control["answers"] if a["ms"] > 1000 * SOON]
    assert not slow or notebook.programs() > programs, f"{piece.name}: slow, and nothing was compiled: {slow}"
    return [control["name"] for control in seen]


def _judge(said: str, control: dict) -> None:
    assert not control["hidden"], f"{said}: {control['hidden']} of its parts cannot be hit where they lie"
    for answer in control["answers"]:
        assert answer["settled"], f"{said} at {answer['at']}: no final frame within {FIRST} s"
        assert not answer["error"], f"{said} at {answer['at']}: {answer['error']}"
        assert not answer["output"], f"{said} at {answer['at']} prints or warns: {answer['output']}"
        assert answer["words"] > 10, f"{said} at {answer['at']}: the picture has no words"
    why_same = control["same"]
    assert why_same or control["pictures"] > 1, f"{said}: the picture stayed as it was"
    assert not why_same or control["pictures"] == 1, f"{said}: the picture changed, though {why_same}"


def reach(piece: Piece) -> set[str]:
    """The names of the controls that the Tab key reaches, everything unfolded and every line switched on.

    AssertionError if it misses one that is there: before the guess the question, after it all the rest.
    """
    lines = {c.spec["row"]: True for c in piece.controls if c.spec.get("row")}
    if lines:
        piece.move(**lines)
    piece.root.evaluate("root => sweep.begin(root)")
    for _ in range(60):
        for _ in range(TABS):
            piece.page.keyboard.press("Tab")
        if not piece.page.evaluate("() => sweep.inside()"):
            break
    found = piece.page.evaluate("() => sweep.end()")
    missed = [name for name, reached in found if not reached]
    assert not missed, f"{piece.name}: Tab does not reach {', '.join(missed)}"
    return {name for name, _ in found}
