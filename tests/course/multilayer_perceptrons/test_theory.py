"""Chapter 09, sections 2 to 4: one hidden layer, straight pieces, depth; what is claimed."""

from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.activations import relu, sigmoid, tanh
from nnlib.course.multilayer_perceptrons import figures
from nnlib.course.multilayer_perceptrons.figures import equal_parameters, regions, shallow
from nnlib.layers import Dense, sequential
from nnlib.losses import squared_error
from nnlib.module import split
from nnlib.optim import adam, cosine
from nnlib.probe import count_regions, exact_answers, kinks, linear_regions
from nnlib.train import fit
from tests.course.pieces import cells, defined

CHAPTER = "09_multilayer_perceptrons"
CELLS = cells(CHAPTER)
TRAINED, SOLVED = figures.WAYS
WAVE = "a wave with a bump"


@cache
def chapter() -> dict:
    """What the notebook's own cells define: its functions and its live pieces."""
    return defined(CHAPTER, "imports", "approximation_presets", "approximation", "bricks", "bumps", "regions_code",
                   "regions", "folds", "depth", "equal_parameters")  # fmt: skip


def option(name):
    return {key: value for key, value in chapter()["shallow"].options[name].items() if key != "says"}


def off(target, units, activation="tanh", way=TRAINED, seed=0):
    """The largest error of a net in the interval."""
    x, d = figures.samples(target)
    return figures.largest_error(figures.approximate(target, units, activation, way, seed).answers(x), d)


def printed(name, capsys, **given):
    """What a cell prints, and the value of its last line if that is an expression."""
    space = dict(chapter()) | given
    capsys.readouterr()  # what the chapter's own cells print
    *lines, last = CELLS[name].splitlines()
    try:
        compile(last, name, "eval")
    except SyntaxError:
        lines, last = [*lines, last], "None"
    exec("\n".join(lines), space)
    value = eval(last, space)
    return capsys.readouterr().out, value, space


# --- 2: one hidden layer -----------------------------------------------------------------------------------------


def numbers_of(net):
    """w, b, v (64,) and c of y = c + sum_j v_j f(w_j x + b_j)."""
    first, *_, last = net.model.layers
    return np.asarray(first.W[0]), np.asarray(first.b), np.asarray(last.W[:, 0]), float(last.b[0])


@pytest.mark.parametrize("activation", figures.ACTIVATIONS)
@pytest.mark.parametrize("way", figures.WAYS)
def test_a_net_is_the_sum_of_its_parts_and_no_unit_is_there_that_is_off(activation, way):
    net = figures.approximate(WAVE, 5, activation, way, 1)
    x = np.linspace(-1.5, 1.5, 7)
    f = {"tanh": jnp.tanh, "sigmoid": lambda z: 1 / (1 + jnp.exp(-z)), "ReLU": lambda z: jnp.maximum(z, 0)}[activation]
    w, b, v, c = numbers_of(net)
    wanted = c + sum(v * f(w * x + b) for w, b, v in zip(w[:5], b[:5], v[:5], strict=True))
    np.testing.assert_allclose(net.answers(x), wanted, rtol=1e-4, atol=1e-4)
    assert net.units == 5 and net.parts(x).shape == (7, 5) and np.abs(v[:5]).min() > 0 and not v[5:].any()


@pytest.mark.parametrize("activation", figures.ACTIVATIONS)
def test_a_net_with_units_switched_off_is_trained_as_one_that_has_none(activation):
    """A net of 3 units of 64 against `fit` on a chain of 3."""
    w, b = (np.float32(each[:3]) for each in figures.hidden(activation, 0))
    x = np.linspace(-1, 1, shallow.SEEN, dtype=np.float32)[:, None]
    f = {"tanh": tanh, "sigmoid": sigmoid, "ReLU": relu}[activation]
    alone = sequential(Dense(w[None], b), f, Dense(np.zeros((3, 1), np.float32), np.zeros(1, np.float32)))
    rate = cosine(shallow.RATE, shallow.RATE / 100, shallow.STEPS)
    d = np.float32(figures.TARGETS[WAVE](x))
    wanted = fit(alone, (x, d), squared_error, adam(rate), shallow.STEPS).model(x)[:, 0]
    net = shallow.trained(WAVE, 3, activation, 0)
    np.testing.assert_allclose(net.answers(x[:, 0]), wanted, atol=5e-3)


