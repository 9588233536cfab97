"""Chapter 09, sections 5 to 9: the helpers against independent ones, the pieces, what the text claims."""

import re
from functools import cache, partial

import jax
import numpy as np
import pytest

from nnlib.course.multilayer_perceptrons import figures
from nnlib.course.multilayer_perceptrons.figures import learning_rate_sweep, pixels, radial, seeds, sets
from nnlib.data import digits
from nnlib.layers import RBF, mlp, narrow
from nnlib.live.controls import Handle
from nnlib.losses import binary_cross_entropy, softmax_cross_entropy
from nnlib.metrics import accuracy, predicted_labels
from nnlib.optim import adam, sgd
from nnlib.perceptron import separate
from nnlib.probe import boundary
from nnlib.train import fit
from tests.course.pieces import cells, defined

CHAPTER = "09_multilayer_perceptrons"
CELLS = cells(CHAPTER)
NAMES = (
    "imports", "layers_cases", "learn_both", "one_or_two", "all_rates", "all_rates_kept", "learning_rate_sweep",
    "twelve", "seeds_cases", "seeds_guess", "seeds", "radial_class", "radial_learn", "radial", "pixels_data",
    "pixels_learn", "pixels", "mistakes",
)  # fmt: skip


@cache
def chapter() -> dict:
    """What the notebook's own cells define: its functions and its live pieces."""
    return defined(CHAPTER, *NAMES)


def option(name, preset):
    return {key: value for key, value in chapter()[name].options[preset].items() if key != "says"}


def words(name, preset):
    return chapter()[name].options[preset]["says"]


def right_of(model, X, y):
    """The share of right answers of one model."""
    return float(accuracy(predicted_labels(model(X)), y))


def curve(view, name):
    return np.asarray(view.series[name][1], float)


# --- the sets ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", figures.SETS)
def test_a_set_has_half_of_each_class_and_no_point_in_both_parts(name):
    train, test = figures.draw(name, 0.2, 3)
    assert [len(y) for _, y in (train, test)] == [100, 300] and [y.mean() for _, y in (train, test)] == [0.5, 0.5]
    assert not set(map(tuple, train[0])) & set(map(tuple, test[0]))
    assert np.abs(np.concatenate([train[0], test[0]])).max() < 3


@pytest.mark.parametrize("name", figures.SETS)
def test_no_line_separates_them(name):
    X, y = figures.draw(name, 0.05, 0)[0]
    line = separate(X, y)
    assert np.mean((X @ np.asarray(line.w) + float(line.b) > 0) == y) < 1


def test_xor_has_its_four_corners_in_every_part():
    for X, y in figures.draw("XOR", 0.1):
        assert ((X[:, 0] * X[:, 1] < 0) == y).all()
        corners = np.unique(np.sign(X), axis=0, return_counts=True)[1]
        assert len(corners) == 4 and len(set(corners)) == 1


def test_an_unknown_set_is_named():
    with pytest.raises(ValueError, match="expected one of moons, circles, XOR, spirals, got 'stars'"):
        figures.draw("stars", 0.1)


# --- the networks ------------------------------------------------------------------------------------------------


def test_what_a_stack_says_and_how_much_of_it_is_right():
    stack = jax.vmap(lambda key: mlp(key, 2, 8, 4, 1))(jax.random.split(jax.random.key(3), 5))
    x = np.random.default_rng(0).normal(size=(7, 2)).astype(np.float32)
    y = np.arange(7) % 2
    shares, fields = figures.right(stack, x, y), figures.seen(stack)
    assert shares.shape == (5,) and fields.shape == (5, 40, 40)
    for k in range(5):
        one = jax.tree.map(lambda leaf: leaf[k], stack)  # noqa: B023
        assert np.allclose(fields[k], boundary(one, sets.FRAME, 40), atol=1e-5)
        assert shares[k] == pytest.approx(float(accuracy(predicted_labels(one(x)), y)))


def test_units_that_begin_alike_stay_alike():
    train, _ = figures.draw("XOR", 0.25)
    net = mlp(jax.random.key(0), 2, 16, 1)
    same = figures.begun_alike(net, True)
    first, _, last = fit(same, train, binary_cross_entropy, adam(0.03), 300).model.layers
    assert np.allclose(first.W, first.W[:, :1], atol=1e-4) and np.allclose(first.b, first.b[0], atol=1e-4)
    assert np.allclose(last.W, last.W[0], atol=1e-4) and not np.allclose(first.W, same.layers[0].W)
    assert np.array_equal(figures.begun_alike(net, False).layers[0].W, net.layers[0].W)


