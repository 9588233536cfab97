"""A notebook that was saved shows its pictures when it is opened again, with its kernel or without."""

import shutil
import time

import pytest

from .conftest import GALLERY
from .pages import LATER, NotebookPage

pytestmark = pytest.mark.browser

NAME, ERROR = "saving.ipynb", "Error displaying widget"
DRAWN = """view => {
    const colours = ({width, height}, context) =>
        new Set(new Uint32Array(context.getImageData(0, 0, width, height).data.buffer)).size;
    const canvases = [...view.querySelectorAll('canvas')].filter(c => c.width && c.height);
    return canvases.some(c => colours(c, c.getContext('2d')) > 1)
        || view.querySelector('svg')?.childElementCount > 0 || view.innerText.length > 0;
}"""
SAVED = "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"


@pytest.fixture
def notebook(browser, desk):
    shutil.copy(GALLERY, desk.lab.folder / NAME)
    page = NotebookPage(browser, desk.lab, NAME)
    page.run_all()
    yield page
    page.close()


def slide(notebook, key):
    piece = notebook.piece("twice")
    piece.root.locator("input[type=range]").focus()
    notebook.page.keyboard.press(key)
    return piece


def reopen(notebook, lab, count):
    """The pieces of the notebook, opened again: all are there, and each has its picture."""
    notebook.page.goto(lab.url(NAME))
    all_there = "n => document.querySelectorAll('.nnlib-live').length >= n"
    notebook.page.wait_for_function(all_there, arg=count, timeout=1000 * LATER)
    assert ERROR not in notebook.page.locator(".jp-Notebook").inner_text()
    for piece in notebook.pieces:
        for view in piece.root.locator("[data-view]").all():
            view.scroll_into_view_if_needed()  # what is out of sight is not painted
            piece.becomes(lambda: view.evaluate(DRAWN), True)  # noqa: B023


def test_pieces_survive_a_save_a_reload_and_the_end_of_their_kernel(notebook, desk):
    slide(notebook, "End").settled()
    count = len(notebook.pieces)
    notebook.command("docmanager:save")
    notebook.page.wait_for_function(SAVED)

    reopen(notebook, desk.lab, count)  # the kernel has gone on: each piece stands where it was and answers
    piece = notebook.piece("twice")
    notebook.page.wait_for_function("root => root.live.values().a === 10", arg=piece.root.element_handle())
    slide(notebook, "Home").settled()
    assert not piece.error()

    stop = "async () => { await window.jupyterapp.shell.currentWidget.sessionContext.shutdown() }"
    notebook.page.evaluate(stop)
    reopen(notebook, desk.lab, count)  # the kernel is gone: the pictures are there, and a movement says what to do
    piece = slide(notebook, "End")
    piece.becomes(piece.error, lambda said: "run this cell again" in said)

    notebook.command("notebook:clear-all-cell-outputs")
    notebook.run_all()
    piece = slide(notebook, "End")
    piece.settled()
    assert not piece.error() and piece.values()["a"] == 10


def test_a_restarted_kernel_is_said_at_the_first_movement_and_runs_all_of_them_again(notebook):
    notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
    began = time.monotonic()
    piece = slide(notebook, "End")
    piece.becomes(piece.error, lambda said: "run this cell again" in said)
    assert time.monotonic() - began < 2, "it was not said at once"
    assert piece.root.get_attribute("data-status") != "working", "the bar goes on running"
    piece.root.locator("[data-act=code]").click()
    piece.root.locator("[data-act=reset]").click()
    notebook.command("notebook:clear-all-cell-outputs")  # the pieces say good-bye to nobody
    assert not notebook.complaints, notebook.complaints
    notebook.run_all()
    piece = slide(notebook, "End")
    piece.settled()
    assert not piece.error() and piece.values()["a"] == 10
