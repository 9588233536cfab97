"""Chapter 07, sections 5 to 9: what is printed against the library, the pieces, what the text claims."""

import re
import warnings
from dataclasses import replace
from functools import cache
from itertools import product

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.flatten_util import ravel_pytree

from nnlib import optim
from nnlib.course.gradient_descent import figures
from nnlib.course.gradient_descent.exercises import mini_batches as exercise
from nnlib.course.gradient_descent.figures import batches, landscape, regression, stopping
from nnlib.course.gradient_descent.figures.schedules import _orders
from nnlib.data import iris, z_score
from nnlib.layers import mlp
from nnlib.losses import binary_cross_entropy
from nnlib.module import split
from nnlib.optim import sgd
from nnlib.probe import coordinates, directions
from nnlib.train import descend, fit, stopping_point
from tests.course.pieces import cells, defined

CHAPTER = "07_gradient_descent"
CELLS = cells(CHAPTER)


@cache
def chapter() -> dict:
    """What the notebook's own cells define: its functions and its live pieces."""
    names = ("imports", "delta_rule", "regression_presets", "regression", "shuffled", "batches", "rates_code",
             "schedules", "stopping_rules", "stopping", "landscape_presets", "landscape")  # fmt: skip
    return defined(CHAPTER, *names)


def curve(view, name):
    return np.asarray(view.series[name][1], float)


def option(presets, name):
    return {key: value for key, value in presets.options[name].items() if key != "says"}


# --- 5: a line ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inputs", figures.INPUTS)
def test_error_and_gradient_are_those_of_jax(inputs):
    X, d = figures.petals(inputs)
    with jax.enable_x64(True):

        def f(w):
            return jnp.mean((X @ w - d) ** 2) / 2

        for w in np.random.default_rng(0).normal(size=(5, 2)):
            assert figures.error(X, d, w) == pytest.approx(float(f(w)), rel=1e-9)
            assert np.allclose(figures.gradient(X, d, w), jax.grad(f)(w), rtol=1e-9)
        least = figures.least_squares(X, d)
        assert np.allclose(figures.gradient(X, d, least), 0, atol=1e-12)


@pytest.mark.parametrize(("inputs", "rate"), [("as measured", 0.1), ("standardised", 0.3)])
def test_the_delta_rule_on_all_examples_is_the_librarys_descent(inputs, rate):
    X, d = figures.petals(inputs)
    start, rows = np.array([-0.6, 1.7]), [np.arange(150)] * 150
    path = chapter()["delta_rule"](X, d, start, rate, rows)
    with jax.enable_x64(True):
        run = descend(lambda w: jnp.mean((X @ w - d) ** 2) / 2, start, sgd(rate), 150)
    assert np.allclose(path, run.path, rtol=1e-5, atol=1e-6)
    assert np.allclose(path, figures.descend_by(X, d, start, rate, rows), rtol=1e-12)


def test_the_delta_rule_on_one_example():
    X, d = figures.petals("as measured")
    w = np.array([0.5, -1.0])
    _, after = chapter()["delta_rule"](X, d, w, 0.01, [[7]])
    assert np.allclose(after, w - 0.01 * (w @ X[7] - d[7]) * X[7])


@pytest.mark.parametrize("rate", [0.01, 0.2, 3.0])
@pytest.mark.parametrize("each", ["all examples", "one example"])
@pytest.mark.parametrize("inputs", figures.INPUTS)
def test_a_run_that_leaves_the_numbers_says_so_without_a_warning(inputs, each, rate):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        *_, note = chapter()["regression"](inputs=inputs, each=each, rate=rate)
    X, _ = figures.petals(inputs)
    if each == "all examples":
        assert (note.tone == "bad") == (rate > 2 / np.linalg.eigvalsh(X.T @ X / 150).max())


