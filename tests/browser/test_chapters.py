"""Every chapter in a real browser: every control answers, by pointer and by keyboard; then a short storm."""

from pathlib import Path

import pytest

from .drive import drive
from .pages import NotebookPage
from .storm import storm

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
        weather = storm(notebook, 200, seed=0)
        with capsys.disabled():
            print(f"and {weather}")
        assert notebook.executions() == runs and not notebook.complaints, notebook.complaints
    finally:
        notebook.close()
