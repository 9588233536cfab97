"""A pytest plugin beside nbval: what a run of a whole chapter is good for, once nbval has run its cells.

Nbval compares the text of the outputs, but not the pictures.  Here the same run's pictures are compared, its web page
is looked at, and the `code` of the pieces that the notebook defines itself is tried in a fresh interpreter.  All of it
in the kernel that nbval has started, since to run a chapter is what takes time.
"""

from __future__ import annotations

import base64
import copy
import io
import json
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from matplotlib.image import imread
from nbconvert import HTMLExporter
from nbval import plugin

TOLERANCE = 0.01  # mean difference of a pixel, of 1: another CPU's rounding moves a boundary by a hair, not more

# Points that can be moved are drawn from the browser's own values and so are not in the frame: all else is compared.
FINGERPRINT = """
import dataclasses, hashlib
from nnlib.live import Plane
from nnlib.live.wire import arrange, pack
def bare(view):
    return dataclasses.replace(view, points=None) if isinstance(view, Plane) else view
def fingerprint(views):
    columns, notes = arrange(views)
    header, buffers = pack(tuple(tuple(map(bare, stack)) for stack in columns), notes)
    return hashlib.sha256(repr(header["notes"]).encode() + b"".join(buffers)).hexdigest()
"""
COLLECT = """
import json
own = {name: p for name, p in list(globals().items()) if name[0] != "_" and getattr(
    getattr(p, "function", None), "__module__", "") == "__main__" and hasattr(p, "controls")}
print(json.dumps({name: [p.code(), fingerprint(p())] for name, p in own.items()}))
"""
EACH = f"""
import json, sys
FINGERPRINT = {FINGERPRINT!r}
prints = {{}}
for piece, (code, _) in json.load(sys.stdin).items():
    names = {{"__name__": "__main__"}}
    exec(compile(code, f"the code of {{piece}}", "exec"), names)
    exec(FINGERPRINT, names)
    prints[piece] = names["fingerprint"](names["views"])
print(json.dumps(prints))
"""


class Chapter(plugin.IPyNbFile):
    """A notebook: its cells, as nbval runs them, and then what is asked of the whole."""

    def setup(self):
        try:
            super().setup()
        except RuntimeError as error:
            # A kernel's ports are chosen first and bound a second later; in between another process may take one. A
            # kernel that cannot start for a reason of its own fails the second time too.
            print(f"A kernel was started once more: {error}", file=sys.stderr)
            super().setup()

    def collect(self):
        self.ran = list(super().collect())
        yield from self.ran
        for name, ask in ASKED.items():
            yield Whole.from_parent(self, name=name, ask=ask)

    def fresh(self) -> nbformat.NotebookNode:
        """The notebook with the outputs of this run.  Skips the test if a cell has not run."""
        if any(item.test_outputs is None for item in self.ran):
            pytest.skip("not every cell has run")
        notebook, outputs = copy.deepcopy(self.nb), iter(item.test_outputs for item in self.ran)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = [nbformat.from_dict(output) for output in next(outputs)]
        return notebook

    def printed(self, source: str) -> str:
        """What a piece of code prints in the chapter's kernel, after its last cell."""
        cell = nbformat.v4.new_code_cell(source, execution_count=1)
        item = plugin.IPyNbCell.from_parent(self, name="asked", cell_num=-1, cell=cell, options={
            "check": False, "check_exception": False, "skip": False})  # fmt: skip
        item.runtest()
        return "".join(output.text for output in item.test_outputs)


class Whole(pytest.Item):
    """A question about a whole chapter."""

    def __init__(self, *, ask, **more):
        super().__init__(**more)
        self.ask = ask

    def runtest(self):
        self.ask(self.parent)

    def reportinfo(self):
        return self.path, 0, f"{self.path.name}: {self.name}"

    def repr_failure(self, excinfo):
        return str(excinfo.value) if excinfo.errisinstance(AssertionError) else super().repr_failure(excinfo)


def stills(notebook) -> dict[str, np.ndarray]:
    """Cell id -> picture (H, W, 3), for every cell with one."""
    found = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if png := output.get("data", {}).get("image/png"):
                found[cell["id"]] = imread(io.BytesIO(base64.b64decode(png)))[..., :3]
    return found


def pictures(chapter: Chapter) -> None:
    """The stored pictures are what the notebook draws."""
    old, new = stills(chapter.nb), stills(chapter.fresh())
    assert list(old) == list(new), "run `make notebooks`"
    for cell, picture in new.items():
        assert picture.std() > 0.02, f"the still of cell {cell} is blank"
        assert old[cell].shape == picture.shape, f"the still of cell {cell} has another size; run `make notebooks`"
        difference = np.abs(old[cell] - picture).mean()
        assert difference < TOLERANCE, f"the still of cell {cell} differs by {difference:.3f}; run `make notebooks`"


def web_page(chapter: Chapter) -> None:
    """As `nbconvert --execute` has it, with no widget state: pictures in the page itself, with their words."""
    fresh = chapter.fresh()
    page = BeautifulSoup(HTMLExporter().from_notebook_node(fresh)[0], "html.parser")
    shown = [(image["alt"], image["src"][:14]) for image in page.select(".jp-OutputArea img")]
    data = [output.get("data", {}) for cell in fresh.cells for output in cell.get("outputs", [])]
    assert shown == [(d["text/plain"], "data:image/png") for d in data if "image/png" in d]
    assert len(shown) >= sum("live" in cell.metadata for cell in fresh.cells) > 0
    assert "Error displaying widget" not in page.get_text()


def code(chapter: Chapter) -> None:
    """What the `code` button gives for the pieces that a notebook defines itself, each run with no other name there."""
    chapter.fresh()
    pieces = json.loads(chapter.printed(FINGERPRINT + COLLECT))
    assert pieces
    run = subprocess.run([sys.executable, "-c", EACH], input=json.dumps(pieces), capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {piece: expected for piece, (_, expected) in pieces.items()}


ASKED = {"pictures": pictures, "web page": web_page, "code": code}
plugin.IPyNbFile = Chapter
