"""Every kind of control, in depth: by pointer with subshells, by keyboard without, and from inside the page."""

import json
import re

import pytest

from nnlib.live.controls import CONTROLS
from nnlib.live.views import VIEWS

from .conftest import BOTH, GALLERY
from .controls import ACTIONS
from .drive import drive
from .storm import storm
from .sweep import BY_HAND, reach, sweep

pytestmark = pytest.mark.browser
CELLS = [(c["metadata"], "".join(c["source"])) for c in json.loads(GALLERY.read_text("utf-8"))["cells"]]
DEFINED = {re.search(r"^def (\w+)", s, re.M)[1]: m.get("tags", []) for m, s in CELLS if "@live" in s}
NAMES = [name.replace("_", " ") for name, tags in DEFINED.items() if "goes-wrong" not in tags]


def here(kinds) -> set[str]:
    """The kinds that the library has."""
    return {kind.name for kind in kinds if kind.cls.__module__.startswith("nnlib.")}


@pytest.fixture
def pieces(gallery):
    """Those that are well, each once."""
    return [piece for piece in gallery.distinct if piece.name in NAMES]


def test_every_kind_of_view_and_control_is_here(pieces):
    shown = {view for p in pieces for view in p.root.evaluate(SHOWN)} | {"note"}
    assert here(VIEWS) == shown
    held = {control.kind for piece in pieces for control in piece.controls}
    assert here(CONTROLS) == held | {"widget"} == set(ACTIONS) | {"widget"}


SHOWN = "root => [...root.querySelectorAll('[data-view]')].map(view => view.dataset.view)"


@pytest.mark.parametrize(("desk", "hand"), [
    ("subshells", "pointer"), ("no-subshells", "keyboard"), ("subshells", "sweep"),
    pytest.param("no-subshells", "pointer", marks=pytest.mark.hands),
    pytest.param("subshells", "keyboard", marks=pytest.mark.hands),
], indirect=["desk"])  # fmt: skip
def test_every_control_answers(gallery, hand, request, record_property):
    gallery.run_all()  # anew: a guess can be made once
    pieces = request.getfixturevalue("pieces")
    cells, runs, ends, driven = gallery.cells(), gallery.executions(), gallery.ends(), []
    for piece in pieces:
        moved = sweep(gallery, piece, ends[piece.name]) if hand == "sweep" else drive(gallery, piece, hand)
        driven += moved
        assert set(moved) == {c.name for c in piece.controls if hand != "sweep" or c.kind not in BY_HAND}
    record_property("said", f"gallery: {len(driven)} controls driven, by {hand}")
    assert gallery.cells() == cells and gallery.executions() == runs
    assert not gallery.complaints, gallery.complaints


def test_tab_reaches_every_control(gallery, request):
    gallery.run_all()  # anew, for the question that is asked before a guess
    for piece in request.getfixturevalue("pieces"):
        reached = reach(piece)
        assert reached or not piece.controls, piece.name


@BOTH
def test_a_storm(gallery, pieces, record_property):
    record_property("said", f"gallery: {storm(gallery, 100, seed=1, pieces=pieces)}")
    assert not gallery.complaints, gallery.complaints
