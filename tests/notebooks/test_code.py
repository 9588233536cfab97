"""What the `code` button gives for the pieces that a notebook defines itself, run in a fresh interpreter."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
CHAPTERS = sorted(path.name for path in FOLDER.glob("*.ipynb"))

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


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_code_of_a_notebooks_pieces_is_complete(name):
    notebook = nbformat.read(FOLDER / name, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(FINGERPRINT + COLLECT))
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(FOLDER)}}).execute()
    pieces = json.loads(notebook.cells[-1].outputs[0].text)
    assert pieces
    for piece, (code, expected) in pieces.items():
        script = code + FINGERPRINT + "print(fingerprint(views))"
        run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        assert run.returncode == 0, f"{piece}: {run.stderr}"
        assert run.stdout.strip() == expected, f"{piece}: another picture"
