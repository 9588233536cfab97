"""Every chapter in a real browser: every control answers, by pointer and by keyboard; then a short storm.

The pointer drives with subshells, the keyboard without, so that every chapter is whole under both.
"""

from pathlib import Path

import pytest

from .drive import drive
from .pages import NotebookPage
from .storm import storm

CHAPTERS = sorted(path.name for path in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_control_answers(browser, lab, name, record_property):
    hand = "pointer" if lab.subshells == "on" else "keyboard"
    notebook = NotebookPage(browser, lab, name)
    try:
        notebook.run_all()
        runs = notebook.executions()
        total, driven = 0, []
        for piece in notebook.distinct:
            total += len(piece.controls)
            driven += drive(notebook, piece, hand)
        record_property(
            "said", f"{name}: {len(driven)} of {total} controls driven, by {hand}, subshells {lab.subshells}"
        )
        assert len(driven) == total > 0
        if hand == "pointer":
            record_property("said", f"{name}: {storm(notebook, 100, seed=0)}")
        assert notebook.executions() == runs, "a key ran a cell"
        assert not notebook.complaints, notebook.complaints
    finally:
        notebook.close()