def test_no_slider_compiles_anew():
    space = chapter()
    programs = [space[name] for name in ("learn_both", "learn_at", "learn_all", "learn_radial", "learn_digits")]
    moves = {
        "one_or_two": [dict(noise=0.3, seed=4), dict(kind="XOR")],
        "learning_rate_sweep": [dict(at=(54, 4)), dict(noise=0.3, seed=2)],
        "seeds": [dict(width=7), dict(rate=0.5), dict(alike=True), dict(kind="circles")],
        "radial": [dict(s=2.0), dict(a=(0, 0), here=(1, 1)), dict(noise=0.1)],
        "pixels": [dict(width=5), dict(rate=0.1), dict(epochs=3)],
    }
    for name in moves:
        space[name]()
    before = [program._cache_size() for program in programs]
    for name, changes in moves.items():
        for change in changes:
            space[name](**change)
    assert [program._cache_size() for program in programs] == before


# --- 5: one layer or two -----------------------------------------------------------------------------------------


@cache
def both(kind, noise):
    """Eight drawings: the test accuracies by moment, (8, 2, 31), and the training accuracies at the end, (8, 2)."""
    data = [figures.draw(kind, noise, seed) for seed in range(8)]
    films = [chapter()["learn_both"](train, jax.random.key(seed)) for seed, (train, _) in enumerate(data)]
    tested = [[figures.right(film, *test) for film in pair] for pair, (_, test) in zip(films, data, strict=True)]
    trained = [[figures.right(film, *train)[-1] for film in p] for p, (train, _) in zip(films, data, strict=True)]
    return np.array(tested), np.array(trained)


def test_how_many_weights_they_have():
    nets = [mlp(jax.random.key(0), *sizes) for sizes in ((2, 32, 1), (2, 32, 16, 1))]
    counts = [sum(leaf.size for leaf in jax.tree.leaves(net)) for net in nets]
    assert counts == [129, 641] and "641 weights against 129" in CELLS["one_or_two_text"]


@pytest.mark.parametrize(("kind", "noise"), [("XOR", 0.25), ("circles", 0.05)])
def test_where_it_is_a_tie(kind, noise):
    test, _ = both(kind, noise)
    assert np.median(test[:, :, -1], axis=0).min() == 1 and abs(np.diff(test[:, :, -1].mean(0))[0]) < 0.01
    assert (np.abs(np.diff(test[:, :, -1])) > 0.01).sum() <= 1  # a stray draw


def test_on_spirals_two_are_ahead_above_all_early():
    test, train = both("spirals", 0.05)
    one, two = test.mean(0)
    assert two[10] > one[10] + 0.1 and (test[:, 1, 10] > test[:, 0, 10]).all()  # the moment of epoch 100
    assert abs(two[-1] - one[-1]) < 0.02 and (train.mean(0) > 0.98).all()  # all but caught up


def test_with_noise_two_learn_by_heart():
    test, train = both("moons", 0.4)
    assert (train.mean(0)[1] > 0.97) and train.mean(0)[1] > train.mean(0)[0] + 0.03
    assert test[:, 1, -1].mean() < test[:, 0, -1].mean() - 0.01
    assert (test[:, 1, -1] > test[:, 0, -1]).sum() <= 2


def test_the_words_of_the_presets_of_layers():
    for name, preset in chapter()["layers_cases"].options.items():
        train, test = figures.draw(preset["kind"], preset["noise"], preset["seed"])
        films = chapter()["learn_both"](train, jax.random.key(preset["seed"]))
        one, two = (float(figures.right(film, *test)[-1]) for film in films)
        heart = [float(figures.right(film, *train)[-1]) for film in films]
        assert {"a tie": abs(two - one) < 0.01, "two are ahead": two > one + 0.01, "much noise": two < one - 0.01}[name]
        assert name != "a tie" or one > 0.99
        assert name != "much noise" or heart[1] > heart[0] + 0.02


