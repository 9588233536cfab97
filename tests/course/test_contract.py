"""What every chapter must do: teach what the syllabus lists, have the rooms of a chapter, and lean on no other."""

import json
import re
import subprocess
import sys
from importlib import import_module, util
from pathlib import Path

import pytest

from nnlib.course.exercises import exercises
from nnlib.course.syllabus import concept_index, package, syllabus, taught
from nnlib.live import Live, Note
from tests.test_floors import imported

ROOT = Path(__file__).parents[2]
FOLDER, COURSE = ROOT / "notebooks", ROOT / "nnlib" / "course"
CHAPTERS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.ipynb"))}
SHARED = {"common", "syllabus"}  # what every chapter may import of nnlib.course


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


# --- the rooms -----------------------------------------------------------------------------------------------------


def code(name):
    return "\n".join("".join(c["source"]) for c in CHAPTERS[name]["cells"] if c["cell_type"] == "code")


def of_the_course(path):
    """What a module imports of nnlib.course: the first name behind it."""
    return {name.split(".")[2] for name in imported(path) if name.startswith("nnlib.course.")}


def test_the_packages_are_the_chapters():
    packages = {path.parent.name for path in COURSE.glob("*/__init__.py")}
    assert packages == {package(name).rpartition(".")[2] for name in CHAPTERS} | {"common"}


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_leans_on_no_other(name, tmp_path):
    own = package(name).rpartition(".")[2]
    for path in (COURSE / own).rglob("*.py"):
        assert of_the_course(path) <= SHARED | {own}, path.relative_to(COURSE)
    cells = tmp_path / "cells.py"
    cells.write_text(code(name))
    assert of_the_course(cells) <= SHARED | {own, "check", "hint", "solution"}


def test_what_is_shared_knows_no_chapter():
    for path in (COURSE / "common").rglob("*.py"):
        assert of_the_course(path) <= {"common"}, path.name


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_rooms_of_a_chapter(name):
    """Each has figures and exercises; a name is exported by one module of a room, and is not the name of a module."""
    rooms = {"figures", "exercises", "questions"}
    there = {room for room in rooms if util.find_spec(f"{package(name)}.{room}")}
    assert {"figures", "exercises"} <= there and ("questions" in there) == ("questions." in code(name))
    folder = COURSE / package(name).rpartition(".")[2] / "figures"
    modules = re.findall(r"^from \.(\w+) import \*$", (folder / "__init__.py").read_text("utf-8"), re.M)
    each_exports = [import_module(f"{package(name)}.figures.{module}").__all__ for module in modules]
    exported = [each for names in each_exports for each in names]
    used = set(re.findall(r"\bfigures\.(\w+)", code(name)))
    assert used <= set(exported) and all(used & set(names) for names in each_exports), "a module that no cell uses"
    assert len(exported) == len(set(exported)), "two modules export one name"
    assert not set(exported) & {path.stem for path in folder.iterdir()}, "a module has the name of what one exports"


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_question_is_asked(name):
    if used := set(re.findall(r"\bquestions\.(\w+)", code(name))):
        assert used == set(import_module(f"{package(name)}.questions").__all__)


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_exercise_is_where_the_syllabus_says(name):
    made = import_module(f"{package(name)}.exercises").EXERCISES
    assert [exercise.name for exercise in made] == list(exercises(name)) == syllabus()[name]["exercises"]


@pytest.mark.parametrize("name", [name for name in CHAPTERS if "questions." in code(name)])
def test_a_question_answers_every_option_and_one_of_them_is_right(name):
    questions = import_module(f"{package(name)}.questions")
    for each in (getattr(questions, one) for one in questions.__all__):
        (notes,) = each()
        (guess,) = each.controls.values()
        assert isinstance(each, Live) and all(isinstance(note, Note) for note in notes)
        assert sorted(note.title for note in notes) == sorted(guess.options)
        assert [note.tone for note in notes].count("good") == 1


def test_a_check_imports_one_chapter():
    program = """
import sys
from nnlib.course import check
def downhill(w, eta): return w - eta * 2 * w
assert check(downhill).right
print(sorted({name.split(".")[2] for name in sys.modules if name.startswith("nnlib.course.")}))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "['common', 'exercises', 'start_here', 'syllabus']", done.stderr
