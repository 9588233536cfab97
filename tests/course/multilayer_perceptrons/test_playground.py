"""The playground of chapter 09: its training beside the library's, changes on the way, odd input, what presets say."""

import dataclasses
import gc
import subprocess
import sys
import weakref
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib import activations
from nnlib.activations import identity, tanh
from nnlib.course.multilayer_perceptrons.figures.playground import (
    playground_controls,
    playground_views,
    whole_run,
)
from nnlib.course.multilayer_perceptrons.figures.playground.controls import KNOWN, OWN, TABLE
from nnlib.course.multilayer_perceptrons.figures.playground.controls import START as BEGIN
from nnlib.course.multilayer_perceptrons.figures.playground.net import (
    ACTIVATIONS,
    answers,
    features,
    layers_of,
    network,
)
from nnlib.course.multilayer_perceptrons.figures.playground.run import POOL, _batch, programs
from nnlib.course.multilayer_perceptrons.figures.playground.sets import TOYS, held_out, padded, split_off, toy
from nnlib.layers import Dense, sequential
from nnlib.live import Change, History, live
from nnlib.losses import binary_cross_entropy, penalty
from nnlib.module import Function
from nnlib.optim import adam, sgd
from nnlib.train import fit

START = KNOWN["all zero"] | {"points": BEGIN["points"], "table": "", "init": "Glorot", "length": 10}
OTHER = {
    "data": "circles", "noise": 0.3, "rate": 0.1, "optimizer": "sgd", "loss": "squared error", "batch": 20, "l1": 0.01,
    "l2": 0.1, "dropout": 0.5,
}  # fmt: skip


def settings(**other):
    """Two layers of eight tanh on the spirals, ten moments, unless something else is said."""
    return START | other


def layer(units, activation="tanh"):
    return {"units": units, "activation": activation}


def model_of(weights, hidden, activation):
    """The library's network with these numbers, which takes the seven features."""
    parts = []
    for W, b in layers_of(jnp.asarray(weights), hidden):
        parts += [Dense(W, b), Function(activation)]
    return sequential(*parts[:-1])


# --- the training --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("optimizer, ours", [("sgd", sgd(0.03)), ("adam", adam(0.03))])
@pytest.mark.parametrize("kind", ["tanh", "relu", "sigmoid"])
def test_a_run_is_what_the_library_trains(kind, optimizer, ours):
    rows = {"layer_1": layer(8, kind), "layer_2": layer(8, kind)}
    run = whole_run(settings(rate=0.03, optimizer=optimizer, l2=0.01, length=4, **rows))
    given = features(run.data.X) * run.architecture.features
    f = getattr(activations, kind)
    reference = fit(model_of(run.weights[0], 2, f), (given, run.data.y.astype(int)), binary_cross_entropy, ours, 80,
                    frames=5, penalty=penalty(l2=0.01))  # fmt: skip
    theirs = np.concatenate([np.asarray(leaf).reshape(5, -1) for leaf in jax.tree.leaves(reference.film)], axis=1)
    np.testing.assert_allclose(run.weights[:3], theirs[:3], atol=2e-4)  # later, a rounding may have grown
    np.testing.assert_allclose(run.evaluation.train.loss[0], reference.losses[0], rtol=1e-5)


def test_a_longer_run_begins_like_a_shorter_one():
    short, long = (whole_run(settings(length=n, batch=20, dropout=0.2)) for n in (10, 20))
    np.testing.assert_array_equal(short.weights, long.weights[:11])
    np.testing.assert_array_equal(short.evaluation.field, long.evaluation.field[:11])


def test_what_is_seen_is_what_the_network_answers():
    run = whole_run(settings())
    model = model_of(run.weights[-1], 2, tanh)
    side = jnp.linspace(-2, 2, 48)
    plane = jnp.stack(jnp.meshgrid(side, side), -1).reshape(-1, 2)
    shares = jax.nn.sigmoid(model(features(plane) * run.architecture.features)[:, 0])
    np.testing.assert_allclose(run.evaluation.field[-1], shares.reshape(48, 48), atol=1e-5)
    right = (model(features(run.test.X) * run.architecture.features)[:, 0] > 0) == (run.test.y > 0.5)
    assert float(run.evaluation.test.right[-1]) == pytest.approx(float(right[: run.test.count].mean()), abs=1e-5)