def test_the_errors_are_there_for_every_width_and_the_one_asked_for():
    errors = figures.errors_by_width(WAVE, "tanh", 0, 3)
    assert list(errors) == list(figures.WAYS)
    for way, known in errors.items():
        assert list(known) == sorted({*figures.WIDTHS, 3})
        assert all(error == off(WAVE, n, way=way) for n, error in known.items())


def test_solving_gives_the_least_squares():
    x, d = figures.samples(WAVE)
    net = figures.approximate(WAVE, 6, "tanh", SOLVED, 2)
    best = ((net.answers(x) - d) ** 2).sum()
    *_, last = net.model.layers
    for j in range(6):
        for step in (-1e-3, 1e-3):
            v = last.W + step * (np.arange(64) == j)[:, None]
            other = sequential(*net.model.layers[:-1], Dense(v, last.b))
            assert ((net._replace(model=other).answers(x) - d) ** 2).sum() > best
    assert abs((net.answers(x) - d).sum()) < 1e-3  # c is free


def test_no_slider_of_the_approximation_compiles_anew():
    chapter()["approximation"]()
    before = shallow._train._cache_size()
    for units, activation, seed in ((1, "tanh", 0), (17, "ReLU", 3), (64, "sigmoid", 9)):
        chapter()["approximation"](units=units, activation=activation, seed=seed, target="a corner")
    assert shallow._train._cache_size() == before == 1


def test_how_many_units_get_the_bump():
    x, d = figures.samples(WAVE)
    near = np.abs(x - 0.3) < 0.15  # the bump is 0.8 high

    def missed(units, seed):
        return np.abs(figures.approximate(WAVE, units, "tanh", figures.WAYS[0], seed).answers(x) - d)[near].max()

    assert missed(3, 0) > 0.6 and missed(4, 0) > 0.6 and missed(5, 0) < 0.15 and missed(6, 0) < 0.06
    assert sum(missed(3, seed) < 0.2 for seed in range(10)) == 8


def test_the_words_of_the_presets():
    assert off(**option("too few")) > 0.5  # and it is the bump that is missed
    x, d = figures.samples(WAVE)
    net = figures.approximate(**option("too few"))
    assert abs(x[np.abs(net.answers(x) - d).argmax()] - 0.3) < 0.1
    assert off(**option("enough")) < 0.04
    assert off(**option("unlucky")) > 0.3
    assert off(**option("solved")) < min(off(WAVE, n) for n in figures.WIDTHS) / 5
    assert off(**option("a jump")) >= 0.8


def test_five_straight_pieces_would_do_for_the_saw_tooth():
    """A ReLU for the first slope and one for each of the four kinks: exact, by hand."""
    x, d = figures.samples("a saw tooth")
    places = np.array([-1.0, -0.75, -0.25, 0.25, 0.75])
    slopes = 3.2 * np.array([-1, 2, -2, 2, -2])
    net = sequential(Dense(np.ones((1, 5)), -places), relu, Dense(slopes[:, None], d[:1]))
    assert figures.largest_error(exact_answers(net, x[:, None])[:, 0], d) < 1e-12


def test_training_wins_with_few_units_and_solving_with_many():
    eight, many = (
        np.array([[off(WAVE, n, way=way, seed=seed) for seed in range(10)] for way in figures.WAYS]) for n in (8, 64)
    )
    assert (eight[0] < eight[1]).sum() >= 8 and np.median(eight[0]) < np.median(eight[1]) / 4
    assert (many[0] > 5 * many[1]).all()


def test_outside_the_interval_anything_goes():
    """At 1.5 nets that agree inside are far apart."""
    nets = [figures.approximate(WAVE, 64, "tanh", SOLVED, seed) for seed in range(6)]
    x = np.linspace(-1, 1, 9)
    assert np.ptp([net.answers(x) for net in nets], axis=0).max() < 0.02
    assert np.ptp([net.answers(np.array([1.5])) for net in nets]) > 0.3