def test_the_limit_of_one_example_a_step_is_its_own():
    one = {"inputs": "as measured", "each": "one example"}
    X, _ = figures.petals("as measured")
    limit = 2 / np.max(np.sum(X**2, axis=1))
    assert limit == pytest.approx(0.041, abs=5e-4)
    assert limit < 2 / np.linalg.eigvalsh(X.T @ X / 150).max()
    *_, note = chapter()["regression"](**one, rate=3.0)
    assert note.tone == "bad" and note.text.endswith("one example at a time is safe below 2/|x|² = 0.041.")
    *_, note = chapter()["regression"](**one, rate=0.01)
    assert note.text.startswith("After 150 steps = 1 epoch: w = ") and len(note.moments) == 151
    assert [moment.split(":")[0] for moment in note.moments[:3]] == [
        "Before the first step",
        "After 1 step",
        "After 2 steps",
    ]
    *_, note = chapter()["regression"](**one | {"each": "all examples"}, rate=0.01)
    assert note.text.startswith("After 150 steps: w = ")
    # What "safe" means: no two runs move apart, whatever the examples.
    apart = [np.linalg.norm(np.eye(2) - rate * np.outer(x, x), 2) for rate in (0.99 * limit, limit) for x in X]
    assert max(apart) < 1 + 1e-9
    longest = max(X, key=lambda x: x @ x)
    assert np.linalg.norm(np.eye(2) - 1.05 * limit * np.outer(longest, longest), 2) > 1.05


def test_the_standardised_weight_is_per_standard_deviation():
    (raw, d), (X, _) = figures.petals("as measured"), figures.petals("standardised")
    per_cm, per_deviation, deviation = figures.least_squares(raw, d)[0], figures.least_squares(X, d)[0], raw[:, 0].std()
    assert (round(per_cm, 2), round(deviation, 2), round(per_deviation, 2)) == (0.42, 1.76, 0.73)
    assert per_cm * deviation == pytest.approx(per_deviation, rel=1e-9)
    said = ("$w = 0.731$", "1.76 cm", r"$0.731 / 1.76 = 0.42$", "0.42 cm wider")
    assert round(per_deviation, 3) == 0.731 and round(0.731 / 1.76, 2) == 0.42
    assert all(words in CELLS["closed_text"] for words in said)


def test_the_words_of_the_regression_presets():
    piece, fits = chapter()["regression"], chapter()["fits"]
    X, d = figures.petals("standardised")
    least = figures.error(X, d, figures.least_squares(X, d))
    losses = {name: curve(piece(**option(fits, name))[0][1], "error") for name in fits.options}
    assert losses["creeps"][5] < losses["creeps"][0] / 3 and losses["creeps"][-1] > 1.05 * least
    assert losses["diverges"].max() >= 1e4
    assert losses["best"][1] == pytest.approx(least, rel=1e-6)
    alone = losses["one by one"][60:]
    assert alone.max() < 3 * least and np.abs(np.diff(alone)).max() > 1e-3
    assert "2/18 = 0.11" in fits.options["diverges"]["says"]
    assert "2/18 = 0.11" in piece(**option(fits, "diverges"))[-1].text


def test_standardising_makes_the_valley_round_and_leaves_the_smallest_error():
    curvatures, least = {}, {}
    for inputs in figures.INPUTS:
        X, d = figures.petals(inputs)
        curvatures[inputs] = np.linalg.eigvalsh(X.T @ X / len(X))
        least[inputs] = figures.error(X, d, figures.least_squares(X, d))
    assert np.allclose(curvatures["standardised"], 1, atol=1e-6)
    assert curvatures["as measured"][1] / curvatures["as measured"][0] == pytest.approx(105, abs=0.5)
    assert least["as measured"] == pytest.approx(least["standardised"], rel=1e-9)


def test_several_inputs_that_go_together_become_rounder_and_not_round():
    table = np.asarray(iris(None).X, float)
    condition = [
        np.linalg.cond(X.T @ X) for X in (np.c_[columns, np.ones(150)] for columns in (table, z_score(table)(table)))
    ]
    assert 10 < condition[1] < condition[0] / 10