def test_the_curves_are_the_accuracies_of_the_models():
    train, test = figures.draw("spirals", 0.05, 2)
    *planes, (curves, _), note = chapter()["one_or_two"]()
    for plane, name, sizes in zip(planes, ("one_layer", "two_layers"), ((2, 32, 1), (2, 32, 16, 1)), strict=True):
        run = fit(mlp(jax.random.key(2), *sizes), train, binary_cross_entropy, adam(0.03), 300, frames=31)
        said = run.model(test[0])[:, 0] >= 0
        assert curve(curves, name)[-1] == pytest.approx(float(np.mean(said == test[1])), abs=0.02)
        assert np.asarray(run.frame_steps).tolist() == curves.series[name][0].tolist()
        corner = float(jax.nn.sigmoid(run.model(np.array([[2.0, -2.0]]))[0, 0]))  # row 0 at the bottom
        assert plane.field[0, -1] == pytest.approx(corner, abs=0.05)
    assert note.text.startswith("Right with one layer: 96 % of the test points")


# --- 6: sixty-four learning rates ----------------------------------------------------------------------------------


@cache
def rates():
    films, share = chapter()["all_rates"](0.2, 0)
    return films, np.asarray(share, float)


def test_twelve_rates_to_every_power_of_ten():
    assert len(figures.RATES) == 64 and figures.RATES[0] == pytest.approx(0.001)
    assert np.allclose(figures.RATES[12:] / figures.RATES[:-12], 10, rtol=1e-5)
    assert 150 < figures.RATES[-1] < 200 and "to nearly 200 at the top" in CELLS["s6"]


def test_a_row_of_the_fan_is_the_training_with_that_rate():
    films, share = rates()
    train, test = figures.draw("moons", 0.2, 0)
    for row in (10, 24):  # at larger rates rounding makes another run of it
        run = fit(mlp(jax.random.key(0), 2, 16, 1), train, binary_cross_entropy, sgd(figures.RATES[row]), 150,
                  frames=31)  # fmt: skip
        there = jax.tree.map(lambda leaf: leaf[row], films)  # noqa: B023
        assert all(map(partial(np.allclose, atol=1e-3), *map(jax.tree.leaves, (there, run.film))))
        assert share[row, -1] == pytest.approx(float(right_of(run.model, *test)), abs=0.01)
        assert np.asarray(run.frame_steps)[1] == learning_rate_sweep.EVERY


def test_the_cell_that_is_chosen_says_which_rate_and_which_epoch():
    heat, plane, curves, _ = chapter()["learning_rate_sweep"](at=(0, 3))
    assert plane.title == "η = 0.001, epoch 15" and heat.chosen == (0, 3)
    assert heat.said(heat.chosen).startswith("η 0.001, epochs 15: accuracy 0.")
    assert heat.shape == chapter()["learning_rate_sweep"].controls["at"].shape == (64, 31)
    assert [axis.kind for axis in heat.ticks] == ["log", "linear"]
    assert float(curves.series["_here"][0][0]) == 15


def test_a_line_reaches_about_87_per_cent():
    train, test = figures.draw("moons", 0.2, 0)
    line = fit(mlp(jax.random.key(0), 2, 1), train, binary_cross_entropy, adam(0.1), 500).model
    assert 0.84 < right_of(line, *test) < 0.9 and learning_rate_sweep.PALE == 0.87 and "87 %" in CELLS["s6"]
    assert chapter()["learning_rate_sweep"]()[0].scale.middle == learning_rate_sweep.PALE


def test_the_words_of_the_presets_of_rates():
    _, share = rates()
    rows = {name: o["at"][0] for name, o in chapter()["rate_cases"].options.items()}
    assert {o["at"][1] * learning_rate_sweep.EVERY for o in chapter()["rate_cases"].options.values()} == {120}
    end = {name: share[row, -6:].mean() for name, row in rows.items()}
    swing = {name: np.abs(np.diff(share[row, -10:])).mean() for name, row in rows.items()}
    assert share[rows["too small"], 0] < 0.55 and end["too small"] < 0.75
    assert 0.83 < end["slow"] < 0.9 and end["good"] > 0.94
    assert swing["too large"] > 0.05 > 5 * max(swing[name] for name in ("slow", "good"))


def test_at_small_rates_a_tenth_of_the_rate_takes_ten_times_as_long():
    _, share = rates()
    for row in range(6, 30):
        assert share[row, 30] == pytest.approx(share[row + 12, 3], abs=0.015)


def test_the_band_of_good_rates_is_about_a_factor_of_ten_wide_and_above_it_is_grain():
    _, share = rates()
    late = share[:, -5:].mean(axis=1)
    good = np.flatnonzero(late > late.max() - 0.02)
    assert 9 < good[-1] - good[0] < 15  # twelve rows are a factor of ten
    swing = np.abs(np.diff(share, axis=1)).mean(axis=1)
    assert swing[-6:].mean() > 3 * swing[20:44].mean()