def test_what_the_cell_of_least_squares_prints(capsys):
    _, shown, space = printed("approximation_code", capsys)
    for n, text in shown.items():
        assert float(text) == pytest.approx(off(WAVE, n, way=SOLVED), rel=0.4)
    assert space["off"](16) == pytest.approx(off(WAVE, 16, way=SOLVED), rel=1e-6)


def rowed(target, shape, n, steepness=1e6):
    """The largest error of a row of bricks, as the piece has it."""
    space = chapter()
    f, h, (x, d) = figures.TARGETS[target], 2 / n, figures.samples(target, 1600)
    z = x[:, None] - np.linspace(-1, 1, n + 1)
    each = space["box"](z, h, steepness) if shape == "boxes" else space["tent_of"](z, h)
    return figures.largest_error((f(np.linspace(-1, 1, n + 1)) * each).sum(1), d)


def test_the_laws_of_boxes_and_tents_hold_and_are_sharp():
    for n in figures.COUNTS:
        for shape, law in figures.LAWS.items():
            assert rowed(WAVE, shape, n) <= 1.001 * law(2 / n)
    boxes = [rowed(WAVE, "boxes", n) for n in (32, 64, 128)]
    tents = [rowed(WAVE, "tents", n) for n in (32, 64, 128)]
    assert np.allclose(np.divide(boxes[:-1], boxes[1:]), 2, atol=0.3)
    assert np.allclose(np.divide(tents[:-1], tents[1:]), 4, atol=0.4)
    x = np.linspace(-1, 1, 200_001)
    slope = np.gradient(figures.TARGETS[WAVE](x), x)
    assert figures.LAWS["boxes"](1) == pytest.approx(np.abs(slope).max() / 2, rel=2e-3)
    assert figures.LAWS["tents"](1) == pytest.approx(np.abs(np.gradient(slope, x)).max() / 8, rel=2e-3)


def test_a_tent_is_three_relus_and_a_box_two_sigmoids():
    z = np.linspace(-3, 3, 601)
    np.testing.assert_allclose(chapter()["tent_of"](z, 0.5), np.maximum(0, 1 - np.abs(z) / 0.5), atol=1e-12)
    box = chapter()["box"](z, 1.0, 1e4)
    assert np.allclose(box[np.abs(z) < 0.49], 1) and np.allclose(box[np.abs(z) > 0.51], 0)
    piece = chapter()["bumps"]
    assert "34 units" in piece(shape="boxes", n=16)[2].text and "51 units" in piece(shape="tents", n=16)[2].text


def test_sigmoids_that_are_not_steep_stop_the_boxes():
    assert rowed(WAVE, "boxes", 128, steepness=20) > 0.2 > 3 * rowed(WAVE, "boxes", 128)


def test_what_the_cell_of_tents_prints(capsys):
    _, shown, _ = printed("bumps_code", capsys)
    assert shown == ["4.0 times better"] * 3


def test_slip_any_function(capsys):
    """A jump costs any continuous net half of it; squares of any number of units span three dimensions."""
    shown, *_ = printed("slip_any_function_code", capsys)
    assert shown.splitlines() == [
        "never below 0.8: True", "64 units, tanh: more than 3 dimensions? True",
        "64 units, square: more than 3 dimensions? False",
    ]  # fmt: skip
    x, d = figures.samples("a jump")
    assert (x == figures.JUMP).sum() == 2 and np.ptp(d[x == figures.JUMP]) == pytest.approx(1.6)
    for activation in figures.ACTIVATIONS:
        for way in figures.WAYS:
            assert min(off("a jump", n, activation, way) for n in figures.WIDTHS) > 0.799
    for shape in figures.SHAPES:
        assert min(rowed("a jump", shape, n, 1000) for n in figures.COUNTS) > 0.799
    w, b = figures.hidden("tanh", 0)
    H = np.column_stack([(np.outer(x, w) + b) ** 2, np.ones(len(x))])
    fitted = H @ np.linalg.lstsq(H, d, rcond=None)[0]
    assert np.allclose(fitted, np.polyval(np.polyfit(x, d, 2), x), atol=1e-6)  # one parabola, the best


