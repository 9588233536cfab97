"""Each chapter run once: its pictures are the stored ones, and the `code` button of its own pieces is complete.

Nbval compares the text of the outputs, but not the pictures.
"""

import base64
import io
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from matplotlib.image import imread
from nbclient import NotebookClient

from tools.testing import PROGRAMS, compiled_once

FOLDER = Path(__file__).parents[2] / "notebooks"
CHAPTERS = sorted(path.name for path in FOLDER.glob("*.ipynb"))
TOLERANCE = 0.01  # mean difference of a pixel, of 1: another CPU's rounding moves a boundary by a hair, not more

pytestmark = pytest.mark.notebook

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


@cache
def executed(name: str) -> tuple[dict, dict, dict]:
    """A chapter as it is stored and as it is after a run, and of its own pieces the code and the fingerprint."""
    stored = nbformat.read(FOLDER / name, as_version=4)
    fresh = nbformat.from_dict(json.loads(json.dumps(stored)))
    fresh.cells.append(nbformat.v4.new_code_cell(FINGERPRINT + COLLECT))
    place = {"metadata": {"path": str(FOLDER)}}
    programs = os.environ.get(PROGRAMS)
    env = os.environ | (compiled_once(programs) if programs else {})
    NotebookClient(fresh, timeout=120, resources=place, store_widget_state=False).execute(env=env)
    return stored, fresh, json.loads(fresh.cells[-1].outputs[0].text)


def stills(notebook) -> dict[str, np.ndarray]:
    """Cell id -> picture (H, W, 3), for every cell with one."""
    found = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if png := output.get("data", {}).get("image/png"):
                found[cell["id"]] = imread(io.BytesIO(base64.b64decode(png)))[..., :3]
    return found


@pytest.mark.parametrize("name", CHAPTERS)
def test_stored_pictures_are_what_the_notebook_draws(name):
    stored, fresh, _ = executed(name)
    old, new = stills(stored), stills(fresh)
    assert list(old) == list(new), "run `make notebooks`"
    for cell, picture in new.items():
        assert picture.std() > 0.02, f"the still of cell {cell} is blank"
        assert old[cell].shape == picture.shape, f"the still of cell {cell} has another size; run `make notebooks`"
        difference = np.abs(old[cell] - picture).mean()
        assert difference < TOLERANCE, f"the still of cell {cell} differs by {difference:.3f}; run `make notebooks`"


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_live_piece_is_stored_as_a_picture_and_a_sentence(name):
    notebook = json.loads((FOLDER / name).read_text("utf-8"))
    for cell in notebook["cells"]:
        if "live" not in cell["metadata"]:
            continue
        data = [output.get("data", {}) for output in cell["outputs"]]
        assert any("image/png" in d and len("".join(d.get("text/plain", ""))) > 20 for d in data), cell["id"]


@pytest.mark.parametrize("name", CHAPTERS)
def test_as_a_web_page_every_live_piece_is_a_picture_with_its_words(name, tmp_path):
    """Just run, as `nbconvert --execute` has it, with no widget state: the pictures stand in the page itself."""
    _, fresh, _ = executed(name)
    nbformat.write(fresh, tmp_path / name)
    convert = [sys.executable, "-m", "nbconvert", "--to", "html", "--log-level=ERROR", tmp_path / name]
    subprocess.run(convert, check=True)
    page = BeautifulSoup((tmp_path / name).with_suffix(".html").read_text("utf-8"), "html.parser")
    shown = [(image["alt"], image["src"][:14]) for image in page.select(".jp-OutputArea img")]
    data = [output.get("data", {}) for cell in fresh.cells for output in cell.get("outputs", [])]
    assert shown == [(d["text/plain"], "data:image/png") for d in data if "image/png" in d]
    assert len(shown) >= sum("live" in cell.metadata for cell in fresh.cells) > 0
    assert "Error displaying widget" not in page.get_text()


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_code_of_a_notebooks_pieces_is_complete(name):
    """What the `code` button gives for the pieces that a notebook defines itself, each run with no other name there."""
    *_, pieces = executed(name)
    assert pieces
    run = subprocess.run([sys.executable, "-c", EACH], input=json.dumps(pieces), capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {piece: expected for piece, (_, expected) in pieces.items()}
