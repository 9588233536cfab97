"""Every chapter in a real browser: every control of every live piece answers, by pointer and by keyboard."""

from pathlib import Path

import pytest

from .drive import drive
from .pages import NotebookPage

CHAPTERS = sorted(path.name for path in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_control_answers(browser, lab, name, capsys):
    notebook = NotebookPage(browser, lab, name)
    try:
        notebook.run_all()
        runs = notebook.executions()
        total, driven = 0, []
        for piece in notebook.pieces:
            total += len(piece.controls)
            driven += drive(notebook, piece)
        with capsys.disabled():
            print(f"\n{name} with subshells {lab.subshells}: {len(driven)} of {total} controls driven")
        assert len(driven) == total > 0
        assert notebook.executions() == runs, "a key ran a cell"
        assert not notebook.complaints, notebook.complaints
    finally:
        notebook.close()