# --- 3: straight pieces ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_neighbours_have_two_colours_and_a_region_has_one(depth):
    net = figures.random_relus(depth, 2, *[5] * depth, 1)
    piece = chapter()["regions"]
    plane, *_ = piece(width=5, depth=depth, seed=depth)
    n, left, right = regions.PIXELS, *regions.FRAME[:2]
    half = (right - left) / n / 2
    inner = (left + half, right - half) * 2  # the pixels' middles
    number = np.asarray(linear_regions(net, inner, n))
    tint = np.asarray(plane.field).round(4)
    for axis in (0, 1):
        other, colour = np.diff(number, axis=axis) != 0, np.diff(tint, axis=axis) != 0
        assert (colour & ~other).mean() < 1e-3  # float32 against float64, on a border
        assert (other & ~colour).mean() < 0.01  # two borders between two pixels
    assert plane.title == f"{count_regions(net, regions.FRAME)} linear regions"


def test_the_way_from_a_to_b_is_the_network():
    piece = chapter()["regions"]
    net = figures.random_relus(4, 2, 6, 6, 1)
    _, section, note = piece(width=6, depth=2, seed=4)
    t, y = np.asarray(section.paths[0].xy, float).T
    fine = np.linspace(0, 1, 500)
    start, end = np.array([-1.6, -0.8]), np.array([1.6, 0.8])
    x = start + fine[:, None] * (end - start)
    np.testing.assert_allclose(np.interp(fine, t, y), np.asarray(net(jnp.asarray(x)))[:, 0], atol=1e-4)
    assert f"From a to b: {len(t) - 2} kinks, {len(t) - 1} pieces." in note.text
    np.testing.assert_allclose(section.points.x, np.stack([t, y], axis=1)[1:-1], atol=1e-6)


def test_the_handles_may_meet():
    piece = chapter()["regions"]
    piece.set(a=(0.3, 0.3), b=(0.3, 0.3))
    assert not piece.error and "From a to b: 0 kinks, 1 piece." in piece.describe()
    piece.reset()


def test_the_formula_of_lines():
    assert [figures.arrangement(n) for n in (0, 1, 2, 3, 6)] == [1, 2, 4, 7, 22]
    net = figures.random_relus(0, 2, 9, 1)
    assert count_regions(net, (-1e3, 1e3) * 2) == figures.arrangement(9)


def test_what_the_cells_of_regions_print(capsys):
    shown, *_ = printed("regions_code", capsys)
    places = -1000 + 2000 * kinks(figures.random_relus(0, 1, 5, 1), [-1000], [1000])
    assert shown.splitlines() == [
        "7 regions, by the formula 7",
        f"kinks where w x + b = 0, at {places.round(2).tolist()}",
    ]
    shown, _, space = printed("counted", capsys)
    typical = space["typical"]
    assert shown.splitlines()[0] == f"1 hidden: { ({w: typical(w, 1) for w in (2, 4, 8, 12)}) }"
    assert 2.5 < typical(8, 1) / typical(4, 1) < 3.5  # about three times
    for width, depth in ((4, 2), (8, 2), (4, 3), (8, 3)):  # random depth buys no more than width does
        assert typical(width, depth) < typical(width * depth, 1)


# --- 4: depth ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("k", range(1, figures.MOST_FOLDS + 1))
def test_deep_and_shallow_tents_are_the_same_function(k):
    deep, shallow = figures.deep_tent(k), figures.shallow_tent(k)
    x = np.linspace(0, 1, 1025)[:, None]  # all kinks are among them
    wanted = x
    for _ in range(k):
        wanted = 1 - np.abs(2 * wanted - 1)
    for net in (deep, shallow):
        np.testing.assert_allclose(exact_answers(net, x), wanted, atol=1e-12)
        assert count_regions(net, (0, 1)) == 2**k
    units = [sum(len(f.b) for f in net.layers[:-1] if isinstance(f, Dense)) for net in (deep, shallow)]
    assert units == [2 * k, 2**k]


def test_fewer_than_two_to_the_k_units_will_not_do():
    """2^k - 1 kinks inside need a unit each.  These alone give slopes whose changes are +-2 s; the first is +-s."""
    for k in (1, 2, 3):
        changes = 2.0 * (-1.0) ** np.arange(1, 2**k)  # in units of the slope
        ways = np.array(np.meshgrid(*[[0, 1]] * len(changes))).reshape(len(changes), -1)
        assert not np.isin(np.abs(changes @ ways), 1).any()  # which units look left: none gives the first slope