def test_every_epoch_takes_each_example_once():
    data = padded(np.random.default_rng(0).normal(size=(47, 2)), [0, 1] * 23 + [0])
    for epoch in (0, 1, POOL + 3):
        taken = np.stack([_batch(data, np.int32(5 * epoch + k), np.int32(10)) for k in range(5)])
        np.testing.assert_array_equal(taken.sum(0), data.weights)
        assert list(taken.sum(1)) == [10, 10, 10, 10, 7]


def test_the_seven_features():
    x, y = 0.3, -0.7
    expected = [x, y, x * x, y * y, x * y, np.sin(np.pi * x), np.sin(np.pi * y)]
    np.testing.assert_allclose(features(jnp.array([[x, y]]))[0], expected, rtol=1e-6)


def test_units_that_are_off_stay_without_weights():
    run = whole_run(settings(layer_1=layer(3), layer_2=layer(5), l2=0.01))
    (W1, b1), (W2, _), (W3, _) = layers_of(run.weights[-1], 2)
    assert not W1[2:].any() and not W1[:, 3:].any() and not b1[3:].any() and not W2[3:].any() and not W3[5:].any()
    assert (np.abs(W1[:2, :3]) > 0).all()


# --- changed on the way --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OTHER)
def test_a_change_on_the_way_keeps_the_steps_and_the_weights(name):
    start = settings(batch=100)
    before = whole_run(start)
    changed = whole_run(start | {name: OTHER[name]}, History([Change(5, {name: start[name]})]))
    assert len(changed.weights) == len(before.weights)
    np.testing.assert_array_equal(changed.weights[:6], before.weights[:6])  # moment 5 is step 100: nothing is lost
    assert (changed.weights[6] != before.weights[6]).any()
    whole = whole_run(start | {name: OTHER[name]})
    assert (changed.weights[-1] != whole.weights[-1]).any()


def test_points_may_change_on_the_way():
    start = settings(data=OWN)
    fewer = dataclasses.replace(start["points"], x=start["points"].x[:20], y=start["points"].y[:20])
    run = whole_run(start | {"points": fewer}, History([Change(5, {"points": start["points"]})]))
    np.testing.assert_array_equal(run.weights[:6], whole_run(start).weights[:6])
    assert run.data.count + run.test.count == 20


@pytest.mark.parametrize("shape", [
    {"layer_1": layer(7)}, {"layer_2": None}, {"feature_3": True}, {"init": "He"}, {"seed": 1},
    {"layer_1": layer(8, "relu")},
])  # fmt: skip
def test_another_network_begins_at_step_0(shape):
    before, after = whole_run(settings()), whole_run(settings(**shape))
    assert before.evaluation.field[1].shape == after.evaluation.field[1].shape
    assert (before.evaluation.field[1] != after.evaluation.field[1]).any()


def test_two_changes_and_their_order():
    history = History([Change(3, {"rate": 0.03}), Change(6, {"optimizer": "adam", "rate": 0.1})])
    run = whole_run(settings(optimizer="sgd", rate=1.0), history)
    assert [(at, s["optimizer"], s["rate"]) for at, s in history.settings(settings(optimizer="sgd", rate=1.0))] == [
        (0, "adam", 0.03), (3, "adam", 0.1), (6, "sgd", 1.0),
    ]  # fmt: skip
    np.testing.assert_array_equal(run.weights[:4], whole_run(settings()).weights[:4])


def test_numbers_set_by_hand_hold_from_their_moment_on():
    before = whole_run(settings())
    run = whole_run(settings(), History([Change(4, set={"0,1,2": 3.0, "2,0": -1.5}), Change(10, set={"1,7": 9.0})]))
    np.testing.assert_array_equal(run.weights[:4], before.weights[:4])
    (W1, _), (_, b2), _ = layers_of(run.weights[4], 2)
    assert W1[1, 2] == 3.0 and b2[0] == -1.5 and (run.weights[4] != before.weights[4]).sum() == 2
    assert layers_of(run.weights[10], 2)[0][1][7] == 9.0
    nothing = whole_run(settings(), History([Change(4, set={"0,1": 3.0, "9,0,0": 1.0})]))
    np.testing.assert_array_equal(nothing.weights, whole_run(settings()).weights)  # features have no bias
    smaller = whole_run(settings(layer_1=layer(2), layer_2=None), History([Change(4, set={"0,1,2": 3.0})]))
    assert len(smaller.weights) == 11  # set in another network: it is left away


