"""The view of a small network: what it accepts, where its numbers stand, its films, and what it says."""

from itertools import combinations, pairwise, product

import numpy as np
import pytest

from nnlib.live import Network, film, live, player
from nnlib.live.still import figure
from nnlib.live.views.network.layout import LINE
from nnlib.live.views.network.sentences import total
from nnlib.live.wire import arrange, pack

from .browser import FakeBrowser

W1, W2 = np.array([[0.3, -1.0, 0.5], [0.2, 0.4, -2.0]]), np.array([[1.0], [-0.5], [0.25]])


def network(sizes, rows=("z", "a", "δ"), gradients=True, **more):
    """A network of these sizes with every number that it can show."""
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=pair) for pair in pairwise(sizes)]
    units = {key: [rng.normal(size=n) if k or key == "a" else None for k, n in enumerate(sizes)] for key in rows}
    biases = [rng.normal(size=n) for n in sizes[1:]]
    more |= {"gradients": weights, "bias_gradients": biases} if gradients else {}
    return Network(weights, biases, units=units, layers=[f"layer {k}" for k in range(len(sizes))], **more)


# --- what it accepts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("make, says", [
    (lambda: Network([]), "Network.weights: expected at least one matrix, got none"),
    (lambda: Network([np.zeros(3)]), "Network.weights[0]: expected shape (any, any), got (3,)"),
    (lambda: Network([W1, W1]), "Network.weights[1]: expected shape (3, any), got (2, 3)"),
    (lambda: Network([np.zeros((13, 2))]), "at most 6 layers of 12 units, got 2 layers of up to 13"),
    (lambda: Network([np.eye(2)] * 6), "at most 6 layers of 12 units, got 7 layers of up to 2"),
    (lambda: Network([W1, W2], [np.zeros(3)]), "Network.biases: expected 2 entries, one for each layer, got 1"),
    (lambda: Network([W1, W2], [np.zeros(2), None]), "Network.biases[0]: expected shape (3,), got (2,)"),
    (lambda: Network([W1, W2], gradients=[W1, W1]), "Network.gradients[1]: expected shape (3, 1), got (2, 3)"),
    (lambda: Network([W1], units={"a": [np.zeros(3), None]}), "Network.units['a'][0]: expected shape (2,), got (3,)"),
    (lambda: Network([W1], names=[["x1"], ["h1"] * 3]), "Network.names: expected [2, 3] names in the layers, got"),
    (lambda: Network([W1], layers=["input"]), "Network.layers: expected 2 entries, one for each layer, got 1"),
    (lambda: Network([W1], lit=(1, 3)), "expected (layer, place) in layers of [2, 3] units, got (1, 3)"),
    (lambda: Network([film([W1] * 3)], says=["a", "b"]), "expected films and sentences of one length, got [2, 3]"),
])  # fmt: skip
def test_a_network_that_does_not_fit_says_what_was_expected(make, says):
    with pytest.raises(ValueError) as error:
        make()
    assert says in str(error.value)


def test_units_have_names_of_their_own_where_none_are_given():
    assert Network([W1, W2]).names == (("x1", "x2"), ("h1", "h2", "h3"), ("y1",))
    assert Network([W1, W2, np.eye(1)]).names[1:3] == (("h1,1", "h1,2", "h1,3"), ("h2,1",))


# --- where its numbers stand -------------------------------------------------------------------------------


def assert_apart(marks):
    for one, other in combinations(marks, 2):
        (a, b), (c, d) = one.span, other.span
        assert abs(one.y - other.y) >= 0.95 * LINE or min(b, d) - max(a, c) < 1e-6, f"{one} covers {other}"


