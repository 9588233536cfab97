"""The live pieces of a notebook on a page of our own: no JupyterLab and no kernel, they are made in this process."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

import nbformat
from IPython.core.interactiveshell import InteractiveShell

from nnlib.live.page import Page
from nnlib.live.piece import Live

from .pages import LATER, PiecesPage


def pieces_of(path: Path) -> list[Live]:
    """Runs the notebook's cells from the first to the last; the pieces that stand at the end of one, each once.

    Raises whatever a cell raises, unless it is tagged for that.
    """
    shell, found = InteractiveShell(), []
    shell.display_formatter.format = lambda *_, **__: ({}, {})  # nothing is shown here, nothing printed
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        with redirect_stdout(io.StringIO()):
            result = shell.run_cell(cell.source)
        if not result.success and "raises-exception" not in cell.metadata.get("tags", []):
            result.raise_error()
        if isinstance(result.result, Live) and result.result not in found:
            found.append(result.result)
    return found


class OwnPage(PiecesPage):
    """Such a page, open in the browser; what a `NotebookPage` is asked about its pieces, it is asked too."""

    def __init__(self, browser, page: Page, **options):
        self.made = page.pieces
        super().__init__(browser, page.address, **options)

    def begin(self) -> None:
        all_there = "n => document.querySelectorAll('.nnlib-live').length >= n"
        self.page.wait_for_function(all_there, arg=len(self.made), timeout=1000 * LATER)
        self.first_drawn()

    def ends(self) -> dict[str, dict[str, list]]:
        return {piece.name: {n: c.ends() for n, c in piece.controls.items()} for piece in self.made}

    def programs(self) -> int:
        return sum(piece.stats["recompiles"] for piece in self.made)

    def cells(self) -> list[str]:
        return []
