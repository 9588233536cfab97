"""Every chapter in a real browser, in breadth: what each kind of control can do is tried in depth in the gallery."""

from pathlib import Path

import pytest

from .drive import drive
from .storm import storm
from .sweep import BY_HAND, reach, sweep

# The longest first: two tests run at once, and none should be left to run alone at the end.
FILES = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"), key=lambda path: -path.stat().st_size)
CHAPTERS = [path.name for path in FILES]
WRITTEN = ("text", "pasted", "numbers")  # kinds
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("chapter", CHAPTERS, indirect=True)
def test_every_control_answers(chapter, request, record_property):
    name, cells, runs = request.node.callspec.params["chapter"], chapter.cells(), chapter.executions()
    ends, total, driven, reached, tried = chapter.ends(), 0, [], set(), set()
    for piece in chapter.distinct:
        total += len(piece.controls)
        veiled = reach(piece) if piece.attribute("status") == "veiled" else set()
        driven += sweep(chapter, piece, ends[piece.name])
        reached |= {(piece.name, control) for control in veiled | reach(piece)}
        driven += _by_hand(chapter, piece, tried)
    hands = f"{len(reached)} reached by Tab; by hand {', '.join(sorted(tried))}"
    record_property("said", f"{name}: {len(driven)} of {total} controls driven, {hands}")
    assert len(driven) == total > 0
    record_property("said", f"{name}: {storm(chapter, 50, seed=0)}")
    assert chapter.cells() == cells, "a cell of the notebook changed"
    assert chapter.executions() == runs, "a key ran a cell"
    assert not chapter.complaints, chapter.complaints


def _by_hand(chapter, piece, tried: set[str]) -> list[str]:
    """The first of each kind, really dragged, and typed where it is written; and all that cannot be moved otherwise.

    Returns the names of the latter.  tried: the kinds that earlier pieces had.
    """
    firsts = {c.kind: c.name for c in reversed(piece.controls) if c.kind not in tried and c.kind != "predict"}
    typed = [name for kind, name in firsts.items() if kind in WRITTEN]
    only = [c.name for c in piece.controls if c.kind in BY_HAND]
    drive(chapter, piece, "pointer", [*firsts.values(), *only])
    drive(chapter, piece, "keyboard", [*typed, *only])
    tried |= set(firsts)
    return only
