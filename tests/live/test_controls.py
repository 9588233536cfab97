import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib.live import (
    button,
    cell,
    choice,
    handle,
    log_slider,
    player,
    points,
    predict,
    presets,
    slider,
    text,
    toggle,
)
from nnlib.live.controls import as_control
from nnlib.live.numbers import nice_step, plain, round_digits

EVERY = [
    slider(0, 10, 3), slider(-1.0, 1.0), log_slider(1e-4, 10.0, 0.03), choice(["a", "b"]),
    choice({"x": max, "y": min}, "y"), toggle(True), button("again"), text("hi"), player(10), player(),
    presets(a=dict(b=1)), predict("?", ["x", "y"], "y"),
    points([[0, 1], [2, 3]], [0, 1]), handle(0.5, 2), cell(1, 2, of=(3, 4)),
]  # fmt: skip


@pytest.mark.parametrize("made", EVERY, ids=lambda c: c.kind)
def test_values_survive_the_wire_and_the_spec_is_json(made):
    wire = made.encode(made.value)
    again = made.encode(made.decode(json.loads(json.dumps(wire)), "name"))
    assert json.dumps(again) == json.dumps(wire)
    spec = made.spec("some_name", made.value)
    assert spec["label"] and json.loads(json.dumps(spec))["kind"] == made.kind
    for end in made.ends():
        made.decode(json.loads(json.dumps(end)), "name")


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e3))
def test_a_slider_has_rising_stops_with_both_ends_and_its_start(low, span):
    made = slider(low, low + span)
    assert made.stops[0] == pytest.approx(low, abs=1e-6 * span) and made.stops[-1] == low + span
    assert list(made.stops) == sorted(set(made.stops)) and made.value in made.stops
    assert 20 <= len(made.stops) <= 400


@given(st.floats(1e-8, 1.0), st.floats(2, 1e8))
def test_a_log_slider_has_rising_stops_with_both_ends(low, ratio):
    made = log_slider(low, low * ratio)
    assert made.stops[0] == low and made.stops[-1] == low * ratio
    assert list(made.stops) == sorted(set(made.stops))


def test_whole_numbers_stay_whole():
    made = slider(1, 32, 8)
    assert made.stops == tuple(range(1, 33)) and isinstance(made.decode(7.0, "n"), int)
    assert isinstance(slider(0.0, 1.0).decode(1, "n"), float)


def test_what_is_shown_is_what_is_used():
    made = log_slider(1e-4, 10.0, 0.03)
    for stop, shown in zip(made.stops, made.details()["texts"], strict=True):
        assert float(shown) == stop and "e" not in shown


def test_a_close_row_of_stops_has_three_digits():
    made = log_slider(0.001, 2.2, 0.09, per_decade=60, digits=3)
    assert {0.0198, 0.0952} <= set(made.stops)  # 2 / 101 and 2 / 21
    for stop, shown in zip(made.stops, made.details()["texts"], strict=True):
        assert float(shown) == stop


@pytest.mark.parametrize("make, says", [
    (lambda: slider(1, 0), "expected low < high, got 1 and 0"),
    (lambda: slider(0, 1, 2), "expected a value from 0 to 1, got 2"),
    (lambda: log_slider(0, 1), "expected low > 0, got 0"),
    (lambda: choice([]), "expected at least one option"),
    (lambda: choice(["a"], "b"), "expected one of a, got 'b'"),
    (lambda: toggle(3), "expected True or False, got 3"),
    (lambda: points([[1, 2, 3]]), "expected x of shape (N, 2), got (1, 3)"),
    (lambda: points([[1, 2]], [1, 2]), "expected y of shape (1,)"),
    (lambda: points([[1, np.nan]]), "expected numbers, got NaN"),
    (lambda: predict("?", ["a"], "b"), "expected the answer to be one of a, got 'b'"),
])  # fmt: skip
def test_bad_controls_say_what_was_expected(make, says):
    with pytest.raises(ValueError) as error:
        make()
    assert says in str(error.value)


@pytest.mark.parametrize("made, wire", [
    (slider(0, 10), "7"), (slider(0, 10), None), (slider(0, 10), True), (slider(0.0, 1.0), 1.5),
    (slider(0.0, 1.0), float("nan")),
    (choice(["a", "b"]), 2), (choice(["a", "b"]), "a"), (toggle(), 1), (button(), -1), (text(), "x" * 3000),
    (text(), 3),
    (points([[0, 1]]), {"x": [[0, 1]] * 1000, "y": [0] * 1000}), (points([[0, 1]]), {"x": [[0, 1]], "y": [7]}),
    (handle(0, 0), [float("inf"), 0]),
])  # fmt: skip
def test_what_a_browser_may_not_send(made, wire):
    with pytest.raises((ValueError, TypeError)):
        made.decode(wire, "name")


@pytest.mark.parametrize("short, kind", [
    ((0, 10), "slider"), ((0.0, 1.0), "slider"), ((0, 10, 2), "slider"), (True, "toggle"), ("hello", "text"),
    (["a", "b"], "choice"), ([1, 2], "choice"), ({"one": 1}, "choice"), (slider(0, 1.0), "slider"),
])  # fmt: skip
def test_abbreviations_mean_what_they_mean_in_interact(short, kind):
    assert as_control(short).kind == kind


def test_padding_keeps_the_shape_while_points_come_and_go():
    made = points([[0, 1], [2, 3]], [0, 1], most=10)
    x, y, weights = made.decode({"x": [[0, 1]], "y": [1]}, "data").padded(10)
    assert x.shape == (10, 2) and y.shape == (10,) and weights.tolist() == [1] + [0] * 9
    with pytest.raises(ValueError, match="expected at most 1 points, got 2"):
        made.value.padded(1)


@pytest.mark.parametrize("value, said", [
    (0.00012, "0.00012"), (1234.5, "1230"), (0, "0"), (-0.5, "-0.5"), (1e-9, "1e-9"), (3e8, "3e8"), (1.5e-7, "1.5e-7"),
    (float("nan"), "not a number"), (float("-inf"), "minus infinite"), (99.96, "100"), (1, "1"),
])  # fmt: skip
def test_numbers_as_people_read_them(value, said):
    assert plain(value) == said


@given(st.floats(1e-6, 1e6))
def test_nice_steps_are_one_two_or_five(span):
    step = nice_step(span)
    mantissa = round_digits(step / 10 ** np.floor(np.log10(step) + 1e-9), 6)
    assert mantissa in (1, 2, 5, 10) and 30 <= span / step <= 300


def test_points_stay_between_least_and_most():
    made = points([[0.0, 0.0], [1.0, 1.0]], [0, 1], least=1, most=3)
    assert [len(wire["x"]) for wire in made.ends()] == [1, 2] and made.details()["least"] == 1
    for count in (0, 4):
        with pytest.raises(ValueError, match="expected 1 to 3 points"):
            made.decode({"x": [[0.0, 0.0]] * count, "y": [0] * count}, "data")
    with pytest.raises(ValueError, match="least <= points <= most"):
        points([[0.0, 0.0]], least=2)


@pytest.mark.parametrize(
    ("name", "shown"), [("w1", "w₁"), ("learning_rate", "learning rate"), ("b", "b"), ("ab", "ab")]
)
def test_a_name_is_shown_as_it_is_spoken(name, shown):
    assert slider(0, 1).spec(name, 0)["label"] == shown
