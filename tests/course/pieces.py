"""What the chapters' notebooks say: their cells, by id, what these define; and a picture as one short text."""

import hashlib
import json
from functools import cache
from pathlib import Path

from nnlib.live import Note
from nnlib.live.wire import arrange, pack

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


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
