"""Notebooks are stored executed, in order, without what belongs to one machine or one kernel."""

import copy

import pytest

from tools import stored
from tools.paths import ROOT

CHAPTERS = sorted((ROOT / "notebooks").glob("*.ipynb"))
STILL = {"text/plain": ["Live"], "image/png": "iVBORw0KGgo="}
GOOD = {
    "cells": [
        {
            "cell_type": "code",
            "id": "a",
            "execution_count": 1,
            "metadata": {},
            "source": ["piece"],
            "outputs": [{"output_type": "display_data", "data": STILL, "metadata": {}}],
        }
    ],
    "metadata": {"kernelspec": stored.KERNEL, "language_info": {"name": "python"}},
}


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.name)
def test_each_chapter_is_stored_well(path):
    assert stored.problems(stored.read(path)) == [], "run python course.py notebooks"


def harmed(**changes):
    """A good notebook with its cell changed."""
    notebook = copy.deepcopy(GOOD)
    notebook["cells"][0] |= changes
    return notebook


def stream(name, text):
    return [{"output_type": "stream", "name": name, "text": [text]}]


def test_a_good_notebook_has_no_problem():
    assert stored.problems(GOOD) == []
    assert stored.problems(harmed(outputs=stream("stdout", "1/2, a/tmp and 3 / 4\n"))) == []


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"execution_count": 3}, "in order"),
        ({"execution_count": None}, "in order"),
        ({"metadata": {"execution": {"iopub.status.busy": "2026"}}}, "normalised"),
        ({"outputs": stream("stderr", "UserWarning: careful")}, "warning"),
        ({"outputs": stream("stdout", "see /home/ada/x.py")}, "path"),
        ({"outputs": stream("stdout", r"see C:\Users\ada")}, "path"),
        ({"outputs": [{"output_type": "error", "ename": "ValueError", "traceback": []}]}, "error"),
        ({"id": ""}, "no id"),
    ],
)
def test_what_is_not_to_be_stored_is_named(changes, word):
    assert any(word in problem for problem in stored.problems(harmed(**changes)))


def test_an_error_shown_on_purpose_may_stay():
    shown = {"output_type": "error", "ename": "ValueError", "traceback": []}
    assert stored.problems(harmed(outputs=[shown], metadata={"tags": ["raises-exception"]})) == []


def test_normalising_takes_out_the_kernels_part_and_keeps_the_still():
    live = copy.deepcopy(GOOD)
    live["metadata"] |= {"widgets": {"state": {}}, "kernelspec": {"name": "mine"}}
    live["metadata"]["language_info"]["version"] = "3.13.0"
    live["cells"][0]["metadata"]["execution"] = {"time": "now"}
    live["cells"][0]["outputs"][0]["data"] = STILL | {stored.WIDGET: {"model_id": "1"}}
    assert stored.problems(live)
    assert stored.normalise(live) == GOOD


def test_writing_and_reading_give_the_same_text(tmp_path):
    path = tmp_path / "x.ipynb"
    stored.write(path, GOOD)
    assert stored.read(path) == GOOD and path.read_bytes().endswith(b"}\n") and b"\r" not in path.read_bytes()


def test_what_was_printed_in_several_goes_stands_in_one_piece():
    printed = [{"output_type": "stream", "name": "stdout", "text": text} for text in (["a\n", "b"], "c\n", ["d\n"])]
    notebook = {"metadata": {}, "cells": [{"cell_type": "code", "metadata": {}, "outputs": printed}]}
    (output,) = stored.normalise(notebook)["cells"][0]["outputs"]
    assert output["text"] == ["a\n", "bc\n", "d\n"]
