"""A long storm of random events over every chapter: `python course.py storm`."""

import pytest

from .pages import NotebookPage
from .storm import lap, storm
from .test_chapters import CHAPTERS

pytestmark = [pytest.mark.browser, pytest.mark.storm]
MOST, GROWTH = 800, 20  # megabytes of the kernel, and of them from the 100th event to the last


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", CHAPTERS)
def test_a_thousand_events(browser, lab, name, seed, capsys):
    notebook = NotebookPage(browser, lab, name)
    try:
        notebook.run_all()
        cells = notebook.cells()
        lap(notebook)
        weather = storm(notebook, 1000, seed)
        with capsys.disabled():
            print(f"\n{name}, seed {seed}, subshells {lab.subshells}: {weather}")
        early, late = weather.megabytes.values()
        assert late <= MOST, f"the kernel holds {late:.0f} MB"
        assert late - early <= GROWTH, f"the kernel grew by {late - early:.0f} MB"
        assert notebook.cells() == cells, "a cell of the notebook changed"
        assert not notebook.complaints, notebook.complaints
    finally:
        notebook.close()
