"""A pytest plugin beside nbval: what a run of a whole chapter is good for, once nbval has run its cells.

Nbval compares the text of the outputs, but not the pictures.  Here the same run's pictures are compared, its web page
is looked at, and the `code` of its pieces is tried in a fresh interpreter.  All of it in the kernel that nbval has
started, since to run a chapter is what takes time.
"""

from __future__ import annotations

import base64
import copy
import io
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator

import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from matplotlib.image import imread
from nbconvert import HTMLExporter
from nbconvert.nbconvertapp import NbConvertApp
from nbval import plugin

from tests.notebooks.words import amiss

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
# Of every piece that was shown, as it opens and with two of its controls moved: its name, its code, its picture; and
# all that it says, at both ends of each of its controls.
COLLECT = """
import gc, json
from nnlib.live.piece import Live
def texts(part):
    if isinstance(part, str):
        return {part} if " " in part else set()
    part = list(part.values()) if isinstance(part, dict) else part
    return set().union(*map(texts, part)) if isinstance(part, (list, tuple)) else set()
def says(piece):
    header = piece._shown().header
    return texts([header[part] for part in ("views", "notes", "words") if part in header])
def says_everywhere(piece):
    said = says(piece)
    for name, control in piece.controls.items():
        start = piece.state.get(name)
        ends = control.ends() if control.kind in KINDS else []
        for wire in ends[:1] + ends[-1:]:
            said |= says(piece.restore({name: wire}))
        if ends:
            piece.restore({name: start})
    return [piece.name, sorted(said)]
def moved(piece):
    count = 0
    for name, control in piece.controls.items():
        start = piece.state.get(name)
        others = [wire for wire in control.ends() if wire != start] if control.kind in KINDS else []
        if others and count < 2:
            piece.restore({name: others[0]})
            usable = not piece.error and not piece.refusal
            count += usable
            piece.restore({} if usable else {name: start})
def told(piece):
    assert not piece.error and len(piece.describe()) > 20, (piece.name, piece.error)
    return [piece.name, piece.code(), fingerprint(piece())]
KINDS = ("slider", "choice", "toggle", "handle", "cell", "numbers", "text")
shown = [p for p in gc.get_objects() if isinstance(p, Live) and p._link.widget is not None]
seen = [told(p) for p in shown]
said = [says_everywhere(p) for p in shown]
for p in shown:
    moved(p)
print(json.dumps({"told": [*seen, *map(told, shown)], "said": said}))
"""
EACH = f"""
import json, sys
FINGERPRINT = {FINGERPRINT!r}
prints = []
for piece, code, _ in json.load(sys.stdin):
    names = {{"__name__": "__main__"}}
    exec(compile(code, f"the code of {{piece}}", "exec"), names)
    exec(FINGERPRINT, names)
    prints.append(names["fingerprint"](names["views"]))
print(json.dumps(prints))
"""


Chapter = plugin.IPyNbFile
_set_up, _cells = Chapter.setup, Chapter.collect


def set_up(chapter: Chapter) -> None:
    """Starts the kernel, and once more if it dies before its first word.

    A kernel's ports are chosen first and bound a second later; in between another process may take one of them.  A
    kernel that cannot start for a reason of its own fails the second time too.
    """
    try:
        _set_up(chapter)
    except RuntimeError as error:
        print(f"A kernel was started once more: {error}", file=sys.stderr)
        _set_up(chapter)


def collect(chapter: Chapter) -> Iterator[pytest.Item]:
    """The cells, and then what is asked of the whole."""
    chapter.ran = list(_cells(chapter))
    yield from chapter.ran
    for name, ask in ASKED.items():
        yield Whole.from_parent(chapter, name=name, ask=ask)


def fresh(chapter: Chapter) -> nbformat.NotebookNode:
    """The notebook with the outputs of this run.  Skips the test if a cell has not run."""
    if any(item.test_outputs is None for item in chapter.ran):
        pytest.skip("not every cell has run")
    notebook, outputs = copy.deepcopy(chapter.nb), iter([item.test_outputs for item in chapter.ran])
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.from_dict(output) for output in next(outputs)]
    return notebook


def printed(chapter: Chapter, source: str) -> str:
    """What a piece of code prints in the chapter's kernel, after its last cell."""
    cell, options = nbformat.v4.new_code_cell(source, execution_count=1), defaultdict(bool)
    item = plugin.IPyNbCell.from_parent(chapter, name="asked", cell_num=-1, cell=cell, options=options)
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
    old, new = stills(chapter.nb), stills(fresh(chapter))
    assert list(old) == list(new), "run `make notebooks`"
    for cell, picture in new.items():
        assert picture.std() > 0.02, f"the still of cell {cell} is blank"
        assert old[cell].shape == picture.shape, f"the still of cell {cell} has another size; run `make notebooks`"
        difference = np.abs(old[cell] - picture).mean()
        assert difference < TOLERANCE, f"the still of cell {cell} differs by {difference:.3f}; run `make notebooks`"


def web_page(chapter: Chapter) -> None:
    """As `nbconvert --execute` has it, with no widget state: pictures in the page itself, with their words."""
    ran, app = fresh(chapter), NbConvertApp()
    app.load_config_file()  # what the set-up has written
    page = BeautifulSoup(HTMLExporter(config=app.config).from_notebook_node(ran)[0], "html.parser")
    shown = [(image["alt"], image["src"][:14]) for image in page.select(".jp-OutputArea img")]
    data = [output.get("data", {}) for cell in ran.cells for output in cell.get("outputs", [])]
    assert shown == [(d["text/plain"], "data:image/png") for d in data if "image/png" in d]
    assert len(shown) >= sum("live" in cell.metadata for cell in ran.cells) > 0
    assert "Error displaying widget" not in page.get_text()


def collected(chapter: Chapter) -> dict:
    """What COLLECT tells of a chapter's pieces; asked for once."""
    fresh(chapter)
    if not hasattr(chapter, "collected"):
        chapter.collected = json.loads(printed(chapter, FINGERPRINT + COLLECT))
    return chapter.collected


def words(chapter: Chapter) -> None:
    """All that the pieces say, made from whatever numbers, is whole: no gap, no plural of one, nothing twice."""
    wrong = [f"{name}: {what}" for name, said in collected(chapter)["said"] for text in said for what in amiss(text)]
    assert not wrong, "\n".join(wrong)


def code(chapter: Chapter) -> None:
    """What the `code` button gives for each piece, run with no other name there, makes what is on the screen."""
    pieces = collected(chapter)["told"]
    assert len(pieces) >= 2 * sum("live" in cell.metadata for cell in chapter.nb.cells) > 0
    run = subprocess.run([sys.executable, "-c", EACH], input=json.dumps(pieces), capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    wrong = [name for (name, _, told), made in zip(pieces, json.loads(run.stdout), strict=True) if told != made]
    assert not wrong, f"the code of {', '.join(wrong)} makes another picture"


ASKED = {"pictures": pictures, "web page": web_page, "code": code, "words": words}
Chapter.setup, Chapter.collect = set_up, collect
