"""What every chapter's live pieces must do: a picture at every end of every control, and code that is complete.

And what the chapters' notebooks say: their cells, by id, and what these define.
"""

import hashlib
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from nnlib.live import Note
from nnlib.live.wire import arrange, pack

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
FINGERPRINT = """
from tests.course.pieces import fingerprint
print(fingerprint(views))
"""


@cache
def notebook(name: str) -> dict:
    """A chapter's notebook, such as "07_gradient_descent"."""
    return json.loads((NOTEBOOKS / f"{name}.ipynb").read_text("utf-8"))


@cache
def cells(name: str) -> dict[str, str]:
    """The sources of a notebook's cells, by id."""
    return {cell["id"]: "".join(cell["source"]) for cell in notebook(name)["cells"]}


def defined(name: str, *ids: str, **given) -> dict:
    """What these cells of a notebook define, its functions, its presets, its live pieces, beside what is given."""
    space = {"__name__": "chapter"} | given
    for each in ids:
        exec(cells(name)[each], space)
    return space


def fingerprint(views) -> str:
    """Of the numbers that a picture is drawn from, and of its notes."""
    columns, notes = arrange(views)
    said = [view.text for stack in (*columns, notes) for view in stack if isinstance(view, Note)]
    return hashlib.sha256(repr(said).encode() + b"".join(pack(columns, notes)[1])).hexdigest()


def draws_at_every_end(piece) -> None:
    """Moves each control to each of its ends."""
    for name, control in piece.controls.items():
        for wire in control.ends():
            piece.restore({name: wire})
            assert not piece.error, f"{name} at {wire}: {piece.error}"
            assert len(piece.describe()) > 20
    piece.reset()


def code_is_complete(pieces, moved) -> None:
    """Runs what the `code` button shows in a fresh interpreter, for every piece, `moved` away from its start."""
    scripts, expected = [], []
    for piece in pieces:
        piece.set(**moved.get(piece.name, {}))
        scripts.append(piece.code() + FINGERPRINT)
        expected.append(fingerprint(piece()))
        piece.reset()
    run = subprocess.run([sys.executable, "-c", "\n".join(scripts)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == expected


def code_of_cells_is_complete(chapter: str, names, pieces, moved, folder: Path) -> None:
    """The same for pieces that a notebook defines: its cells `names` run as a script, which writes their code."""
    asked = [
        f"{name}.set(**{moved.get(name, {})})\nPath('{name}.py').write_text({name}.code())\n"
        f"print(fingerprint({name}()))"
        for name in pieces
    ]
    head = "from pathlib import Path\nfrom tests.course.pieces import fingerprint"
    (folder / "chapter.py").write_text("\n".join([*map(cells(chapter).get, names), head, *asked]), "utf-8")
    expected = _outcome("chapter.py", folder)
    codes = [(folder / f"{name}.py").read_text("utf-8") + FINGERPRINT for name in pieces]
    (folder / "fresh.py").write_text("\n".join(codes), "utf-8")
    assert _outcome("fresh.py", folder) == expected and len(expected) == len(pieces)


def _outcome(script: str, folder: Path) -> list[str]:
    """What a script prints, in an interpreter of its own."""
    env = {**os.environ, "PYTHONPATH": str(NOTEBOOKS.parent), "PYTHONUTF8": "1"}
    run = subprocess.run([sys.executable, script], cwd=folder, env=env, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout.split()