def test_what_the_cell_of_depth_says(capsys):
    assert printed("depth_code", capsys)[1] is True


def test_disturbed_weights_lose_their_folds():
    left = [
        np.median([count_regions(figures.deep_tent(7, noise, s), (0, 1)) for s in range(20)]) for noise in (0, 0.1, 0.5)
    ]
    assert left[0] == 128 > left[1] > left[2] and 8 < left[2] < 26
    _, _, note = chapter()["depth"](k=7, noise=0.5, seed=0)
    assert "instead of 128" in note.text


def test_the_words_of_the_folds():
    count = {name: count_regions(figures.deep_tent(o["k"], o["noise"], o["seed"]), (0, 1))
             for name, o in chapter()["folds"].options.items()}  # fmt: skip
    assert count["three"] == 8 and count["seven"] == 128
    assert count["touched"] > 100 and count["broken"] < 30


def test_some_networks_have_many_pieces_and_those_at_random_about_as_many_as_units(capsys):
    assert figures.guaranteed(1, 8, 5) == 32_768 == 8**5 and figures.guaranteed(2, 4, 2) == 2**2 * 4**2
    shown, *_ = printed("random_pieces", capsys)
    assert shown.splitlines()[0].startswith("drawn at random: about 40, at most 6")
    assert shown.splitlines()[1] == "some network: of the order of 32,768"
    others = [count_regions(figures.random_relus(s, 1, 8, 8, 8, 8, 8, 1), (-1e3, 1e3)) for s in range(1000, 1200)]
    assert 36 < np.mean(others) < 44


def test_the_budgets_are_equal_and_counted_right():
    counts = [figures.parameters(2, *hidden, 1) for hidden in figures.NETS]
    assert max(counts) < 1.02 * min(counts) and all(350 < count < 370 for count in counts)
    for hidden, count in zip(figures.NETS, counts, strict=True):
        drawn = split(equal_parameters.drawn(jax.random.key(0), (2, *hidden, 1)))[0]
        assert sum(leaf.size for leaf in jax.tree.leaves(drawn)) == figures.DRAWS * count


def test_depth_helps_on_the_spirals_and_nowhere_else():
    ratios = []
    for seed in (0, 1, 2):
        errors = figures.measured(seed)
        one, two, three = np.median(errors, axis=2)
        ratios.append([two / one, three / one])
        assert errors.shape == (3, 3, figures.DRAWS)
        middle = np.median(errors[:, 2], axis=1)
        assert np.ptp(middle) < np.ptp(errors[:, 2])  # less than luck
        assert middle.min() > 0.25  # nobody learns it well
    (two, three), waves = np.mean(ratios, axis=0)[:, 0], np.mean(ratios, axis=0)[:, 1]
    assert two == pytest.approx(2 / 3, abs=0.06) and 0.5 < three < 0.58  # of the error on the spirals
    assert (waves > 1).all()  # one layer does as well, and rather better
    assert figures.TASKS[0] == "spirals" == chapter()["equal_parameters"].controls["guess"].options[0]


def test_of_disturbed_folds_a_dozen_are_left_or_one():
    x, y = figures.bends(figures.deep_tent(7, 0.02, 0))
    assert len(x) - 1 == 139 and (np.abs(np.diff(y) / np.diff(x)) < 1e-9).sum() == 13  # flat where a layer is off
    left = [len(figures.bends(figures.deep_tent(7, 0.5, seed))[0]) - 1 for seed in range(10)]
    assert min(left) == 1 and 4 < np.median(left) < 16 and max(left) < 40
    assert len(figures.bends(figures.deep_tent(7))[0]) - 1 == 128


def test_where_a_unit_switches_for_nothing_no_piece_ends():
    net = figures.deep_tent(7, 0.5, 9)  # nine places where a unit switches, and one straight line
    x, _ = figures.bends(net)
    assert len(x) - 1 == 1 and len(figures.depth_views(7, 0.5, 9)[0].series["output"][0]) == 2
    assert "1 straight piece " in figures.depth_views(7, 0.5, 9)[-1].text + " "
