"""A map of numbers as colours: its scale, its axes, what it says; and the cell that is chosen on it."""

import json

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from nnlib.live import Cell, HeatMap, cell, film, live
from nnlib.live.still import figure
from nnlib.live.views.heat_map.scale import scale
from nnlib.live.views.heat_map.ticks import number, ticks
from nnlib.live.wire import arrange, pack

GRID = np.arange(6.0).reshape(2, 3)
NOTHING = np.full((2, 3), np.nan)


@pytest.mark.parametrize("make, says", [
    (lambda: HeatMap(np.zeros(3)), "HeatMap.values: expected shape (any, any), got (3,)"),
    (lambda: HeatMap(np.zeros((2, 257))), "expected 1 to 256 rows and columns, got (2, 257); take means"),
    (lambda: HeatMap(np.zeros((0, 3))), "expected 1 to 256 rows and columns, got (0, 3)"),
    (lambda: HeatMap(GRID, rows=[1, 2, 3]), "HeatMap.rows: expected 2 numbers or words, one for each row, got 3; give"),
    (lambda: HeatMap(GRID, columns=["a"]), "HeatMap.columns: expected 3 numbers or words, one for each column, got 1"),
    (lambda: HeatMap(GRID, rows=[0.0, np.nan]), "HeatMap.rows: expected finite numbers, got [0.0, nan]; name"),
    (lambda: HeatMap(GRID, range=(1, 0)), "HeatMap.range: expected (low, high) with low < high, got (1, 0); swap"),
    (lambda: HeatMap(GRID, range=(0, np.inf)), "HeatMap.range: expected (low, high) with low < high, got (0, inf)"),
    (lambda: HeatMap(GRID, range=(0, 1, 2)), "HeatMap.range: expected (low, high) with low < high, got (0, 1, 2)"),
    (lambda: HeatMap(GRID, range=(0, 1), middle=2), "HeatMap.middle: expected a number between the ends of the range"),
    (lambda: HeatMap(GRID, range=(-1, 1), log=True), "expected a range and a middle above 0 for log=True, got (-1.0, "),
    (lambda: HeatMap(GRID, middle=0, log=True), "expected a range and a middle above 0 for log=True"),
    (lambda: HeatMap(-GRID, log=True), "HeatMap.values: expected at least one number above 0, got none; give range"),
    (lambda: HeatMap(NOTHING), "HeatMap.values: expected at least one finite number, got none; give range="),
    (lambda: HeatMap(GRID, origin="left"), "HeatMap.origin: expected one of 'top', 'bottom', got 'left'"),
    (lambda: HeatMap(GRID, guide="all"), "HeatMap.guide: expected one of '', 'row', 'column', 'both', got 'all'"),
    (lambda: HeatMap(GRID, cell=(2, 0)), "HeatMap.cell: expected (row, column) in a map of shape (2, 3), got (2, 0);"),
    (lambda: HeatMap(GRID, labels=[(0, 3, "x")]), "HeatMap.labels: expected (row, column) in a map of shape (2, 3)"),
    (lambda: cell(0, 3, of=(2, 3)), "cell: expected (row, column) from (0, 0) to (1, 2), got (0, 3); count from 0"),
    (lambda: cell(0.5, 0, of=(2, 3)), "cell: expected (row, column) from (0, 0) to (1, 2), got (0.5, 0)"),
    (lambda: cell(0, 0, of=(0, 3)), "cell: expected of=(rows, columns), each at least 1, got (0, 3)"),
])  # fmt: skip
def test_what_does_not_fit_says_what_was_expected(make, says):
    with pytest.raises(ValueError) as error:
        make()
    assert says in str(error.value)


@pytest.mark.parametrize("given, kind, texts", [
    (None, "linear", ("0", "1", "2")),
    ([0.5, 1.0, 1.5], "linear", ("0.5", "1", "1.5")),
    (np.logspace(-2, 0, 3, dtype=np.float32), "log", ("0.01", "0.1", "1")),
    ([1, 2, 8], "words", ("1", "2", "8")),
    ([-10, 0, 10], "linear", ("−10", "0", "10")),
    ([3, 3, 3], "words", ("3", "3", "3")),
    ([1.00001, 1.00002, 1.00003], "linear", ("1.00001", "1.00002", "1.00003")),
    (["a", "b", 3], "words", ("a", "b", "3")),
])  # fmt: skip
def test_equal_distances_or_ratios_make_an_axis_and_all_else_is_words(given, kind, texts):
    made = ticks(given, 3, "x", "column")
    assert (made.kind, made.texts) == (kind, texts)
    assert ticks([7], 1, "x", "row").kind == "words"


def test_the_scale_runs_from_low_by_way_of_the_middle_to_high():
    np.testing.assert_allclose(scale(GRID, None, None, False).shares(GRID), GRID / 5)
    signed = scale(GRID, None, 2.0, False)
    assert (signed.low, signed.high) == (-1.0, 5.0)
    assert signed.shares(np.array([-9.0, 2.0, np.inf])).tolist() == [0, 0.5, 1]
    given = scale(GRID, (0, 4), 1, False)
    assert given.shares(np.array([0.5, 1, 2.5])).tolist() == [0.25, 0.5, 0.75]
    assert (given.below, given.above) == (False, True)
    assert np.isnan(given.shares(np.array([np.nan]))).all()
    powers = scale(np.array([[0.0, 1e-4, 1.0]]), None, None, True)
    assert powers.shares(np.array([0, 1e-4, 1e-2, 1.0])).tolist() == pytest.approx([0, 0, 0.5, 1])


