"""The course's own list of what it teaches, and the index that leads from an item to its section."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

__all__ = ["ConceptIndex", "concept_index", "package", "syllabus"]


def syllabus() -> dict[str, dict[str, Any]]:
    """Chapters in order: name -> title, items (number -> title), slips, live, exercises."""
    return tomllib.loads((files("nnlib.course") / "syllabus.toml").read_text("utf-8"))


def package(chapter: str) -> str:
    """The package of a chapter, which has its name: nnlib.course.optimizers of "08_optimizers"."""
    return f"nnlib.course.{chapter.partition('_')[2]}"


def concept_index(folder: str | Path = ".") -> ConceptIndex:
    """Every item of the chapters in `folder`, with a link to the section that teaches it.

    Raises FileNotFoundError if there is no chapter in the folder.
    """
    chapters = {path.stem: path for path in sorted(Path(folder).glob("*.ipynb")) if path.stem in syllabus()}
    if not chapters:
        raise FileNotFoundError(
            f"expected the course's notebooks in the folder {Path(folder).resolve().name!r}, found none; "
            "open the course's own folder"
        )
    rows = []
    for name, path in chapters.items():
        sections = taught(json.loads(path.read_text("utf-8")))
        rows += [(number, title, name, sections.get(number, "")) for number, title in syllabus()[name]["items"].items()]
    return ConceptIndex(tuple(rows))


def taught(notebook: dict) -> dict[str, str]:
    """Which section of a notebook teaches which item: number -> heading above the first cell that is tagged with it."""
    found, section = {}, ""
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and source.startswith("#"):
            section = source.splitlines()[0].lstrip("# ").strip()
        for number in cell["metadata"].get("syllabus", []):
            found.setdefault(number, section)
    return found


class ConceptIndex:
    """A table from items to sections; a list of links in a notebook, plain lines elsewhere."""

    def __init__(self, rows: tuple[tuple[str, str, str, str], ...]):
        self.rows = rows  # (number, item, chapter, section)

    def __repr__(self) -> str:
        return "\n".join(f"{number:5} {item}" for number, item, *_ in self.rows)

    def _repr_markdown_(self) -> str:
        lines = (
            f"| {number} | {item} | [{section}]({chapter}.ipynb#{section.replace(' ', '-')}) |"
            for number, item, chapter, section in self.rows
        )
        return "| | Concept | Where |\n|---|:---|:---|\n" + "\n".join(lines)
