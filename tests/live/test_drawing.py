"""A drawing, and a choice among pictures: what crosses the wire, and what the function gets."""

import json

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib.live import Bars, Drawing, Images, drawing, drawn, live, pick, presets, slider
from nnlib.live.controls.drawing.ink import packed, unpacked

from .browser import FakeBrowser

SEVEN = np.zeros((28, 28))
SEVEN[5, 8:20] = SEVEN[5:24, 14] = 1


def piece_of(**options):
    @live(digit=drawing(28, 28, SEVEN, **options), a=slider(0, 10, 3))
    def shown(digit, a):
        return Images([digit, 1 - digit]), Bars(["ink", "a"], [float(digit.sum()), a])

    return shown


@given(st.lists(st.integers(0, 255), min_size=1, max_size=60))
def test_every_byte_survives_the_text(levels):
    pixels = np.array(levels) / 255
    np.testing.assert_array_equal(unpacked(packed(pixels), len(levels)), pixels.astype(np.float32))


def test_the_text_is_short_and_can_be_read():
    assert packed([0] * 29 + [127 / 255, 1, 1, 1]) == "00(29)7fff(3)"
    assert len(packed(SEVEN)) < 784 / 3


@pytest.mark.parametrize("text, says", [
    ("00(3)", "expected 4 pixels, got a text of 3"), ("", "got a text of 0"), ("00(4)x", "expected a text like"),
    ("0(4)", "expected a text like"), ("00(99999999)", "expected a text like"), ("00(0)", "expected a text like"),
    ("FF(4)", "expected a text like"),
])  # fmt: skip
def test_a_text_that_is_none(text, says):
    with pytest.raises(ValueError, match="drawn: ") as error:
        drawn(2, 2, text)
    assert says in str(error.value)


def test_the_function_gets_an_array_that_remembers_its_control():
    seen = piece_of()._values.arguments({})["digit"]
    assert isinstance(seen, Drawing) and seen.source == "digit" and seen.shape == (28, 28) and seen.dtype == np.float32
    np.testing.assert_array_equal(seen, SEVEN)
    for made in (1 - seen, seen * 2, seen[2:4], np.stack([seen]), seen.copy()):
        assert getattr(made, "source", "") == "", "what is computed from a drawing is no drawing"
    assert type(seen + 1) is np.ndarray and isinstance(seen.sum(), np.floating)
    assert float(jnp.sum(seen)) == float(jax.jit(jnp.sum)(seen)) == SEVEN.sum()
    with pytest.raises(ValueError, match="read-only"):
        seen[0, 0] = 1


@pytest.mark.parametrize("make, says", [
    (lambda: drawing(0, 8), "expected 1 to 128 pixels on a side, got 0 x 8"),
    (lambda: drawing(28.0, 28), "expected 1 to 128 pixels on a side, got 28.0 x 28"),
    (lambda: drawing(8, 8, np.zeros((4, 4))), "expected a drawing of shape (8, 8), got (4, 4); crop it"),
    (lambda: drawing(2, 2, [[0, 255], [0, 0]]), "from 0 (paper) to 1 (ink), got 0 to 255; divide by the largest"),
    (lambda: drawing(1, 1, [[np.nan]]), "expected numbers from 0 to 1, got NaN"),
    (lambda: drawing(8, 8, pen=0), "expected a pen of 0.5 to 8 pixels, got 0.0"),
    (lambda: piece_of().set(digit=np.zeros(784)), "digit: expected a drawing of shape (28, 28), got (784,)"),
    (lambda: pick(0), "pick: expected a count from 1 on, got 0"),
    (lambda: pick(3, 3), "pick: expected a whole number from 0 to 2, got 3"),
])  # fmt: skip
def test_bad_drawings_and_choices_say_what_was_expected(make, says):
    with pytest.raises(ValueError) as error:
        make()
    assert says in str(error.value)


@pytest.mark.parametrize("made, wire", [
    (drawing(2, 2), 3), (drawing(2, 2), "00"), (drawing(2, 2), None), (pick(3), 3), (pick(3), True), (pick(3), "1"),
    (pick(3), 1.0),
])  # fmt: skip
def test_what_a_browser_may_not_send(made, wire):
    with pytest.raises((ValueError, TypeError)):
        made.decode(wire, "name")


@pytest.mark.parametrize("made", [drawing(6, 8, np.eye(6, 8)), pick(5, 2)], ids=lambda c: c.kind)
def test_values_survive_the_wire_and_the_spec_is_json(made):
    assert made.encode(made.decode(json.loads(json.dumps(made.encode(made.value))), "name")) == made.encode(made.value)
    assert json.loads(json.dumps(made.spec("it", made.value)))["kind"] == made.kind
    assert [made.encode(made.decode(end, "it")) for end in made.ends()] == made.ends()


def test_what_is_drawn_in_the_browser_arrives_and_a_slider_beside_it_does_not_send_it():
    piece = piece_of()
    browser = FakeBrowser(piece)
    noise = np.round(np.random.default_rng(0).uniform(0, 1, (28, 28)) * 255) / 255
    browser.move(digit=packed(noise))
    browser.settle()
    np.testing.assert_allclose(piece.value["digit"], noise, atol=1e-7)
    assert len(json.dumps(browser.message({"a": 7}, drawn=[{"n": 12, "ms": 16.3}]))) < 200
    piece.close()


def test_set_presets_state_and_code_carry_it():
    piece = piece_of()
    piece.set(digit=1 - SEVEN)
    state = json.loads(json.dumps(piece.state))
    again = piece_of().restore(state)
    np.testing.assert_array_equal(again.value["digit"], 1 - SEVEN)
    named = presets(blank=dict(digit=np.zeros((28, 28)))).bound("p", piece._values).details()["options"]
    assert named[0]["values"] == {"digit": "00(784)"}
    code = piece.code()
    assert "digit=drawn(\n        28, 28," in code and max(map(len, code.splitlines())) < 110
    scope = {}
    exec(code, scope)
    np.testing.assert_array_equal(scope["views"][0].pictures[0], 1 - SEVEN)


def test_a_choice_is_a_number_that_remembers_its_control():
    @live(which=pick(3, 1))
    def one(which):
        return Images(np.eye(3).reshape(3, 1, 3), chosen=which), Bars(["w"], [which])

    value = one._values.arguments({})["which"]
    assert value == 1 and value.source == "which" and [10, 11, 12][value] == 11
    assert "which=1," in one.code() and one.set(which=2).value["which"] == 2
