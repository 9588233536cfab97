"""What the browser gets: one module and one style sheet, of what all pieces share and of every kind that is known."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from .bundle import bundle
from .controls import CONTROLS
from .kinds import Kind
from .views import VIEWS

__all__ = ["front_end", "style"]

HERE = Path(__file__).resolve().parent


def front_end() -> str:
    """The front end as one module, with the kinds that are known now."""
    modules, lists, sheets = {"main": HERE / "front" / "main.js"}, [], []
    for kinds in (CONTROLS, VIEWS):
        names = []
        for kind in kinds:
            if script := kind.file("js"):
                name = f"{kinds.sort}_{kind.name}"
                modules[name] = script
                names.append(f"{kind.name}: {name}")
            if not _at_home(kind) and (sheet := kind.file("css")):
                sheets.append(sheet.read_text("utf-8"))
        lists.append(f"{kinds.sort}s: {{ {', '.join(names)} }}")
    # A page has one style sheet for all widgets of a class, so that of a kind from elsewhere stays within its piece.
    last = f"export default main.widget({{ {', '.join(lists)} }}, {json.dumps(chr(10).join(sheets))});"
    return bundle(modules, last)


@cache
def style() -> str:
    """The style sheet of the page: what all share, and of the kinds that are here."""
    sheets = [
        HERE / "front" / "base.css",
        *(kind.file("css") for kinds in (CONTROLS, VIEWS) for kind in kinds if _at_home(kind)),
    ]
    return "\n".join(sheet.read_text("utf-8") for sheet in sheets if sheet)


def _at_home(kind: Kind) -> bool:
    return kind.folder.is_relative_to(HERE)