def test_all_moments_of_a_film_share_one_scale_and_one_number_alone_has_one():
    moving = HeatMap(film([GRID, 3 * GRID]))
    assert (moving.scale.low, moving.scale.high) == (0.0, 15.0) and moving.wire(lambda *_: {})["gaps"] is False
    assert HeatMap(film([GRID, NOTHING])).wire(lambda *_: {})["gaps"] is True
    same = HeatMap(np.full((2, 2), 3.0)).scale
    assert same.low < 3.0 < same.high


def test_its_words_say_axes_numbers_and_the_cell_that_is_chosen():
    values = np.array([[0.5, np.nan], [-2.0, 1.0]])
    view = HeatMap(values, rows=[0.1, 0.2], columns=["a", "b"], ylabel="η", quantity="loss", unit="nats", title="map",
                   cell=(1, 0), labels=[(1, 0, "least")])  # fmt: skip
    assert view.words() == (
        "map: 2 rows, η 0.1 to 0.2; 2 columns, a to b; loss from −2 to 1 nats, no number in 1 of 4 cells; "
        "least at η 0.2, column a: loss −2 nats; chosen is η 0.2, column a: loss −2 nats."
    )
    assert view.said((0, 1)) == "η 0.1, column b: loss no number"
    assert HeatMap(np.array([[np.inf, 1.0]])).said((0, 0)) == "row 0, column 0: infinite"


@pytest.mark.parametrize("value, text", [
    (-0.5, "−0.5"), (1e-10, "10⁻¹⁰"), (-2.37e-19, "−2.37·10⁻¹⁹"), (np.inf, "infinite"), (0.0, "0"), (-1e8, "−10⁸"),
])  # fmt: skip
def test_numbers_are_written_as_the_browser_writes_them(value, text):
    assert number(value) == text


def test_a_map_without_any_number_is_hatched_and_says_so():
    view = HeatMap(NOTHING, range=(0, 1), title="lost")
    header, _ = pack(*arrange(view))
    assert view.blank and header["notes"] == ["lost: nothing to draw, the values are not numbers (NaN or infinity)."]
    assert "no number in 6 of 6 cells" in view.words()


@pytest.mark.parametrize("view", [
    HeatMap(GRID, title="grey"), HeatMap([[1.0]]), HeatMap(film([GRID, GRID]), middle=1.0, origin="bottom"),
    HeatMap(np.random.default_rng(0).normal(size=(64, 31)), rows=np.logspace(-3, 2, 64), cell=(63, 0), guide="both"),
    HeatMap(NOTHING, range=(0, 1)), HeatMap(GRID[::-1] + 1, rows=[2, 1], log=True, labels=[(0, 0, "here")]),
])  # fmt: skip
def test_it_has_a_wire_form_and_a_picture(view):
    header, buffers = pack(*arrange(view))
    sent = json.loads(json.dumps(header))["views"][0][0]
    assert sent["kind"] == "heat_map" and all(isinstance(b, bytes) for b in buffers)
    canvas = FigureCanvasAgg(figure(((view,),)))
    canvas.draw()
    assert len(np.unique(np.asarray(canvas.buffer_rgba())[..., :3].reshape(-1, 3), axis=0)) > 3, "the still is blank"


def test_row_0_is_where_the_origin_says_on_paper_as_well():
    def top(origin):
        ax = figure(((HeatMap(GRID, origin=origin),),)).axes[0]
        return ax.get_ylim()[1]

    assert top("top") == -0.5 and top("bottom") == 1.5


# --- the cell ----------------------------------------------------------------------------------------------------


def test_a_map_remembers_the_control_whose_cell_it_was_given():
    @live(at=cell(1, 2, of=(2, 3), label="this one"))
    def chosen(at):
        return HeatMap(GRID, cell=at), HeatMap(GRID, cell=(at.row, 0))

    ours, plain = chosen()
    assert ours.wire(lambda *_: {})["cell"] == {"edit": "at", "at": [1, 2]}
    assert plain.wire(lambda *_: {})["cell"] == {"edit": None, "at": [1, 0]}
    assert HeatMap(GRID).wire(lambda *_: {})["cell"] is None


def test_a_cell_crosses_the_wire_and_one_outside_the_map_does_not():
    made = cell(1, 2, of=(2, 3))
    got = made.decode([0, 1], "at")
    assert got == Cell(0, 1, "at") and got.place == (0, 1) and made.encode((1.0, 2.0)) == [1, 2]
    assert made.ends() == [[0, 0], [1, 1], [1, 2]] and made.spec("at", made.value)["shape"] == [2, 3]
    for wrong in ([2, 0], [0, -1], [0, 0.5], [0], ["a", "b"], [np.nan, 0]):
        with pytest.raises((ValueError, TypeError)):
            made.decode(wrong, "at")


def test_a_cell_is_set_from_python_and_code_says_which():
    @live(at=cell(1, 2, of=(2, 3)))
    def chosen(at):
        return HeatMap(np.arange(6.0).reshape(2, 3), cell=at)

    chosen.set(at=(0, 1))
    assert "at=Cell(0, 1)" in chosen.code() and chosen.describe().endswith("chosen is row 0, column 1: 1.")
    with pytest.raises(ValueError, match=r"expected \(row, column\) from \(0, 0\) to \(1, 2\)"):
        chosen.set(at=(5, 5))
