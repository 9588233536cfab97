"""A notebook that was saved shows its pictures when it is opened again, with its kernel or without."""

import nbformat
import pytest

from .pages import NotebookPage

pytestmark = pytest.mark.browser

NAME, ERROR = "saving.ipynb", "Error displaying widget"
CELLS = [
    "from nnlib.live import Curves, live, slider",
    """\
@live(a=slider(0, 10, 3))
def line(a):
    return Curves(y=[0.0, a])


line""",
]
COLOURS = """root => {
    const canvas = root.querySelector('[data-view] canvas');
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
}"""
SAVED = "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"


@pytest.fixture
def notebook(browser, lab):
    nbformat.write(nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, CELLS))), lab.folder / NAME)
    page = NotebookPage(browser, lab, NAME)
    page.run_all()
    yield page
    page.close()


def slide(notebook, key):
    piece = notebook.pieces[0]
    piece.root.locator("input[type=range]").focus()
    notebook.page.keyboard.press(key)
    return piece


def reopen(notebook, lab):
    notebook.page.goto(lab.url(NAME))
    notebook.page.locator(".nnlib-live").wait_for(timeout=30_000)
    assert ERROR not in notebook.page.locator(".jp-Notebook").inner_text()
    return notebook.pieces[0]


def test_pieces_survive_a_save_a_reload_and_the_end_of_their_kernel(notebook, lab):
    slide(notebook, "End").settled()
    notebook.command("docmanager:save")
    notebook.page.wait_for_function(SAVED)

    piece = reopen(notebook, lab)  # the kernel has gone on: the piece stands where it was and answers
    notebook.page.wait_for_function("root => root.live.values().a === 10", arg=piece.root.element_handle())
    slide(notebook, "Home").settled()
    assert not piece.error()

    stop = "async () => { await window.jupyterapp.shell.currentWidget.sessionContext.shutdown() }"
    notebook.page.evaluate(stop)
    piece = reopen(notebook, lab)  # the kernel is gone: the picture is there, and a movement says what to do
    assert piece.root.evaluate(COLOURS) > 2
    slide(notebook, "End")
    notebook.page.wait_for_timeout(6000)
    assert "run this cell again" in piece.error()

    notebook.command("notebook:clear-all-cell-outputs")
    notebook.run_all()
    notebook.page.locator(".nnlib-live").wait_for()
    slide(notebook, "End").settled()
    assert not notebook.pieces[0].error() and notebook.pieces[0].values()["a"] == 10
