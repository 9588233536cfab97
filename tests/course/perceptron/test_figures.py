"""Chapter 01: its pieces, and what its words claim."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.course.perceptron import figures
from nnlib.course.perceptron.figures import learning, limits
from nnlib.data import gate, train_test_split
from nnlib.live import points
from nnlib.perceptron import perceptron, train_perceptron, untrained
from tests.course.pieces import fingerprint

# --- the machine -------------------------------------------------------------------------------------------------


def test_the_field_is_the_distance_in_widths_of_the_plane():
    field = figures.answers(perceptron([0.0, 5.0], 0.0), (-1.0, 1.0, -1.0, 1.0))
    assert np.allclose(field[:, 0], np.linspace(-0.5, 0.5, 160), atol=1e-6)
    assert (figures.answers(perceptron([0.0, 0.0], 0.0)) == 1).all() and (
        figures.answers(perceptron([0.0, 0.0], -1.0)) == -1
    ).all()


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_scaling_all_three_moves_neither_boundary_nor_distance(scale):
    plane, (bars, note, _) = figures.distance(scale=scale)
    _, (first, said, _) = figures.distance(scale=1.0)
    z, _, far = bars.values
    assert note.text == said.text and far == pytest.approx(first.values[2]) and z == pytest.approx(scale * far)
    point, foot = plane.arrows[1].start, plane.arrows[1].end
    assert np.linalg.norm(point - foot) == pytest.approx(abs(far), abs=1e-5)


@pytest.mark.parametrize(
    ("friend", "band", "rain", "reluctance", "go"),
    [(1, 0, 0, 2.5, False), (1, 0, 0, 2.0, True), (1, 1, 1, 3.0, True), (0, 1, 1, 1.5, False), (0, 0, 1, 0.0, False)],
)
def test_reasons_and_reluctance(friend, band, rain, reluctance, go):
    _, (note,) = figures.decision(friend=bool(friend), band=bool(band), rain=bool(rain), reluctance=reluctance)
    assert note.text == ("y = 1: go out." if go else "y = 0: stay at home.")


# --- the learning rule -------------------------------------------------------------------------------------------


def test_sixteen_mistakes_at_every_learning_rate_from_zero():
    counts = {figures.rates(eta=eta, start="zero")[-1].text for eta in figures.rates.controls["eta"].stops}
    assert counts == {"16 mistakes, learned"}


def test_the_picture_is_the_same_at_every_learning_rate_to_the_last_bit():
    first, *rest = [fingerprint(figures.rates(eta=eta, start="zero")) for eta in (1.0, 0.001, 0.1, 0.3, 1000.0)]
    assert all(other == first for other in rest)


def test_in_units_of_eta_the_machine_is_what_was_trained():
    X, d = learning.CLOUDS
    for start in learning.STARTS.values():
        run = train_perceptron(perceptron(*start), X, d, 20, learning_rate=0.1)
        machine = learning._in_units_of_eta(run, X, d, 0.1)
        assert np.allclose(machine.w, run.machine.w / 0.1, atol=1e-4)
        assert np.allclose(machine.b, run.machine.b / 0.1, atol=1e-4)


def test_from_random_numbers_the_learning_rate_counts():
    counts = [
        int(figures.rates(eta=eta, start="random numbers")[-1].text.split()[0]) for eta in (0.001, 0.1, 1.0, 1000)
    ]
    assert counts[0] > 500 and 500 > counts[1] > 30 and counts[3] == 16


def test_no_sum_is_so_near_0_that_rounding_could_decide():
    X, d = learning.CLOUDS
    run = train_perceptron(untrained(2), X, d, 20)
    sums = jnp.sum(run.w[1:-1] * X[run.example[1:]], axis=1) + run.b[1:-1]
    assert float(abs(sums).min()) > 0.01


def test_each_step_is_said_in_words():
    data = points(*learning.CLOUDS, least=1, most=24).value
    run = figures.steps(data)
    assert figures.words(run, data, 0) == "A blue point, z = 0.00, wrong: the point is taken away from w."
    said = [figures.words(run, data, step) for step in range(100)]
    wrong = [i for i, text in enumerate(said) if "wrong" in text]
    assert wrong == np.flatnonzero(run.mistake[:100]).tolist() and len(wrong) == 16
    assert "added to w" in said[5] or any("added to w" in text for text in said)
    assert said[-1].endswith("nothing will move any more.") and said[1].endswith("right.")


def test_the_bound_of_points_that_come_and_go():
    X, d = learning.CLOUDS
    data = points(X, d, most=24).value
    assert figures.widest(data) == pytest.approx(267, abs=2)
    assert figures.widest(data) >= figures.steps(data).mistake.sum()
    swapped = points(X, jnp.asarray(d).at[0].set(1).at[9].set(0), most=24).value
    assert np.isnan(figures.widest(swapped)), "no line separates them"
    assert "no line was found" in figures.tally(figures.steps(swapped), swapped, 3)
    assert figures.tally(figures.steps(data), data, 99).startswith("mistakes so far: 16; at most 267")
    assert figures.widest(points(X[:3], d[:3], most=24).value) >= 1, "one class alone: any line far enough away"


# --- what it can and cannot do -----------------------------------------------------------------------------------


def test_no_cloud_makes_more_mistakes_than_the_bound():
    every = [limits._bound(float(gap)) for gap in limits.GAPS]
    assert all(one.made <= one.most for one in every)
    assert every[0].most > 50 * every[-1].most and every[0].made > 20 * every[-1].made


def test_xor_repeats_itself_and_the_others_are_learned():
    X, d = gate("XOR")
    run = train_perceptron(untrained(2), X, d, 40)
    assert run.mistakes_per_epoch[2:].tolist() == [4] * 38
    for order in ("fixed", "random"):
        mistakes = {
            name: figures.xor(table=name, order=order)[1][0].series["mistakes"][1]
            for name in figures.xor.controls["table"].names
        }
        assert mistakes["XOR"][-5:].any() and not any(mistakes[name][-5:].any() for name in ("AND", "OR", "NAND"))


def test_each_step_of_xor_is_said_and_shown():
    for step in (0, 7, 159):
        plane, (_, note) = figures.xor(table="XOR", order="fixed", step=step)
        assert list(plane.ring) == [step % 4] and note.text.startswith(f"Pass {step // 4 + 1}, row ")
    assert note.tone == "bad" and "wrong" in note.text


def test_two_pairs_are_separable_and_two_are_not():
    settled = {}
    for pair in limits.PAIRS:
        train, _, _ = limits._examples(pair, 0)
        settled[pair] = int(train_perceptron(untrained(2), *train, 200).mistakes_per_epoch[-1]) == 0
    assert list(settled.values()) == [True, True, False, False]


@pytest.mark.parametrize("split", range(5))
def test_separable_flowers_are_told_apart_in_the_test_too(split):
    note = figures.real_data(pair="iris petals: setosa, versicolor", passes=40, split=split)[-1].text
    assert note == "right: 100 % of the training examples, 100 % of the test examples"


def test_scaled_flowers_cost_half_the_mistakes_or_fewer():
    table = limits.PAIRS["iris petals: versicolor, virginica"]()
    for split in range(6):
        plain, _ = train_test_split(jax.random.key(split), np.asarray(table.X), np.asarray(table.y))
        scaled, _, _ = limits._examples("iris petals: versicolor, virginica", split)
        made = [train_perceptron(untrained(2), *each, 60).mistakes_per_epoch[20:].mean() for each in (plain, scaled)]
        assert made[1] < 0.51 * made[0]


def test_the_accuracy_leaps_from_pass_to_pass_where_no_line_separates():
    pair = "tumours: benign, malignant"
    notes = [figures.real_data(pair=pair, passes=p, split=1)[-1].text for p in range(1, 41)]
    shares = [int(text.split()[1]) for text in notes]
    assert max(shares) > 88 and min(shares) < 70


def test_the_claims_of_the_text():
    key = jax.random.key(0)
    X = jax.random.normal(key, (1000, 2))
    one = jnp.ones((1000, 1))
    w, b = jnp.array([1.0, 1.0]), -0.5
    assert jnp.array_equal(jnp.hstack([X, one]) @ jnp.append(w, b) >= 0, jnp.hstack([X, -one]) @ jnp.append(w, -b) >= 0)
    known = {"AND": ([1, 1], -1.5), "OR": ([1, 1], -0.5)}
    for name, machine in known.items():
        X, d = gate(name)
        assert jnp.array_equal(perceptron(*machine)(X), d)
