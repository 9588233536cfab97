"""A view that a notebook's own cell defines, its front end in a file beside the notebook, in a real JupyterLab."""

import nbformat
import pytest

from ..pages import NotebookPage

pytestmark = pytest.mark.browser
NAME = "outside.ipynb"
CLASS = """
from dataclasses import dataclass
from nnlib.live import View

@dataclass(frozen=True, eq=False)
class Shout(View):
    text: str

    def wire(self, put):
        return {"text": self.text}

    def words(self):
        return f"{self.text} is shouted."

    def still(self, ax):
        ax.text(0, 0, self.text)
"""
EARLIER = """
from nnlib.live import Note, live, slider

known = []

@live(a=slider(0, 9, 3))
def earlier(a):
    return known[0]("a") if a == 9 and known else Note(str(a))

earlier
"""
LATER = """
known.append(Shout)

@live(a=slider(0, 9, 3))
def loud(a):
    return Shout("a" * a)

loud
"""
SCRIPT = """
import { make, write } from "nnlib/live/front/dom.js";

export default class Shout {
  constructor() {
    this.body = make("strong");
  }

  update({ text }) {
    write(this.body, text.toUpperCase());
  }

  draw() {}
}
"""


def press_end(page, name):
    piece = page.piece(name)
    piece.root.locator("input[type=range]").focus()
    piece.page.keyboard.press("End")
    piece.settled()
    return piece


def test_a_class_of_the_notebook_is_a_view(browser, lab):
    (lab.folder / "shout.js").write_text(SCRIPT)
    cells = [nbformat.v4.new_code_cell(source) for source in (EARLIER, CLASS, LATER)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), lab.folder / NAME)
    page = NotebookPage(browser, lab, NAME)
    page.run_all()
    assert page.piece("loud").root.locator("[data-view=shout]").inner_text() == "AAA"
    assert press_end(page, "loud").root.locator("[data-view=shout]").inner_text() == "A" * 9
    # A piece that was shown before there was such a kind says so, and keeps its picture.
    earlier = press_end(page, "earlier")
    assert 'got "shout". Run this cell again' in earlier.error() and "3" in earlier.picture()
    assert "class Shout(View):" in page.execute("print(loud.code())")
    page.run_all()  # the class is defined anew
    for name in ("loud", "earlier"):
        piece = press_end(page, name)
        assert not piece.error() and piece.root.locator("[data-view=shout]").count() == 1
    assert not page.complaints
    page.close()
