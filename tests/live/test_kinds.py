"""A class of views or controls registers itself; its files lie beside it, and a kind is one class."""

import sys
from dataclasses import dataclass

import pytest

from nnlib.live import Note, live
from nnlib.live.controls import CONTROLS, Control, Toggle
from nnlib.live.kinds import Kinds
from nnlib.live.views import VIEWS, View
from nnlib.live.wire import arrange, pack


@pytest.fixture(autouse=True)
def as_before():
    """What a test registers is forgotten after it."""
    kept = {kinds: dict(kinds._kinds) for kinds in (VIEWS, CONTROLS)}
    yield
    for kinds, before in kept.items():
        kinds._kinds = before


def test_every_kind_that_is_here_has_its_files():
    assert [k.name for k in VIEWS if k.folder.name in ("views", k.name)] == [k.name for k in VIEWS]
    assert all(VIEWS.front_end(kind.cls).name == f"{kind.name}.js" for kind in VIEWS)
    assert {"plane", "network_maps", "note"} <= {kind.name for kind in VIEWS}
    alone = [kind for kind in CONTROLS if kind.cls.place not in ("view", "outside")]
    assert all(CONTROLS.front_end(kind.cls).name == f"{kind.name}.js" for kind in alone)
    assert {"slider", "handle", "player"} <= {kind.name for kind in alone}


def test_a_class_is_of_the_kind_that_its_name_or_its_body_says():
    made = Kinds("view")
    for name, body in (("TwoWords", {}), ("Own", {"kind": "other"})):
        made.add(type(name, (), body))
    assert [kind.name for kind in made] == ["two_words", "other"]


def test_two_classes_of_one_kind_are_told_apart():
    with pytest.raises(
        TypeError, match=r"expected one view of the kind 'note', got nnlib.live.views.note.Note and .*Mine"
    ):

        class Mine(View):
            kind = "note"


def test_two_controls_of_one_kind_are_told_apart():
    with pytest.raises(TypeError, match="expected one control of the kind 'slider'"):
        type("Slider", (Control,), {})

    class Quiet(Toggle):
        kind = "toggle"

    assert CONTROLS.front_end(Quiet) == CONTROLS.front_end(Toggle)


def test_a_control_that_nothing_draws_says_where_it_was_looked_for():
    class Unseen(Control):
        value = 0

    with pytest.raises(FileNotFoundError, match=r"Unseen: expected what draws this control in .*unseen.js"):
        live(a=Unseen())(lambda a: Note(str(a)))._repr_mimebundle_()


def test_a_class_may_be_defined_anew_or_be_drawn_as_its_base():
    def cell():
        class Again(View):
            pass

        return Again

    first, second = cell(), cell()
    assert [kind.cls for kind in VIEWS if kind.name == "again"] == [second] != [first]

    class Loud(Note):
        kind = "note"

    assert VIEWS.front_end(Loud) == VIEWS.front_end(Note)
    assert pack(*arrange(([Loud("hello")],)))[0]["views"][0][0]["kind"] == "note"


def test_a_view_that_nothing_draws_says_where_it_was_looked_for():
    @dataclass(frozen=True, eq=False)
    class Unseen(View):
        def words(self):
            return "unseen."

    with pytest.raises(
        FileNotFoundError, match=r"Unseen: expected what draws this view in .*unseen.js, got no such file"
    ):
        pack(*arrange(Unseen()))


def test_a_class_of_a_notebook_has_its_files_where_the_notebook_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delattr(sys.modules["__main__"], "__file__", raising=False)
    (tmp_path / "gauge.js").write_text("export default class Gauge {}\n")
    gauge = type("Gauge", (View,), {"__module__": "__main__"})
    assert VIEWS.front_end(gauge) == tmp_path / "gauge.js"
