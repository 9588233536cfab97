"""Pictures of every live piece at the ends of its controls, light and dark, narrow and wide, to be looked at.

    python -m tests.browser.looks [chapter ...]       writes looks/CHAPTER/PIECE.THEME.WIDTH.png

One sheet for each piece, theme and width: the piece as it opens, then each control at both its ends.  The pieces stand
on a page of our own: the same front end, and a third of the time that they would take in JupyterLab.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from nnlib.live.page import Page
from tools import chromium

from .conftest import FLAGS, GALLERY, ROOT
from .own import OwnPage, pieces_of
from .pages import Piece

THEMES, WIDTHS, COLUMNS, GAP = ("light", "dark"), (1000, 1600), 2, 24


def main(names: list[str]) -> int:
    notebooks = [*sorted((ROOT / "notebooks").glob("*.ipynb")), GALLERY]
    count = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        for notebook in notebooks:
            if not names or notebook.stem.startswith(tuple(names)):
                count += _notebook(browser, notebook)
        browser.close()
    print(f"{count} pictures in looks/, in sheets of one piece each")
    return 0


def _notebook(browser, path: Path) -> int:
    folder, count = ROOT / "looks" / path.stem, 0
    folder.mkdir(parents=True, exist_ok=True)
    with Page(pieces_of(path), path.stem) as page:
        for theme in THEMES:
            for width in WIDTHS:
                shown = OwnPage(browser, page, width=width, height=1000, color_scheme=theme)
                for number, piece in enumerate(shown.pieces, start=1):
                    shots = list(_states(piece))
                    name = f"{number:02}_{piece.name.replace(' ', '_')}"
                    _sheet(shots, theme).save(folder / f"{name}.{theme}.{width}.png")
                    count += len(shots)
                shown.close()
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
        case "cell":
            return [[0, 0], [size - 1 for size in spec["shape"]]]
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
