"""Every chapter teaches what the syllabus lists, each item in one section."""

import json
from pathlib import Path

import pytest

from nnlib.course.syllabus import concept_index, syllabus, taught

FOLDER = Path(__file__).parents[2] / "notebooks"
CHAPTERS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.ipynb"))}


def tagged(notebook, kind):
    return [name for cell in notebook["cells"] for name in cell["metadata"].get(kind, [])]


def test_every_chapter_is_in_the_syllabus_and_the_other_way_round():
    assert list(CHAPTERS) == list(syllabus())


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_item_is_taught_in_one_section(name):
    notebook, items = CHAPTERS[name], syllabus()[name]["items"]
    assert list(taught(notebook)) == list(items)
    homes = {}
    section = ""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and "".join(cell["source"]).startswith("## "):
            section = cell["source"][0]
        for number in cell["metadata"].get("syllabus", []):
            homes.setdefault(number, set()).add(section)
    assert {n: len(sections) for n, sections in homes.items()} == dict.fromkeys(items, 1)


@pytest.mark.parametrize("name", CHAPTERS)
@pytest.mark.parametrize("kind", ["slips", "live", "exercises"])
def test_slips_views_and_exercises_are_all_there_once(name, kind):
    assert sorted(tagged(CHAPTERS[name], kind)) == sorted(syllabus()[name][kind])


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_live_piece_is_stored_as_a_picture_and_a_sentence(name):
    for cell in CHAPTERS[name]["cells"]:
        if "live" not in cell["metadata"]:
            continue
        data = [output.get("data", {}) for output in cell["outputs"]]
        assert any("image/png" in d and len("".join(d.get("text/plain", ""))) > 20 for d in data), cell["id"]


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_title_is_the_syllabus_title(name):
    assert CHAPTERS[name]["cells"][0]["source"][0].strip() == f"# {syllabus()[name]['title']}"


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_shape_of_a_chapter(name):
    """Short cells, the plumbing in the library, prose in portions."""
    cells = CHAPTERS[name]["cells"]
    code = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    lengths = sorted(len(source.splitlines()) for source in code)
    assert lengths[-1] <= 15 and lengths[len(lengths) // 2] <= 8
    assert not [line for source in code for line in source.splitlines() if len(line) > 100]
    assert "import *" not in "".join(code)
    words = [len("".join(c["source"]).split()) for c in cells if c["cell_type"] == "markdown"]
    assert max(words) <= 200


def test_the_index_leads_to_every_item(tmp_path):
    index = concept_index(FOLDER)
    assert [row[0] for row in index.rows] == [n for chapter in syllabus().values() for n in chapter["items"]]
    assert all(section for *_, section in index.rows)
    assert index._repr_markdown_().count("\n") == len(index.rows) + 1
    with pytest.raises(FileNotFoundError, match="expected the course's notebooks"):
        concept_index(tmp_path)
