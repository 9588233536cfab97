"""Pictures of every live piece at the ends of its controls, light and dark, narrow and wide, to be looked at.

    python -m tests.browser.looks [chapter ...]       writes looks/CHAPTER/PIECE.THEME.WIDTH.png

One sheet for each piece, theme and width: the piece as it opens, then each control at both its ends.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tools import chromium

from .conftest import FLAGS, ROOT
from .lab import Lab
from .pages import NotebookPage, Piece

THEMES, WIDTHS, COLUMNS, GAP = ("light", "dark"), (1000, 1600), 2, 24


def main(names: list[str]) -> int:
    chapters = [p for p in sorted((ROOT / "notebooks").glob("*.ipynb")) if not names or p.stem.startswith(tuple(names))]
    count = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        for theme in THEMES:
            with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
                for chapter in chapters:
                    shutil.copy(chapter, folder)
                with Lab(Path(folder), Path(home), theme=theme) as lab:
                    for chapter in chapters:
                        for width in WIDTHS:
                            count += _chapter(browser, lab, chapter, theme, width)
        browser.close()
    print(f"{count} pictures in looks/, in sheets of one piece each")
    return 0


def _chapter(browser, lab: Lab, chapter: Path, theme: str, width: int) -> int:
    notebook = NotebookPage(browser, lab, chapter.name, width=width, height=1000)
    notebook.run_all()
    folder = ROOT / "looks" / chapter.stem
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for number, piece in enumerate(notebook.pieces, start=1):
        shots = list(_states(piece))
        _sheet(shots, theme).save(folder / f"{number:02}_{piece.name.replace(' ', '_')}.{theme}.{width}.png")
        count += len(shots)
    notebook.close()
    return count


def _states(piece: Piece) -> Iterator[Image.Image]:
    """The piece as it opens, then with every control at either end, the others where they start."""
    start = piece.values()
    yield _shot(piece)
    for word in piece.root.locator("details.group:not([open]) > summary").all():
        word.click()
    yield _shot(piece)
    for control in sorted(piece.controls, key=lambda c: c.kind != "predict"):  # the veil first
        for end in _ends(control):
            piece.move(**control.spec.get("needs", {}), **{control.name: end})
            yield _shot(piece)
            start |= {control.name: end} if control.kind == "predict" else {}  # a guess once made stays
            piece.move(**start)


def _ends(control) -> list:
    spec = control.spec
    match control.kind:
        case "slider":
            return [spec["stops"][0], spec["stops"][-1]]
        case "choice":
            return list(range(1, len(spec["options"])))
        case "predict":
            return [0]
        case "toggle":
            return [not spec["value"]]
        case "button":
            return [1]
        case "pasted":
            return ["1, 2, red\n2, 1, blue\n3, 3, red\n1, 0, blue", "1, 2"]
        case "player":
            return [0]
        case "numbers":
            return [dict.fromkeys(spec["value"], spec[end]) for end in ("low", "high")]
        case "points":
            x, y, least = spec["value"]["x"], spec["value"]["y"], spec["least"]
            return [{"x": x[:n], "y": y[:n]} for n in (max(2, least), least)]
    return []


def _shot(piece: Piece) -> Image.Image:
    piece.page.wait_for_timeout(60)
    return Image.open(io.BytesIO(piece.root.screenshot()))


def _sheet(shots: list[Image.Image], theme: str) -> Image.Image:
    wide, high = max(s.width for s in shots) + GAP, max(s.height for s in shots) + GAP
    rows = -(-len(shots) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * wide, rows * high), "#d0d0d0" if theme == "light" else "#404040")
    for index, shot in enumerate(shots):
        sheet.paste(shot, (index % COLUMNS * wide, index // COLUMNS * high))
    return sheet


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
