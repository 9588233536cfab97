import json

import jax.numpy as jnp
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from nnlib.live import Arrow, Bars, Curves, Line, Matrix, Note, Path, Plane, film
from nnlib.live.controls import Handle
from nnlib.live.still import figure
from nnlib.live.wire import arrange, pack

X, Y = np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([0, 1])


def decode(reference, buffers):
    body, kind = buffers[reference["b"]], {"f4": "<f4", "u2": "<u2", "i4": "<i4"}[reference["dtype"]]
    array = np.frombuffer(body, kind).reshape(reference["shape"])
    return reference["lo"] + (reference["hi"] - reference["lo"]) * array / 65535 if kind == "<u2" else array


def test_a_field_crosses_the_wire_to_a_ten_thousandth():
    field = np.random.default_rng(0).uniform(0, 1, (7, 5))
    header, buffers = pack(*arrange(Plane(field)))
    sent = header["views"][0][0]["field"]
    np.testing.assert_allclose(decode(sent, buffers), field, atol=1e-4)


def test_a_film_keeps_its_time_axis_and_its_words_are_of_the_last_frame():
    view = Plane(film(np.stack([np.zeros((4, 4)), np.ones((4, 4))])))
    sent = pack(*arrange(view))[0]["views"][0][0]["field"]
    assert sent["film"] and sent["shape"] == [2, 4, 4] and "100 % of the plane orange" in view.words()


def test_columns_stacks_and_notes():
    curves, bars = Curves(a=[1, 2]), Bars(["x"], [1.0])
    columns, notes = arrange((Plane(), [curves, bars, Note("inside")], Note("below")))
    assert [len(stack) for stack in columns] == [1, 3] and [n.text for n in notes] == ["below"]


def test_a_note_of_a_film_says_something_else_at_each_moment():
    note = Note("two in the end", moments=("one", "two"))
    header, _ = pack(*arrange((Curves(a=[1, 2]), note, Note("always"))))
    assert header["notes"] == [["one", "two"], "always"] and header["words"].endswith("two in the end always")


@pytest.mark.parametrize("make, says", [
    (lambda: Plane(np.zeros(3)), "Plane.field: expected shape (any, any), got (3,)"),
    (lambda: Plane(points=(X, [0])), "expected y of shape (2,)"),
    (lambda: Plane(bounds=(1, 0, 0, 1)), "left < right"),
    (lambda: Plane(bounds=((0, 1), (0, 1))), "(left, right, bottom, top)"),
    (lambda: Curves(), "at least one series"),
    (lambda: Curves(a=np.zeros((2, 2))), "Curves, a: expected shape (any,), got (2, 2)"),
    (lambda: Bars(["a"], [1.0, 2.0]), "Bars.values: expected shape (1,), got (2,)"),
    (lambda: Bars(["a"], [1.0], colors=["blue", "teal"]), "Bars: expected 1 colors, one for each bar, got 2"),
    (lambda: Matrix(np.zeros((2, 3)), rows=["only one"]), "expected 2 rows, got 1 names"),
    (lambda: Matrix(np.eye(2), meets={"W": "row k"}), "Matrix.meets['W']: expected one of row i, row j,"),
    (lambda: Matrix(np.eye(2), says=[["a", "b"]]), "expected 2 rows of 2 sentences, got rows of [2]"),
    (lambda: Matrix(np.eye(2), at=(0, 2)), "expected (row, column) in a table of shape (2, 2), got (0, 2)"),
    (lambda: Note("x", tone="loud"), "expected a tone of plain, good or bad"),
    (lambda: film(3.0), "expected an array (T, ...)"),
    (lambda: Plane(points=([[0, 0], [1, 1]], [-1, 1])), "classes 0, 1 or 2, got [-1] too; labels -1 and 1 become"),
    (lambda: Line([1, 2, 3]), "Line.w: expected shape (2,), got (3,)"),
    (lambda: Line([1, 2], [3]), "Line.b: expected shape (), got (1,)"),
    (lambda: Arrow([1, 2], [3]), "Arrow.end: expected shape (2,), got (1,)"),
    (lambda: Path([1, 2]), "Path.xy: expected shape (any, 2), got (2,)"),
    (lambda: Line([1, 2], color="red"), "Line.color: expected one of ink, blue, orange, "),
    (lambda: Arrow([1, 2], [3, 4], color="red"), "got 'red'; these are seen on any page"),
    (lambda: Path([[1, 2]], color="red"), "Path.color: expected one of"),
    (lambda: Curves(a=[1.0], colors={"a": "red"}), "Curves.colors: expected one of"),
    (lambda: Bars(["a"], [1.0], colors=["red"]), "Bars.colors: expected one of"),
])  # fmt: skip
def test_bad_views_say_what_was_expected(make, says):
    with pytest.raises((ValueError, TypeError)) as error:
        make()
    assert says in str(error.value)