# --- 7: seeds -----------------------------------------------------------------------------------------------------


def good(**change):
    """How many of the twelve have got it."""
    arguments = dict(width=2, rate=0.03, kind="XOR", alike=False) | change
    train, test = figures.draw(arguments.pop("kind"), 0.25)
    models = chapter()["learn_all"](figures.TWELVE, *(arguments[n] for n in ("width", "rate", "alike")), train)
    return int((figures.right(models, *test) > seeds.GOOD).sum())


def test_the_words_of_the_presets_of_the_seeds():
    names = {name: good(**option("seeds_cases", name)) for name in chapter()["seeds_cases"].options}
    assert 2 <= names["enough in theory"] <= 5 and "chance" in words("seeds_cases", "enough in theory")
    assert 10 <= names["a few more"] <= 12 and names["plenty"] == 12 and names["all alike"] == 0
    guess = chapter()["seeds"].controls["guess"]
    assert guess.options[guess.answer] == "some" and 0 < names["enough in theory"] < 12


def test_other_dozens_have_between_two_and_nine():
    train, test = figures.draw("XOR", 0.25)
    keys = jax.random.split(jax.random.key(123), (20, 12))
    counts = [(figures.right(chapter()["learn_all"](k, 2, 0.03, False, train), *test) > seeds.GOOD).sum() for k in keys]
    assert (min(counts), max(counts)) == (2, 9)


def test_who_is_caught_stays_caught_with_two_clouds_undecided():
    train, test = figures.draw("XOR", 0.25)

    @jax.jit
    @jax.vmap
    def long(key):
        net = narrow(mlp(key, 2, 16, 1), 2)
        run = fit(net, train, binary_cross_entropy, adam(0.03), 10_000)
        return run.model, run.losses[-1]

    early = figures.right(chapter()["learn_all"](figures.TWELVE, 2, 0.03, False, train), *test)
    caught = early < seeds.GOOD
    assert caught.sum() == 7 and "the seven that are caught" in CELLS["seeds_text"]
    models, losses = long(figures.TWELVE)
    late = figures.right(models, *test)
    assert (late[caught] < 0.8).all() and (late[~caught] > seeds.GOOD).all()
    undecided = np.isclose(losses, np.log(2) / 2, atol=0.005)  # for half of the points it is a toss-up
    assert undecided[caught].sum() >= 5 and not undecided[~caught].any()


def test_two_units_can_do_it_and_one_cannot():
    assert good(width=1) == 0 < good(width=2)


def test_the_share_of_good_networks_grows_with_the_width():
    train, test = figures.draw("XOR", 0.25)
    keys = jax.random.split(jax.random.key(1), (10, 12))
    share = [
        np.mean([figures.right(chapter()["learn_all"](k, w, 0.03, False, train), *test) > seeds.GOOD for k in keys])
        for w in (2, 3, 4, 8)
    ]
    assert np.diff(share).min() > 0 and 0.3 < share[0] < 0.6 and share[3] > 0.99


def test_units_alike_are_one_unit():
    train, test = figures.draw("XOR", 0.25)
    for width, alike in ((16, True), (1, False)):
        models = chapter()["learn_all"](figures.TWELVE, width, 0.03, alike, train)
        assert figures.right(models, *test).max() < 0.8


def test_points_lie_where_the_pictures_show_them():
    train, test = figures.draw("moons", 0.2)
    images = figures.seeds_views(chapter()["learn_all"](figures.TWELVE, 16, 0.03, False, train), train, test)[0]
    places, classes = images.points
    column, row = np.floor(places).astype(int).T
    inside = (row >= 0) & (row < figures.GRID) & (column >= 0) & (column < figures.GRID)
    right, flipped = (
        (pictures[:, row[inside], column[inside]] > 0.5) == (classes[inside] == 1)
        for pictures in (images.pictures, images.pictures[:, ::-1])
    )
    assert inside.sum() > 20 and right.mean() > 0.9 > 0.7 > flipped.mean()


# --- 8: radial units ---------------------------------------------------------------------------------------------


@cache
def learned(s=0.5):
    train, test = figures.draw("moons", 0.2)
    return *chapter()["learn_radial"](figures.centres(train, 16), s, train), train, test


def test_the_radial_network_is_the_librarys():
    near, _, train, _ = learned()
    hidden = RBF(near.centres, np.full(16, near.s))
    assert np.allclose(near(train[0])[:, 0], hidden(train[0]) @ near.w, atol=1e-4)
    assert np.allclose(near.centres, figures.centres(train, 16)) and float(near.s) == 0.5  # they are not trained