@pytest.mark.parametrize("inputs", figures.INPUTS)
def test_the_line_that_is_drawn_goes_through_the_predictions(inputs):
    (data, _), *_ = chapter()["regression"](inputs=inputs, each="all examples", rate=0.1)
    (line,) = data.lines
    X, d = figures.petals(inputs)
    path = chapter()["delta_rule"](X, d, np.array([-0.6, 1.7]), 0.1, [np.arange(150)] * 150)
    normal, b = line.w.frames, line.b.frames
    lengths = data.points.x[:, 0]
    for k in (0, 3, 150):
        assert np.allclose(normal[k, 0] * lengths + b[k], -normal[k, 1] * (X @ path[k]), atol=1e-4)


# --- 6: batches --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 7, 32, 64, 150])
def test_an_epoch_shows_every_example_once(size):
    epoch = chapter()["shuffled"](150, size, np.random.default_rng(0))
    assert len(epoch) == -(-150 // size) and sorted(np.concatenate(epoch)) == list(range(150))
    assert [len(rows) for rows in epoch[:-1]] == [size] * (len(epoch) - 1) and 1 <= len(epoch[-1]) <= size
    if size < 150:
        assert np.concatenate(epoch).tolist() != list(range(150))


def test_the_steps_that_are_printed_and_asked_for():
    counts = eval(CELLS["steps_code"], chapter())
    assert counts == {1: 150, 8: 19, 32: 5, 64: 3, 150: 1}


@pytest.mark.parametrize("size", [1, 2, 5])
def test_the_law_of_the_noise_is_exact_over_all_batches(size):
    """Of seven examples, every batch there is."""
    rng = np.random.default_rng(3)
    X, d, w = rng.normal(size=(7, 2)), rng.normal(size=7), rng.normal(size=2)
    every = [rows for rows in product(range(7), repeat=size) if len(set(rows)) == size]
    sampled = np.array([figures.gradient(X[list(rows)], d[list(rows)], w) for rows in every])
    truth = figures.gradient(X, d, w)
    assert np.allclose(sampled.mean(0), truth)
    assert figures.spread(sampled, truth) == pytest.approx(float(figures.noise_law(X, d, w, size)), rel=1e-9)


def test_the_noise_that_is_drawn_follows_the_law():
    (X, d), w = figures.petals(), np.array([-0.4, 0.2])
    for size in batches.SIZES.stops[:-1]:
        (_, noise), *_ = chapter()["batches"](size=size)
        here = curve(noise, "_here")[0]
        assert here == pytest.approx(max(float(figures.noise_law(X, d, w, size)), batches.LOUD[0]), rel=0.25)
    assert figures.noise_law(X, d, w, 4) == pytest.approx(figures.noise_law(X, d, w, 1) / 2, rel=0.02)
    assert float(figures.noise_law(X, d, w, 150)) == 0


@pytest.mark.parametrize("size", [1, 8, 150])
def test_the_cloud_is_where_one_step_leads(size):
    (one, _), (many, losses), note = chapter()["batches"](size=size, rate=0.5)
    (X, d), w = figures.petals(), np.array([-0.4, 0.2])
    tips, kinds = one.points
    assert len(tips) == 201 and kinds.tolist() == [0] * 200 + [1] and list(one.ring) == [200]
    assert np.allclose(tips[-1], w - 0.5 * figures.gradient(X, d, w), atol=1e-6)
    assert np.allclose(tips[:-1].mean(0), tips[-1], atol=0.15)
    steps = -(-150 // size)
    assert len(many.paths[0].whole) == 5 * steps + 1 == len(curve(losses, "error"))
    assert note.text.startswith(f"{steps} step{'s' * (steps > 1)} an epoch") and note.tone == "plain"
    assert chapter()["batches"](size=1, rate=2.0)[-1].tone == "bad"
    if size == 150:
        assert np.allclose(tips, tips[-1], atol=1e-6)


def test_all_examples_have_no_noise_and_the_chart_is_tall_enough_for_any():
    views = chapter()["batches"](size=150)
    assert views[-1].text == "1 step an epoch. Noise 0, by the law 0."
    assert views[0][1].tall and views[1][1].tall
    X, d = figures.petals()
    corners = [np.array(w) for w in product(regression.BOUNDS[:2], regression.BOUNDS[2:])]
    most = max(float(figures.noise_law(X, d, w, 1)) for w in corners)
    assert batches.LOUD[1] / 2 < most < batches.LOUD[1]


def test_the_path_of_150_stops_short_and_that_of_8_has_long_arrived():
    (X, d), start = figures.petals(), np.array([-0.4, 0.2])
    least, piece = figures.least_squares(X, d), chapter()["batches"]
    paths = {size: path_of(piece(size=size)) for size in (150, 8)}
    left = {size: np.linalg.norm(path - least, axis=1) / np.linalg.norm(start - least) for size, path in paths.items()}
    assert len(left[150]) == 1 + 5 and len(left[8]) == 1 + 95 and piece.controls["rate"].value == 0.3
    assert left[150][-1] == pytest.approx(0.7**5, abs=1e-4) and round(100 * 0.7**5) == 17
    assert left[8][20:].max() < 0.17 and r"$0.7^5 \approx 17$" in CELLS["path_text"]


def path_of(views):
    """The training's path in the views of the batches."""
    _, (many, _), _ = views
    return np.asarray(many.paths[0].whole, float)


def test_a_cloud_is_left_around_the_minimum_and_small_batches_leave_a_larger_one():
    left = {size: curve(chapter()["batches"](size=size, rate=0.5)[1][1], "error") for size in (1, 8, 32)}
    left = {size: errors[len(errors) // 2 :].mean() for size, errors in left.items()}
    assert left[1] > 3 * left[8] > 6 * left[32] > 0


def anew_by_order(X, y, size, rng):
    orders = [rng.permutation(len(X))[i : i + size] for i in range(0, len(X), size)]
    return [(X[rows], y[rows]) for rows in orders]


def anew_by_rows(X, y, size, rng):
    return [(rng.permutation(X)[i : i + size], rng.permutation(y)[i : i + size]) for i in range(0, len(X), size)]


def anew_from_elsewhere(X, y, size, rng):
    return anew_by_order(X, y, size, np.random.default_rng())


@pytest.mark.parametrize("function", [anew_by_order, anew_by_rows, anew_from_elsewhere])
def test_a_new_order_for_every_batch_is_called_that(function):
    assert exercise.MINI_BATCHES.check(function).says == exercise.ANEW


def with_replacement(X, y, size, rng):
    drawn = [rng.integers(0, len(X), min(size, len(X) - i)) for i in range(0, len(X), size)]
    return [(X[rows], y[rows]) for rows in drawn]


@pytest.mark.parametrize(
    "function", [with_replacement, lambda X, y, size, rng: with_replacement(X, y, size, np.random.default_rng())]
)
def test_batches_with_replacement_are_called_that(function):
    assert exercise.MINI_BATCHES.check(function).says == exercise.TWICE


# --- 7: schedules ------------------------------------------------------------------------------------------------


def shown_rates(eta_0=0.3, **on):
    off = dict.fromkeys(("exponential", "linear", "step", "cosine", "warm_up"))
    return chapter()["rates"](np.arange(1000), eta_0, **(off | on))


def test_the_printed_schedules_are_the_librarys():
    k = np.arange(1000)
    shown = shown_rates(
        0.3, exponential={"factor": 0.5}, linear={"last": 0.001, "tau": 800}, step={"factor": 0.3, "every": 250},
        cosine={"tau": 700}, warm_up={"m": 200},
    )  # fmt: skip
    library = {
        "constant": optim.constant(0.3), "exponential": optim.exponential(0.3, 0.5, 100),
        "linear": optim.linear(0.3, 0.001, 800), "step": optim.step_decay(0.3, 0.3, 250),
        "cosine": optim.cosine(0.3, 0.0, 700), "warm_up": optim.warm_up(200, optim.constant(0.3)),
    }  # fmt: skip
    assert list(shown) == list(library)
    for name, schedule in library.items():
        assert np.allclose(shown[name], schedule(k), rtol=1e-4, atol=1e-6), name
    assert (shown["linear"][800:] == 0.001).all()


def test_the_race_is_the_delta_rule():
    X, d = figures.petals()
    rates = shown_rates(linear={"last": 0.01, "tau": 500})
    least = figures.error(X, d, figures.least_squares(X, d))
    runs = []
    for order in _orders().T:
        w = np.zeros(2)
        for k in range(300):
            i = order[k]
            w = w - rates["linear"][k] * (X[i] @ w - d[i]) * X[i]
        runs.append(figures.error(X, d, w) - least)
    assert figures.noisy_race(rates)["linear"][300] == pytest.approx(np.mean(runs), rel=1e-6)
    epoch = _orders()[:150]
    assert all(sorted(run) == list(range(150)) for run in epoch.T)


def test_a_constant_rate_keeps_a_level_and_a_falling_one_goes_below_it():
    above = figures.noisy_race(shown_rates(linear={"last": 0.001, "tau": 800}, cosine={"tau": 1000}))
    level = above["constant"][100:]
    assert level[:300].mean() == pytest.approx(level[-300:].mean(), rel=0.2) and level.min() > 1e-3
    assert above["linear"][-1] < level.mean() / 20 and above["cosine"][-1] < level.mean() / 20


def test_half_the_rate_leaves_about_half_the_level_and_takes_about_twice_as_long():
    above = [figures.noisy_race({"constant": np.full(1000, rate)})["constant"] for rate in (0.1, 0.05)]
    high, low = (curve[300:].mean() for curve in above)
    assert 1.7 < high / low < 2.6
    late = [int(np.argmax(curve < 0.05)) for curve in above]
    assert 1.6 < late[1] / late[0] < 2.4


def test_too_fast_a_decay_stops_before_it_arrives():
    above = figures.noisy_race(shown_rates(0.03, exponential={"factor": 0.1}))
    assert above["exponential"][-1] > 20 * above["constant"][-300:].mean()
    assert above["exponential"][500] == pytest.approx(above["exponential"][-1], rel=1e-2)


SET = {"exponential": {"factor": 0.5}, "cosine": {"tau": 1000}, "step": {"factor": 0.3, "every": 250},
       "linear": {"last": 0.001, "tau": 800}}  # fmt: skip


def test_which_schedule_comes_lowest_is_as_the_table_says():
    parts = figures.rows()
    assert all(part.value == SET[name][key] for name in SET for key, part in parts[name].parts.items())
    stops, text = chapter()["schedules"].controls["eta_0"].stops, CELLS["schedules_ranking"]
    head, first, second = (re.findall(r"[a-z]+|[\d.]+(?:e-\d)?", row) for row in tables(text))
    assert head == list(SET)
    for eta_0, (*_, rate, a, b, c, d) in ((0.3, first), (0.031, second)):
        above = figures.noisy_race(shown_rates(eta_0, **SET))
        assert [float(said) for said in (a, b, c, d)] == pytest.approx([above[name][-1] for name in SET], rel=0.02)
        assert float(rate) == eta_0 and eta_0 in stops
    assert sorted(SET, key=dict(zip(head, map(float, first[-4:]), strict=True)).get) == head
    assert float(second[-4]) > max(map(float, second[-3:])) and float(second[-1]) < min(map(float, second[-4:-1]))


def tables(text):
    """The rows of a table with words or numbers in them."""
    return [row for row in text.splitlines() if row.startswith("|") and "-|-" not in row]


def test_why_linear_comes_last_at_a_large_rate_and_exponential_at_a_small_one():
    text, above = CELLS["schedules_ranking"], figures.noisy_race(shown_rates(0.3, **SET))
    assert above["linear"][-1] > above["linear"][800] / 2  # it stands nearly still, while exponential ...
    assert (shown_rates(0.3, **SET)["linear"][800:] == 0.001).all() and above["exponential"][800] < 1e-5
    held = shown_rates(0.3, linear={"last": 0.0031, "tau": 500})
    assert f"{figures.noisy_race(held)['linear'][-1]:.1e}" == "2.7e-05" and "2.7e-5" in text
    rates = shown_rates(0.031, exponential=SET["exponential"])
    assert round(rates["exponential"].sum(), 1) == 4.5 and "only 4.5" in text
    curve = figures.noisy_race(rates)["exponential"]
    X, d = figures.petals()
    short = np.exp(-2 * 4.5) * np.sum(figures.least_squares(X, d) ** 2) / 2  # what is left of the way, without noise
    assert curve[-1] == pytest.approx(short, rel=0.25) and curve[800] < 1.05 * curve[-1]


def test_the_warm_up_does_not_hide_the_constant_rate():
    for views in (chapter()["schedules"](warm_up=True), chapter()["schedules"](warm_up=True, cosine=True)):
        for curves in views[:2]:
            assert list(curves.series)[-1] == "constant" and curves.color("constant") == "grey"


def test_warm_up_gains_nothing_here():
    above = figures.noisy_race(shown_rates(warm_up={"m": 200}))
    assert above["warm_up"][-300:].mean() == pytest.approx(above["constant"][-300:].mean(), rel=0.1)
    assert above["warm_up"][20] > above["constant"][20]


def test_the_axis_of_the_rates_shows_the_largest_and_the_factor_says_per_what():
    piece = chapter()["schedules"]
    most = piece.controls["eta_0"].stops[-1]
    rate, *_ = piece(eta_0=most)
    assert curve(rate, "constant").max() == pytest.approx(most) and rate.ylim[1] > 1.02 * most
    assert figures.rows()["exponential"].parts["factor"].label == "γ¹⁰⁰"


def test_nobody_in_the_race_is_no_error():
    *_, note = figures.schedule_views({})
    assert note.text == "Switch a schedule on."


# --- 8: stopping -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seen", [None, 5])
@pytest.mark.parametrize("patience", [1, 2, 5, 10, 30, 60])
def test_patience_is_the_librarys(seen, patience):
    _, valid = figures.overfitting(seen)
    stop, best = map(int, stopping_point(valid, patience))
    tired, kept = chapter()["out_of_patience"](valid, patience)
    assert (len(valid) - 1 if tired is None else tired, kept) == (stop, best)


def test_the_training_loss_falls_and_the_validation_loss_turns():
    train, valid = figures.overfitting(None)
    assert len(train) == len(valid) == 201 and (np.diff(train) < 0).all()
    turn = int(valid.argmin())
    assert 5 < turn < 100 and valid[-1] > 1.2 * valid[turn] and train[-1] < 0.5 * train[turn]


def test_which_rule_is_fooled_and_how():
    train, valid = figures.overfitting(5)
    calm = chapter()["too_little_change"]
    assert calm(figures.overfitting(None)[0], 0.0015) > valid.argmin()  # late: it asks the wrong curve
    assert calm(train, 0.0015) < valid.argmin() or calm(train, 0.005) < valid.argmin()  # by accident
    assert chapter()["out_of_patience"](valid, 1)[1] < valid.argmin()  # the first bump
    assert chapter()["out_of_patience"](valid, 60)[1] == valid.argmin()
    assert calm(np.array([3.0, 2.0, 1.0]), 0.5) is None


def test_what_the_notes_of_stopping_say():
    train, valid = figures.overfitting(None)
    _, change, patience = figures.stopping_views(train, valid, None, 30, 20)
    assert change.text == "ε (purple): never stops; at the last check, 200, validation is 0.785."
    assert patience.text.startswith("Patience (teal): stops at check 30, keeps check 20, validation 0.59")
    assert patience.text.endswith("the best of all.")
    *_, patience = figures.stopping_views(train, valid, 3, None, 2)
    assert "never runs out" in patience.text and f"at check {int(valid.argmin())}" in patience.text


@pytest.mark.parametrize("seen", [None, 5])
def test_the_turn_fills_a_good_part_of_the_frame(seen):
    train, valid = figures.overfitting(seen)
    curves, *_ = chapter()["stopping"](seen=seen)
    bottom, top = curves.ylim
    late = np.concatenate([train[3:], valid[3:]])
    assert bottom < late.min() and late.max() < top
    assert valid[-1] - valid.min() > 0.15 * (top - bottom)


def test_stopping_counts_in_checks_everywhere():
    piece = chapter()["stopping"]
    assert piece.controls["patience"].label == "patience (checks)"
    curves, change, patience = piece(epsilon=0.0015, patience=10)
    assert curves.xlabel == "checks" and curves.xlim == (0, 200) and len(curve(curves, "training")) == 201
    assert f"every {stopping.EVERY} steps" in curves.title
    for name, note in (("ε", change), ("patience", patience)):  # upright lines that have their names
        x, _ = curves.series[name]
        assert x[0] == x[1] and f"stops at check {int(x[0])}," in note.text
    assert not any("at step" in note.text for note in (change, patience))


# --- 9: the landscape --------------------------------------------------------------------------------------------


@cache
def trained(rate=0.3, seed=0):
    net = mlp(jax.random.key(seed), 2, 8, 8, 1)
    return fit(net, figures.MOONS, binary_cross_entropy, sgd(rate), figures.TRAINED, frames=figures.FRAMES)


def flat(tree):
    return np.asarray(ravel_pytree(tree)[0], float)


def test_the_directions_of_a_path_are_its_longest():
    run = trained()
    weights = np.asarray(jax.vmap(lambda model: ravel_pytree(split(model)[0])[0])(run.film), float)
    away = weights - weights[-1]
    u, v = map(flat, figures.principal(run.model, run.film))
    assert u @ u == pytest.approx(1, abs=1e-5) and u @ v == pytest.approx(0, abs=1e-5)
    values, vectors = np.linalg.eigh(away.T @ away)
    assert abs(u @ vectors[:, -1]) == pytest.approx(1, abs=1e-4) == abs(v @ vectors[:, -2])
    share = figures.share_held(run.film, *figures.principal(run.model, run.film))
    assert share == pytest.approx(values[-2:].sum() / values.sum(), abs=1e-5)
    assert (away @ u)[0] < 0 < (away @ v).mean() + 1e-6


def test_the_surface_at_the_end_of_the_path_is_the_loss_of_the_model():
    run = trained()
    for which in figures.CUTS:
        u, v = figures.cut(run, which)
        path = landscape.shadow(run.film, u, v)
        places = jax.jit(jax.vmap(lambda model: coordinates(model, run.model, u, v)))(run.film)  # noqa: B023
        assert np.allclose(path, places, atol=1e-3)
        assert np.allclose(path[-1], 0, atol=1e-4)
        left, right, bottom, top = landscape.frame(path)
        assert left < path[:, 0].min() and path[:, 0].max() < right
        assert bottom < path[:, 1].min() and path[:, 1].max() < top
        assert right - left == pytest.approx(top - bottom)
        assert min(right, -left, top, -bottom) > 0.3 * (right - left) / 1.84 / 2  # the end is not at the edge
        here = landscape.loss_surface(figures.mean_loss, run.model, u, v, (-1.0, 1.0, -1.0, 1.0), 3)
        assert float(here[1, 1]) == pytest.approx(float(figures.mean_loss(run.model)), rel=1e-5)


def test_the_film_ends_with_the_training_and_the_player_counts_its_steps():
    run, spec = trained(), chapter()["landscape"].controls["time"].details()
    assert np.asarray(run.frame_steps).tolist() == list(range(0, figures.TRAINED + 1, spec["every"]))
    assert landscape.EVERY % 2 and spec["every"] * (figures.FRAMES - 1) == figures.TRAINED
    assert f"{figures.TRAINED}, frames" in CELLS["landscape"]
    surface, moons, losses, _ = figures.landscape_views(run, *figures.cut(run, figures.CUTS[0]))
    assert (surface.xlabel, surface.ylabel) == ("a", "b") and surface.axes == moons.axes == "xy"
    shown = curve(losses, "loss")
    assert len(shown) == figures.TRAINED + 1 and losses.xlim == (0, figures.TRAINED)
    for frame in (0, 50, figures.FRAMES - 1):  # the cursor stands at the loss of the model that is shown
        model = jax.tree.map(lambda leaf: leaf[frame], run.film)  # noqa: B023
        assert shown[spec["every"] * frame] == pytest.approx(float(figures.mean_loss(model)), rel=1e-4)


def test_at_random_1_is_as_long_as_all_the_weights_and_along_the_path_it_is_1():
    run = trained()
    weights = np.linalg.norm(flat(split(run.model)[0]))
    lengths = {which: [np.linalg.norm(flat(one)) for one in figures.cut(run, which)] for which in figures.CUTS}
    assert weights == pytest.approx(9.6, abs=0.05) and "about 10" in CELLS["landscape_text"]
    assert lengths["at random"] == pytest.approx([weights] * 2, rel=0.01)
    assert lengths["along its own path"] == pytest.approx([1, 1], abs=1e-5)


def test_the_loss_of_the_boldest_rate_stays_in_its_picture():
    losses = chapter()["landscape"](rate=8.0)[2]
    assert curve(losses, "loss").max() < losses.ylim[1]


def test_two_directions_at_random_hold_little_and_those_of_the_path_nearly_all():
    shares = []
    for seed in range(3):
        run = trained(seed=seed)
        along, random = (figures.share_held(run.film, *figures.cut(run, which)) for which in figures.CUTS)
        assert along > 0.97 and random < 0.3
        shares += [figures.share_held(run.film, *directions(jax.random.key(k), run.model)) for k in range(8)]
    assert 0.05 < np.mean(shares) < 0.11
    with pytest.raises(ValueError, match="expected one of along its own path, at random, got 'up'"):
        figures.cut(run, "up")


def test_the_words_of_the_landscape_presets():
    runs = {name: chapter()["known"].options[name] for name in ("steady", "bold", "too large")}
    losses = {name: np.asarray(trained(o["rate"], o["seed"]).losses, float) for name, o in runs.items()}
    rises = {name: np.mean(np.diff(curve) > 0) for name, curve in losses.items()}
    assert rises["steady"] == 0 and rises["bold"] > 0.02
    assert losses["bold"][-1] < losses["steady"][-1] / 2
    assert losses["too large"][-1] > losses["too large"][0] and 0.4 < rises["too large"] < 0.6
    assert "at random" in chapter()["known"].options["at random"]["which"]


def test_the_copies_of_a_network_say_the_same():
    space = dict(chapter()) | {"run": trained()}
    *lines, last = CELLS["copies_code"].splitlines()
    exec("\n".join(lines), space)
    assert eval(last, space) is True
    assert not np.allclose(flat(split(space["turned"])[0]), flat(split(trained().model)[0]))
    assert np.prod(np.arange(1, 9)) * 2**8 == 10_321_920


def test_no_slider_compiles_anew():
    for which in figures.CUTS:
        chapter()["landscape"](which=which)
    programs = (
        landscape._weights,
        landscape._boundaries,
        landscape.loss_surface.__globals__["_surface"],
    )
    before = [program._cache_size() for program in programs]
    for rate in (0.03, 0.5, 2.0, 10.0):
        for which in figures.CUTS:
            chapter()["landscape"](rate=rate, seed=int(10 * rate) % 9, which=which)
    assert [program._cache_size() for program in programs] == before


def test_a_training_that_diverged_is_a_sentence():
    run = trained()
    film = jax.tree.map(lambda leaf: leaf * np.nan, run.film)
    lost = replace(run, film=film, losses=run.losses.at[7:].set(np.nan), diverged=jnp.int32(7))
    views = figures.landscape_views(lost, *figures.cut(lost, figures.CUTS[0]))
    assert views[-1].tone == "bad" and "diverged: no number at step 7" in views[-1].text


def test_relief_goes_from_0_to_1_and_keeps_the_order():
    values = np.random.default_rng(0).random((20, 20)) ** 4
    heights = regression.relief(values)
    assert heights.min() == 0 and heights.max() == 1
    assert (np.argsort(heights.ravel()) == np.argsort(values.ravel())).all()