EVERY = [
    Plane(np.linspace(0, 1, 12).reshape(3, 4), (X, Y), ring=[1], title="plane"),
    Plane(lines=[Line([1.0, 1.0], -1.0, "border", normal=True)], arrows=[Arrow([0, 0], [0.5, 0.5], "w")],
          paths=[Path(X, "way", "blue")], labels=[(0, 0, "here")], bounds=(-1, 1, -1, 1)),
    Plane(film(np.random.default_rng(0).uniform(0, 1, (3, 4, 4)))),
    Curves(loss=jnp.array([3.0, 2.0, jnp.nan, 1.0]), other=([0, 2], [1.0, 2.0]), thin=["other"], log=True),
    Curves(y=film(np.random.default_rng(0).uniform(0, 1, (3, 5)))),
    Matrix(np.eye(2), title="A", meets={"B": "row i"}, says=[["a", "b"]] * 2, at=(0, 1)),
    Bars(["a", "b"], [1.0, -2.0]), Matrix(np.eye(2), rows=["r", "s"], columns=["u", "v"]), Note("said", "good"),
]  # fmt: skip


@pytest.mark.parametrize("view", EVERY, ids=lambda v: type(v).__name__)
def test_every_view_has_a_picture_words_and_a_wire_form(view):
    header, buffers = pack(*arrange((view,) if isinstance(view, Note) else view))
    json.dumps(header)
    assert view.words() and all(isinstance(b, bytes) for b in buffers)
    drawn = figure(((view,),))
    canvas = FigureCanvasAgg(drawn)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[..., :3]
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 3, "the still is blank"


def test_a_table_has_no_minus_before_a_nought():
    assert Matrix([[-0.04, -0.06, -0.0]], digits=1).texts() == [["0.0", "-0.1", "0.0"]]


def test_a_table_has_decimals_for_each_column():
    table = Matrix([[0.0, -0.5], [1.0, 1.5]], digits=(0, 1))
    assert table.texts() == [["0", "-0.5"], ["1", "1.5"]]
    with pytest.raises(ValueError, match="digits for 2 columns, got 3"):
        Matrix([[0.0, 1.0]], digits=(0, 1, 2))


def test_an_entry_lights_the_entries_that_it_is_made_from():
    """dL/dX = dL/dZ W^T: entry (1, 0) meets row 1 of dL/dZ and row 0 of W, and nothing of a table without that name."""
    result = Matrix(
        np.eye(2), title="dL/dX", meets={"dZ": "row i", "W": "row j"}, says=[["a", "b"], ["c", "d"]], at=(1, 0)
    )
    weights, delta, other = Matrix(np.ones((2, 3)), title="W"), Matrix(np.ones((2, 3)), name="dZ"), Matrix(np.eye(2))
    views = [result, weights, delta, other]
    assert np.argwhere(result.lit(views)).tolist() == [[1, 0]]
    assert weights.lit(views).tolist() == [[True] * 3, [False] * 3]
    assert delta.lit(views).tolist() == [[False] * 3, [True] * 3]
    assert other.lit(views) is None and weights.lit([weights, delta]) is None
    assert result.words().endswith("c") and result.wire(lambda *_: {})["name"] == "dL/dX"