def test_far_away_one_says_a_half_and_the_other_is_sure():
    near, side, *_ = learned()
    turn = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    far = 20 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    radial_says, side_says = radial.answers(near, side, far)
    assert np.allclose(radial_says, 0.5, atol=1e-6)
    assert np.mean(np.abs(side_says - 0.5) > 0.4) > 0.8
    first, f, _ = side.layers
    assert np.mean(np.abs(f(first(far))) > 0.99) > 0.8  # each stands at -1 or at 1
    (at,) = re.findall(r"radial (0\.\d\d)", chapter()["radial"]()[-1].text)
    assert at == "0.50" and "perceptrons 1.00" in chapter()["radial"]()[-1].text


def test_the_words_of_the_presets_of_widths():
    nets = {name: learned(o["s"]) for name, o in chapter()["widths"].options.items()}
    shares = {name: right_of(near, *test) for name, (near, _, _, test) in nets.items()}
    assert shares["good"] > 0.93 and shares["good"] > shares["too wide"] + 0.05
    said = {name: radial.answers(*net[:2], sets.square(radial.FAR))[0] for name, net in nets.items()}
    sure = {name: np.mean(np.abs(field - 0.5) > 0.3) for name, field in said.items()}
    assert sure["too narrow"] < 0.02 < sure["good"] < 0.5 < sure["too wide"]
    X, _ = learned()[3]
    known = {name: np.mean(np.abs(radial.answers(*net[:2], X)[0] - 0.5) > 0.3) for name, net in nets.items()}
    assert known["too narrow"] < 0.4 and known["good"] > 0.8
    near = learned(3.0)[0]
    x = learned()[2][0]
    hidden = np.exp(-np.square(x[:, None] - np.asarray(near.centres)).sum(-1) / (2 * 3.0**2))
    assert hidden.min() > 0.4  # all units say nearly the same, everywhere among the data


def test_the_loss_of_the_radial_network_is_convex_in_its_weights():
    near, _, train, _ = learned()
    centres = near.centres

    def loss(w):
        return binary_cross_entropy(type(near)(w, centres, near.s)(train[0]), train[1]).mean()

    for key in jax.random.split(jax.random.key(0), 3):
        curvatures = np.linalg.eigvalsh(np.asarray(jax.hessian(loss)(3 * jax.random.normal(key, (16,))), float))
        assert curvatures.min() > -1e-5


def test_centres_are_the_handles_and_points_of_both_classes():
    train, _ = figures.draw("moons", 0.2)
    places = figures.centres(train, 16, Handle(0.5, 0.25), Handle(-1.0, 0.0))
    assert places.shape == (16, 2) and places[:2].tolist() == [[0.5, 0.25], [-1.0, 0.0]]
    rows = [np.flatnonzero((train[0] == place).all(1))[0] for place in places[2:]]
    assert sorted(train[1][rows].tolist()) == [0] * 7 + [1] * 7


# --- 9: digits ---------------------------------------------------------------------------------------------------


@cache
def course():
    return chapter()["learned"](32, 0.01)