def test_nothing_is_traced_anew_by_what_is_no_other_depth():
    draw = np.random.default_rng(0)
    whole_run(settings())
    traces = _traces(2)
    for _ in range(100):
        k = int(draw.integers(8))
        change = [
            {"rate": 10 ** draw.uniform(-4, 1)}, {"optimizer": draw.choice(["sgd", "adam", "rmsprop", "nesterov"])},
            {"batch": int(draw.integers(1, 300))}, {"l1": draw.random(), "l2": draw.random()},
            {"dropout": 0.8 * draw.random()}, {"loss": draw.choice(["squared error", "cross-entropy"])},
            {"layer_1": layer(k + 1, draw.choice(ACTIVATIONS)), "length": 25},
            {"noise": draw.random() / 2, "data": draw.choice(list(TOYS))},
        ][k]  # fmt: skip
        whole_run(settings(**change), History([Change(k, {"rate": 0.5})]))
    assert _traces(2) == traces


def _traces(hidden):
    """How many pairs of programs were made, and how often those for so many layers were traced."""
    pair = programs(hidden, identity)
    return programs.cache_info().misses, [program._cache_size() for program in pair]


def test_programs_for_one_activation_after_another_are_forgotten():
    kept = []
    for k in range(20):
        kept.append(weakref.ref(programs(1, partial(jnp.add, k))[0]))
    gc.collect()
    assert programs.cache_info().currsize == 16 and [one() is None for one in kept] == [True] * 4 + [False] * 16


# --- odd input -----------------------------------------------------------------------------------------------


def sine(z):
    return jnp.sin(3 * z)


def piece(mine=sine):
    @live(**playground_controls())
    def playground(history, **settings):
        run = whole_run(settings, history, mine)
        return playground_views(run, settings, history)

    return playground


@pytest.mark.parametrize("x, y", [
    ([], []), ([[0.5, 0.5]], [1]), ([[1.0, 1.0], [-1.0, 0.0]], [0, 1]), ([[0.5, 0.5]] * 40, [0, 1] * 20),
    (np.zeros((30, 2)), [1] * 30),
])  # fmt: skip
def test_few_points_or_all_the_same_are_a_picture_still(x, y):
    shown = piece().set(data=OWN, points=(np.reshape(x, (-1, 2)), y), layer_2=layer(4))
    assert not shown.error and "NaN" not in shown.describe()
    assert np.isfinite(shown._engine.newest.columns[1][0].field.frames).all()


def test_a_quarter_of_ones_own_points_is_held_out_at_random():
    X = np.arange(40, dtype=np.float32).reshape(20, 2)
    train, test = split_off(X, np.arange(20) % 2)
    held = X[held_out(20)]
    assert set(np.diff(held_out(20))) != {4}
    assert held_out(300)[:5].tolist() == held_out(23).tolist() == held_out(20).tolist()
    np.testing.assert_array_equal(test.X[:5], held)
    assert train.count == 15 and not np.isin(held[:, 0], train.X[:15, 0]).any()
    assert split_off(X[:7], np.zeros(7))[1].count == 0


def test_with_no_feature_left_a_sentence_says_so():
    shown = piece().set(feature_1=False, feature_2=False)
    assert "No feature is left to learn from: switch one on" in shown.error
    assert not shown.set(feature_7=True).error


def test_a_run_that_could_not_go_on_says_that_it_began_anew():
    shown, anew = piece(), History([Change(0)])
    before = shown.describe()
    assert anew.anew and not anew.changes and not History([Change(5, {"rate": 0.5})]).anew
    assert shown.set(history=anew).describe() == f"{before} this cannot be changed on the way: begun anew, from step 0"


def test_the_test_points_can_be_seen_and_a_table_is_there_to_begin_with():
    shown, (train, test) = piece(), toy("spirals", 0.1)
    for which, data in ("training", train), ("test", test):
        points = _plane(shown.set(shown=which)).points
        np.testing.assert_array_equal(points.x, data.X)
        assert points.y.tolist() == data.y.tolist()
    table = _plane(shown.set(data=TABLE))
    assert table.points.y.tolist() == [0] * 10 + [1] * 10 and len(table.ring) == 5
    assert not shown.error and "petal length and petal width" in shown.describe()


def _plane(shown):
    return shown._engine.newest.columns[1][0]


def test_a_change_at_the_last_step_says_to_go_back():
    shown = piece().set(history=History([Change(50, {"rate": 0.5})]))
    assert "at the last step nothing more is trained: go back first" in shown.describe()