def assert_inside(where):
    """Everything within the picture; a unit's numbers in its box; a line's between its units."""
    for mark in where.marks:
        left, right = mark.span
        assert left > -1e-6 and right < where.width + 1e-6 and 0 < mark.y < where.height
        if len(mark.of) == 2:
            box = where.boxes[mark.of[0]][mark.of[1]]
            assert left > box.left and right < box.right and box.top < mark.y < box.top + box.height
        if len(mark.of) == 3:
            layer, i, j = mark.of
            assert where.boxes[layer][i].right < left and right < where.boxes[layer + 1][j].left


PAIRS = list(product(range(1, 5), repeat=2))


@pytest.mark.parametrize("rows", [(), ("a",), ("z", "a", "δ")], ids=len)
@pytest.mark.parametrize("gradients", [False, True])
def test_no_number_covers_another_between_any_two_layers(rows, gradients):
    for sizes in PAIRS:
        where = network(sizes, rows, gradients).layout
        assert not where.dense
        assert_apart(where.marks)
        assert_inside(where)


@pytest.mark.parametrize("depth", [3, 4])
def test_no_number_covers_another_in_any_network_of_up_to_four_layers_of_four(depth):
    for sizes in product(range(1, 5), repeat=depth):
        where = network(sizes).layout
        assert len(where.marks) == len(set(where.marks)) and not where.dense
        on_lines = [mark for mark in where.marks if len(mark.of) == 3]
        for gap in range(depth - 1):
            assert_apart([mark for mark in on_lines if mark.of[0] == gap])
        assert_inside(where)


@pytest.mark.parametrize("sizes", [(2, 8, 8, 1), (12,) * 6, (5, 1), (1, 1, 1, 1, 1)])
def test_a_large_network_shows_the_lines_numbers_beside_the_units_of_one(sizes):
    where = network(sizes).layout
    assert where.dense and not any(len(mark.of) == 3 for mark in where.marks)
    assert_apart(where.marks)
    for layer, n in enumerate(sizes):
        beside = where.beside_units(layer, n - 1, gradients=True)
        assert_apart([mark for mark in (*where.marks, *beside) if len(mark.of) > 1])
        neighbours = [sizes[k] for k in (layer - 1, layer + 1) if 0 <= k < len(sizes)]
        assert len(beside) == 2 * sum(neighbours)


def test_numbers_never_move_boxes():
    """A film stands as its longest number needs; and one of short numbers as any of two digits and a sign."""
    frames = film([W1, 1000 * W1])
    assert Network([frames]).layout == Network([film([1000 * W1, W1])]).layout
    assert Network([W1]).layout == Network([0.1 * W1]).layout


# --- time --------------------------------------------------------------------------------------------------


def steps():
    """Two moments before and after the forward sum, and one after the way back."""
    nan, z, delta = np.full(3, np.nan), np.array([0.7, -0.2, -3.5]), np.array([0.1, 0.2, 0.3])
    return Network([W1], units={"z": [None, film([nan, z, z])], "a": [film([[1.0, 2.0]] * 3), None],
                                "δ": [None, film([nan, nan, delta])]}, says=["start", "sum", "back"])  # fmt: skip


def test_what_is_not_known_yet_is_not_shown_and_what_is_new_is_known():
    view = steps()
    first = next(mark for mark in view.layout.marks if mark.array == "z:1")
    assert [view.text(first, t) for t in range(3)] == ["", "0.70", "0.70"]
    assert [bool(view.new("z:1", t).all()) for t in range(3)] == [False, True, False]
    assert view.new("δ:1", -1).all() and not view.new("w0").any()
    assert view.moments == 3


def test_a_sentence_is_sent_once_for_as_long_as_it_holds():
    changes = steps().sentences()
    assert changes[0][0] == [[0, "x1: a = 1"]]
    assert changes[1][0] == [
        [0, "y1: nothing known yet"],
        [1, "y1: z = 0.3·1 + 0.2·2 = 0.7"],
        [2, "y1: z = 0.3·1 + 0.2·2 = 0.7, δ = 0.1"],
    ]
    long = Network([film(np.ones((2000, 2, 3)))])
    assert long.sentences() == []