def test_the_images_are_split_in_three_and_nobody_is_in_two():
    parts = [chapter()[name] for name in ("train", "valid", "test")]
    assert [len(y) for _, y in parts] == [1047, 300, 450] and sum(len(y) for _, y in parts) == len(digits().y) == 1797
    rows = np.split(chapter()["order"], [450, 750])
    assert not set(rows[0]) & set(rows[1]) and not set(rows[1]) & set(rows[2])
    assert all(X.min() == 0 and X.max() == 1 and X.shape[1] == 64 for X, _ in parts)
    assert figures.STEPS == 20 * -(-1047 // 64) == 340 and "340 steps" in CELLS["pixels_text"]


def test_the_curves_of_pixels_are_the_errors_of_the_film():
    film, *shares = course()
    for name, share in zip(("train", "valid"), shares, strict=True):
        X, y = chapter()[name]
        for epoch in (0, 7, 20):
            model = jax.tree.map(lambda leaf: leaf[epoch], film)  # noqa: B023
            assert share[epoch] == pytest.approx(np.mean(model(X).argmax(-1) != y))
    *_, note = chapter()["pixels"](epochs=15)
    assert f"{100 * shares[0][15]:.1f} % of the training images" in note.text
    valid = shares[1]
    assert max(valid[14], valid[16]) < valid[15] and "After 14 epochs" in CELLS["pixels_errors_intro"]


def test_the_words_of_the_presets_of_pixels():
    shares = {}
    for name, o in figures.pixels_cases.options.items():
        _, train, valid = chapter()["learned"](o["width"], o["rate"])
        shares[name] = np.array([train[o["epochs"]], valid[o["epochs"]]])
        assert name != "too small" or np.diff(train[-6:]).mean() < -0.002
        assert name != "too large" or train[10:].std() > 0.02
    assert (shares["good"] < 0.07).all() and (shares["good"][0] < 0.02)
    assert all((shares[name] > 0.15).all() for name in ("too small", "too large", "too narrow"))


def test_neighbouring_pixels_get_similar_weights():
    before, after = (figures.alike(figures.first_weights(course()[0], 32, epoch)) for epoch in (0, 15))
    assert abs(before) < 0.05 and 0.25 < after < 0.35


def test_the_pictures_of_weights_and_images_stand_upright():
    W = np.zeros((64, 3))
    W[0, 0] = 1.0  # the first pixel is the top left one
    pictures = np.asarray(pixels.weights_view(W).pictures)
    assert pictures.shape == (3, 8, 8) and np.argwhere(pictures == 1).tolist() == [[0, 0, 0]]
    assert len(pixels.weights_view(np.zeros((64, 32)))) == pixels.SHOWN
    _, images, _ = chapter()["mistakes"](which="right, and sure")
    X, (first, *_) = chapter()["test"][0], pixels.surest(read())["right, and sure"]
    np.testing.assert_array_equal(images.pictures[0].ravel(), X[first])


@cache
def read():
    return pixels.answers_of(chapter()["reader"], *chapter()["test"])


def test_the_confusion_matrix_counts_every_test_image():
    matrix, _, note = chapter()["mistakes"]()
    counts = np.asarray(matrix.values, int)
    answers = read()
    assert counts.sum() == 450 and counts.sum(1).tolist() == np.bincount(answers.true).tolist()
    assert counts.trace() == (answers.said == answers.true).sum() and f"{450 - counts.trace()} of 450" in note.text
    i, j = matrix.at
    assert i != j and counts[i, j] == (counts - np.diag(np.diag(counts))).max()
    assert matrix.says[i][j].startswith(f"Of {counts[i].sum()} images of the digit {i}, {counts[i, j]} w")


def test_what_the_text_says_of_the_mistakes():
    answers = read()
    counts = np.asarray(chapter()["mistakes"]()[0].values, int)
    off = counts - np.diag(np.diag(counts))
    assert np.mean(answers.said == answers.true) > 0.95
    assert off.sum(1).argmax() == 8
    assert (off > 0).sum() < 30  # of 90


def test_twenty_networks_misread_the_8_and_say_1():
    train, _, test = (chapter()[name] for name in ("train", "valid", "test"))

    @jax.jit
    def learn(key):
        net = narrow(mlp(key, 64, 64, 10), 32)
        return fit(net, train, softmax_cross_entropy, adam(0.01), 15 * 17, batch=64, key=key).model

    off = np.zeros((20, 10, 10), int)
    for one, seed in zip(off, range(20), strict=True):
        answers = pixels.answers_of(learn(jax.random.key(seed)), *test)
        np.add.at(one, (answers.true, answers.said), answers.true != answers.said)
    assert (off.sum(2).argmax(1) == 8).sum() == pytest.approx(16, abs=2)
    assert off.sum((0, 2)).argmax() == 8 and off.sum((0, 1)).argmax() == 1


def test_the_images_are_sorted_as_said():
    answers = read()
    for name, rows in pixels.surest(answers).items():
        right = answers.said[rows] == answers.true[rows]
        assert right.all() if name.startswith("right") else not right.any()
        sure = np.diff(answers.sure[rows])
        assert (sure >= 0).all() if name == "right, but hardly" else (sure <= 0).all()
        images = chapter()["mistakes"](which=name)[1]
        assert len(images) == len(images.captions) == min(20, len(rows))
        assert images.captions[0].startswith(f"{answers.true[rows[0]]} → {answers.said[rows[0]]}")


def test_choosing_by_the_test_images_flatters():
    """Thirty networks that are equally good: the best of them on 450 images is worse on others."""
    rng = np.random.default_rng(0)
    truly = 0.96
    best = np.mean([rng.binomial(450, truly, 30).max() / 450 for _ in range(2000)])
    assert best > truly + 0.01