@pytest.mark.parametrize("rule, lit", [
    ("row i", [[0, 0, 0], [1, 1, 1], [0, 0, 0]]), ("row j", [[0, 0, 0], [0, 0, 0], [1, 1, 1]]),
    ("column i", [[0, 1, 0]] * 3), ("column j", [[0, 0, 1]] * 3),
    ("entry", [[0, 0, 0], [0, 0, 1], [0, 0, 0]]), ("all", [[1, 1, 1]] * 3),
])  # fmt: skip
def test_every_rule_of_meeting(rule, lit):
    table = Matrix(np.zeros((3, 3)), name="A")
    assert table.lit([Matrix(np.zeros((2, 3)), meets={"A": rule}, at=(1, 2)), table]).astype(int).tolist() == lit


def test_a_table_without_lights_is_drawn_as_before():
    plain, named = Matrix(np.eye(2)), Matrix(np.eye(2), name="A", meets={"B": "all"})
    assert len(figure(((plain,),)).axes[0].patches) == len(figure(((named,),)).axes[0].patches)


def test_a_series_whose_name_begins_with_an_underscore_is_not_named():
    curves = Curves(loss=[2.0, 1.0], _here=([1.0], [1.0]))
    assert curves.words() == "Curves: loss from 2 to 1."
    assert [series["label"] for series in curves.wire(lambda *_: {})["series"]] == ["loss", ""]


def test_points_are_counted_by_class():
    def said(*y):
        return Plane(points=(np.zeros((len(y), 2)), np.array(y, int))).words()

    assert said(1, 1) == "Plane: 2 orange circles." and said() == "Plane: no points."
    assert said(0, 0, 1, 2) == "Plane: 2 blue squares and 1 orange circle and 1 teal triangle."


@pytest.mark.parametrize("bounds, inches", [((0, 1, 0, 1), 3.75), ((0, 2, 0, 1), 4.65), ((0, 9, 0, 1), 3.75)])
def test_a_plane_alone_has_the_height_that_fills_the_width(bounds, inches):
    """8.4 inches wide; a square would be taller than a page likes, a strip is never lower than other planes."""
    assert figure(((Plane(bounds=bounds),),)).get_figheight() == pytest.approx(inches)


@pytest.mark.parametrize("curves, says", [
    (Curves(_run=[4.0, 2.0], _here=([1], [2.0]), title="this run"), "this run: run from 4 to 2, here 2."),
    (Curves(a=[4.0, 2.0], b=[3.0]), "Curves: a from 4 to 2, b 3."),
    (Curves(a=[np.nan, np.nan], b=[np.nan, np.nan], c=[1.0, 2.0]), "Curves: c from 1 to 2, a and b are not a number."),
    (Curves(_run=[np.nan, np.nan], _here=([1.0], [np.nan])), "Curves: run is not a number."),
    (Curves(_nobody=[1.0], thin=["_nobody"]), "Curves: nothing."),
    (Curves(a=[1.0, np.nan, 3.0, np.nan]), "Curves: a from 1 to 3, not a number from step 3 on."),
    (Curves(a=[1.0, 2.0, np.inf]), "Curves: a from 1 to 2, infinite from step 2 on."),
    (Curves(_m=([1, 2, 3], [1.0, 0.5, np.nan]), xlabel="dimension"),
     "Curves: m from 1 to 0.5, not a number from dimension 3 on."),
])  # fmt: skip
def test_words_of_curves_have_no_gaps(curves, says):
    assert curves.words() == says


@pytest.mark.parametrize("name, says", [("start", "start at 1, 2"), ("at", "at 1, 2"), ("", "handle at 1, 2")])
def test_a_handle_is_named_once(name, says):
    assert Plane(handles=[Handle(1.0, 2.0, name)]).words() == f"Plane: {says}."


def test_words_of_bars_leave_out_what_has_none():
    assert Bars(["a", "b"], [1.0, np.nan]).words() == "Bars: a 1."
    assert Bars(["a"], [np.nan]).words() == "Bars: no numbers."


def test_words_of_a_logarithmic_axis_end_where_it_ends():
    below = Curves(a=[1.0, 1e-30], log=True, ylim=(1e-10, 1.0))
    assert "a from 1 to below 1e-10" in below.words()
    assert "a from 1 to 1e-30" in Curves(a=[1.0, 1e-30], log=True).words()