@pytest.mark.parametrize("mine, says", [
    (lambda z: 1 / 0, "ZeroDivisionError"),
    (lambda z: z.sum(), "expected a number for each z, (300, 8), got ()"),
    (lambda z: z if z > 0 else 0 * z, "write jnp.where(...) for if"),
    (lambda z: "tanh", "got str"),
    (lambda: 0, "TypeError"),
])  # fmt: skip
def test_an_activation_that_is_none_is_named_at_its_layer(mine, says):
    mine.__name__ = "mine"
    shown = piece(mine)
    shown.set(layer_2=layer(4, "mine"))
    assert "layer 2, your activation mine(z)" in shown.error and says in shown.error
    assert not shown.set(layer_2=layer(4, "tanh")).error


def test_an_activation_of_ones_own_is_used():
    run = whole_run(settings(layer_1=layer(8, "mine")), mine=sine)
    a = sine(features(run.data.X) * run.architecture.features @ layers_of(run.weights[0], 2)[0][0])
    seen = answers(network(run.weights[0], run.architecture, sine), run.data.X)
    np.testing.assert_allclose(seen[1], a, atol=1e-5)


def test_a_run_that_diverges_says_when_and_what_to_do():
    shown = piece().set(data="circles", optimizer="sgd", rate=10.0, layer_1=layer(8, "identity"),
                        layer_2=layer(8, "identity"), layer_3=layer(8, "identity"), init="much too large")  # fmt: skip
    said = shown.describe()
    assert "The training diverged: no number at step " in said and "smaller first weights" in said and "step " in said
    assert not shown.error


# --- history, presets, code ----------------------------------------------------------------------------------


def test_a_history_that_cannot_be_is_refused():
    shown = piece()
    for wire, says in [
        ([{"at": -1}], "expected a moment from 0 on"),
        ([{"at": 1, "before": {"seed": 3}}], "expected changes of data, points"),
        ([{"at": 1, "before": {"rate": 1e9}}], "expected a number from"),
        ([{"at": 1}] * 61, "at most 60 changes, got 61"),
    ]:
        with pytest.raises(ValueError, match=says):
            shown.restore({"history": wire})


def test_code_makes_the_same_picture_with_its_history():
    shown = piece().set(data="circles", history=History([Change(5, {"rate": 0.5, "data": "spirals"}, {"0,1,2": 3.0})]))
    assert "the points in the picture are the newest ones" in shown.describe()
    source = shown.code()
    assert "Change(at=5" in source and "'0,1,2': 3.0" in source
    check = f"{source}\nfrom tests.course.pieces import fingerprint\nprint(fingerprint(views))"
    run = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    from tests.course.pieces import fingerprint

    assert run.stdout.strip() == fingerprint(shown())


def known(name):
    return whole_run(KNOWN[name] | {"points": START["points"]}).evaluation


def test_the_presets_do_what_their_word_says():
    assert known("a line will do").test.right[-1] > 0.97
    assert known("squares").test.right[-1] > 0.97
    assert known("one layer of three").test.right[-1] > 0.97
    two = KNOWN["one layer of three"] | {"layer_1": layer(2), "points": START["points"]}
    assert max(whole_run(two | {"seed": seed}).evaluation.test.right[-1] for seed in range(6)) < 0.95
    zero = known("all zero")
    assert np.ptp(zero.train.loss) < 1e-5 and np.ptp(zero.field) < 1e-3
    sigmoids = known("six sigmoids")
    assert sigmoids.train.loss[-1] > 0.68 and np.ptp(sigmoids.field[-1]) < 0.05
    fast = known("too fast")
    flat = np.abs(fast.maps[1][-1].astype(float) - 127.5) > 125
    assert fast.train.right[-1] < 0.85 and np.ptp(fast.train.loss[-10:]) < 0.01 and flat.mean() > 0.9
    heart, back = known("by heart"), known("held back")
    assert heart.test.loss[-10:].mean() > 1.7 * heart.test.loss.min()  # it turns up
    assert heart.train.loss[-1] < back.train.loss[-1]
    assert back.test.loss[-1] < 1.2 * back.test.loss.min() and back.test.loss[-1] < 0.6 * heart.test.loss[-1]


def test_the_spiral_can_be_solved_and_is_not_at_first():
    start = {name: control.value for name, control in piece().controls.items()}
    shown = piece()
    assert 0.7 < whole_run(shown._values.arguments({})).evaluation.train.right[-1] < 0.8  # a quarter is wrong
    assert start["data"] == "spirals"
    solved = shown._values.arguments({}) | {"layer_1": layer(8), "layer_2": layer(8), "optimizer": "adam"}
    one = shown._values.arguments({}) | {"layer_1": layer(8)}
    assert whole_run(one).evaluation.train.right[-1] > 0.9  # one movement, and it pays
    assert whole_run(solved).evaluation.test.right[-1] > 0.85