def test_a_film_crosses_the_wire_with_its_arrays_and_a_player_steps_through_it():
    header, buffers = pack(*arrange(steps()))
    sent = header["views"][0][0]
    assert sent["kind"] == "network" and sent["arrays"]["z:1"]["film"] and not sent["arrays"]["w0"]["film"]
    assert sent["says"] == ["start", "sum", "back"] and len(buffers) == len(sent["arrays"]) == 4
    piece = live(time=player())(steps)
    browser = FakeBrowser(piece)
    assert browser.settle()["views"] and piece.error == ""


# --- words, and paper --------------------------------------------------------------------------------------


@pytest.mark.parametrize("weights, values, rest, said", [
    ([0.3, -0.2], [1.0, 2.0], [0.1], "0.3·1 − 0.2·2 + 0.1"),
    ([-0.3], [-1.0], [-0.1], "−0.3·(−1) − 0.1"),
    ([0.0], [0.0], [], "0·0"),
    ([1.0] * 7, [1.0] * 7, [2.0], "1·1 + 1·1 + 1·1 + 1·1 + … + 2"),
])  # fmt: skip
def test_sums_are_written_with_true_minus_signs(weights, values, rest, said):
    assert total(weights, values, rest) == said


def test_a_unit_says_where_its_numbers_come_from():
    x, z, a, d = np.array([1.0, 2.0]), np.array([0.8, 0.0, -3.4]), np.array([0.7, 0.0, -1.0]), np.array([0.2])
    view = Network([W1, W2], [np.array([0.1, 0.2, 0.1]), None], lit=(1, 1),
                   units={"z": [None, z, None], "a": [x, a, None], "δ": [None, np.array([0.1, 0, 0]), d]})  # fmt: skip
    assert view.sentence(1, 0) == "h1: z = 0.3·1 + 0.2·2 + 0.1 = 0.8, a = 0.7, dL/da = 1·0.2 = 0.2, δ = 0.1"
    assert view.sentence(2, 0) == "y1: δ = 0.2"
    assert Network([W1, W2]).sentence(1, 1) == "h2: from x1 −1, from x2 0.4, to y1 −0.5"


def test_weights_that_have_moved_since_are_not_said_to_have_made_the_numbers():
    units = {"z": [None, [0.8], [0.7]], "a": [[1.0, 2.0], [0.7], None], "δ": [None, [0.1], [0.2]]}

    def said(w, u):
        return Network([[[w], [0.2]], [[u]]], [[0.1], [0.0]], units=units).sentence(1, 0)

    assert said(0.3, 1.0) == "h1: z = 0.3·1 + 0.2·2 + 0.1 = 0.8, a = 0.7, dL/da = 1·0.2 = 0.2, δ = 0.1"
    assert said(0.4, 0.9) == "h1: z = 0.8, a = 0.7, δ = 0.1"


def test_its_words_name_every_unit_of_a_small_network():
    words = steps().words()
    assert words == "Network of 2-3 units: x1 a 1; x2 a 2; y1 z 0.7, δ 0.1; y2 z −0.2, δ 0.2; y3 z −3.5, δ 0.3. back"
    assert network((2, 8, 1), title="large", says="Done.").words() == "large of 2-8-1 units. Done."


@pytest.mark.parametrize("sizes, lit", [((2, 3, 2), None), ((2, 3, 2), (1, 0)), ((3, 12, 2), (1, 5)), ((4,) * 4, None)])
def test_the_still_has_its_numbers_and_is_as_tall_as_they_need(sizes, lit):
    view = network(sizes, lit=lit)
    drawn = figure(((view,),))
    texts = [mark for mark in view.layout.marks if view.text(mark)]
    lines = sum(a * b for a, b in pairwise(sizes))
    assert len(drawn.axes[0].patches) >= len(texts) + lines + sum(sizes)
    assert 2.4 < drawn.get_figheight() < 8.4
