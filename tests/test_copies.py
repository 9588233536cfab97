"""The learner's copies: never overwritten once changed, never old while unchanged."""

import json

import pytest

from tools import copies
from tools.console import Trouble
from tools.paths import Course

NAME = "01_perceptron.ipynb"


def notebook(source, outputs=()):
    cell = {"cell_type": "code", "source": [source], "outputs": list(outputs), "metadata": {}, "id": "a"}
    return json.dumps({"cells": [cell | {"execution_count": None}], "metadata": {}})


@pytest.fixture
def course(tmp_path):
    made = Course(root=tmp_path)
    made.notebooks.mkdir()
    (made.notebooks / "00_start_here.ipynb").write_text(notebook("0"))
    (made.notebooks / NAME).write_text(notebook("old"))
    copies.refresh(made)
    return made


def original(course, text):
    (course.notebooks / NAME).write_text(text)


def copy(course):
    return course.work / NAME


def test_everything_is_copied_at_first(course):
    assert copy(course).read_text() == notebook("old")
    assert (course.work / "00_start_here.ipynb").exists()


def test_a_picture_beside_the_notebooks_comes_too(course):
    (course.notebooks / "pictures").mkdir()
    (course.notebooks / "pictures" / "neuron.png").write_bytes(b"png")
    (course.notebooks / ".ipynb_checkpoints").mkdir()
    (course.notebooks / ".ipynb_checkpoints" / "x.ipynb").write_text("{}")
    copies.refresh(course)
    assert (course.work / "pictures" / "neuron.png").read_bytes() == b"png"
    assert not (course.work / ".ipynb_checkpoints").exists()


def test_an_unchanged_copy_is_brought_up_to_date(course):
    original(course, notebook("new"))
    assert copies.refresh(course) == []
    assert copy(course).read_text() == notebook("new")


def test_a_copy_that_was_only_run_is_unchanged(course):
    ran = notebook("old", [{"output_type": "stream", "text": "42"}])
    copy(course).write_text(ran)
    copies.refresh(course)
    assert copy(course).read_text() == ran  # nothing newer: what it shows stays
    original(course, notebook("new"))
    assert copies.refresh(course) == [] and copy(course).read_text() == notebook("new")


def test_new_outputs_alone_are_an_update_too(course):
    original(course, notebook("old", [{"output_type": "stream", "text": "43"}]))
    copies.refresh(course)
    assert "43" in copy(course).read_text()


@pytest.mark.parametrize("mine", [notebook("mine"), "not json at all", "{}", ""])
def test_a_changed_copy_is_kept_through_every_update(course, mine):
    copy(course).write_text(mine)
    assert copies.refresh(course) == []  # nothing newer, so nothing to say
    for version in ("new", "newer"):
        original(course, notebook(version))
        assert [name.name for name in copies.refresh(course)] == [NAME]
        assert copy(course).read_text() == mine


def test_a_changed_copy_is_kept_without_its_manifest(course):
    copy(course).write_text(notebook("mine"))
    (course.work / copies.MANIFEST).write_text("{ half")
    copies.refresh(course)
    assert copy(course).read_text() == notebook("mine")


def test_a_deleted_copy_comes_back(course):
    copy(course).unlink()
    copies.refresh(course)
    assert copy(course).exists()


@pytest.mark.parametrize("chapter", ["1", "01", "01_perc"])
def test_fresh_keeps_the_learners_own_beside(course, chapter):
    for number, mine in enumerate(["first", "second"], start=1):
        copy(course).write_text(notebook(mine))
        placed, moved = copies.fresh(course, chapter)
        assert placed == copy(course) and placed.read_text() == notebook("old")
        assert moved.name == f"01_perceptron_mine_{number}.ipynb" and moved.read_text() == notebook(mine)
    original(course, notebook("new"))
    assert copies.refresh(course) == [] and copy(course).read_text() == notebook("new")


def test_fresh_of_an_untouched_copy_moves_nothing(course):
    assert copies.fresh(course, "01") == (copy(course), None)


@pytest.mark.parametrize("chapter", ["7", "0_", "perceptron", ""])
def test_a_chapter_that_is_not_there_is_named_with_those_that_are(course, chapter):
    with pytest.raises(Trouble, match="choose from 00_start_here, 01_perceptron"):
        copies.fresh(course, chapter)
