"""Pictures: what is sent of them, what is said, and what they look like on paper."""

import json

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from nnlib.live import Images, drawing, film
from nnlib.live.still import figure
from nnlib.live.views.images.still import across
from nnlib.live.wire import arrange, pack

GREY = np.linspace(0, 1, 24).reshape(2, 3, 4)
HOLES = np.where(GREY > 0.5, np.nan, GREY)


def sent(view):
    header, buffers = pack(*arrange(view))
    (described,) = header["views"][0]
    json.dumps(header)
    reference = described["pictures"]
    assert reference["dtype"] == "u1", "a byte for each pixel"
    return described, np.frombuffer(buffers[reference["b"]], np.uint8).reshape(reference["shape"])


def read(view):
    """The numbers as the browser reads them."""
    described, levels = sent(view)
    (low, high), numbers = described["range"], levels.astype(float)
    numbers[(levels == 255) & described["missing"]] = np.nan
    return low + (high - low) * numbers / described["top"]


@pytest.mark.parametrize("pictures, options", [
    (GREY, {}), (GREY - 0.5, {"scale": "signed"}), (GREY, {"scale": "light"}), (HOLES, {}),
    (np.stack([GREY, 1 - GREY, GREY], -1), {"scale": "colour"}), (film(np.stack([GREY, GREY / 2])), {}),
    (7 * GREY - 3, {"range": (-3, 4)}),
])  # fmt: skip
def test_pictures_cross_the_wire_a_byte_a_pixel(pictures, options):
    view, given = Images(pictures, **options), getattr(pictures, "frames", pictures)
    low, high = view.range
    np.testing.assert_allclose(read(view), given, atol=0.51 * (high - low) / 254)


def test_bytes_stay_what_they_were():
    given = np.arange(256, dtype=np.uint8).reshape(1, 16, 16)
    described, levels = sent(Images(given))
    assert described["range"] == [0.0, 255.0] and (levels == given).all()


def test_one_signed_scale_for_all_with_zero_in_its_middle():
    described, levels = sent(Images(np.array([[[0.0, 0.5]], [[-2.0, 0.0]]]), scale="signed"))
    assert described["range"] == [-2.0, 2.0] and levels.ravel().tolist() == [127, 159, 0, 127]
    assert sent(Images(np.zeros((1, 2, 2)), scale="signed"))[0]["range"] == [-1.0, 1.0]


def test_what_lies_beyond_the_scale_is_said():
    described, _ = sent(Images(3 * GREY - 1))
    assert described["beyond"] == [True, True] and described["ends"] == ["≤ 0", "≥ 1"]
    assert sent(Images(GREY))[0]["ends"] == ["0", "1"]


def test_a_drawing_in_it_is_named_and_what_is_computed_from_it_is_not():
    control = drawing(3, 4)
    digit = control.decode(control.encode(GREY[0]), "digit")
    assert sent(Images([digit, 1 - digit]))[0]["draws"] == ["digit", None]
    assert sent(Images(digit))[0]["draws"] == ["digit"] and sent(Images(GREY))[0]["draws"] == []
    assert sent(Images([digit * 2]))[0]["draws"] == []


def test_words_say_how_many_which_and_what_the_colours_mean():
    said = Images(GREY - 0.5, ["up", "down"], "signed", says="weight", title="W", chosen=1).words()
    assert said.startswith("W: 2 pictures of 3 by 4 pixels (up; down), down chosen; ")
    assert said.endswith("; blue is a weight below zero, orange above, from −0.5 to 0.5.")
    assert Images(HOLES).words().endswith("dark is ink, from 0 to 1, hatched where it is not a number.")
    assert Images(np.zeros((0, 8, 8))).words().startswith("Images: no pictures of 8 by 8 pixels")
    assert (
        Images(np.full((1, 2, 2), np.nan)).blank and not Images(HOLES).blank and not Images(np.zeros((0, 2, 2))).blank
    )


@pytest.mark.parametrize("make, says", [
    (lambda: Images(np.zeros((8, 8))), "expected (N, H, W) for scale 'grey', got (8, 8); write [picture]"),
    (lambda: Images(np.zeros((2, 8, 8, 3))), "got (2, 8, 8, 3); write scale=\"colour\""),
    (lambda: Images(np.zeros((2, 8, 8, 1))), "leave the last axis out"),
    (lambda: Images(np.zeros((2, 8, 8)), scale="colour"), "expected (N, H, W, 3) for scale 'colour', got (2, 8, 8)"),
    (lambda: Images(np.zeros((2, 0, 8))), "got (2, 0, 8)"),
    (lambda: Images([np.zeros((8, 8)), np.zeros((9, 9))]), "pictures of one size, got (8, 8) and (9, 9); pad them"),
    (lambda: Images(GREY, ["one"]), "expected 2 captions, one for each picture, got 1"),
    (lambda: Images(GREY, scale="gray"), "expected one of grey, light, signed, classes, colour, got 'gray'"),
    (lambda: Images(GREY, range=(1, 0)), "expected (low, high) with low < high, got (1, 0)"),
    (lambda: Images(GREY, scale="signed", range=(-1, 2)), "expected (-a, a) for a signed scale, got (-1, 2)"),
    (lambda: Images(GREY, columns=0), "expected a number from 1 on, got 0"),
    (lambda: Images(GREY, chosen=2), "expected one of 2 pictures, from 0 on, got 2"),
])  # fmt: skip
def test_bad_pictures_say_what_was_expected(make, says):
    with pytest.raises(ValueError) as error:
        make()
    assert says in str(error.value)


@pytest.mark.parametrize("view", [
    Images(GREY, ["a", "b"], title="grey"), Images(HOLES), Images(GREY - 0.5, scale="signed", chosen=1),
    Images(np.stack([GREY] * 3, -1), scale="colour"), Images(film(np.stack([GREY, GREY])), columns=1),
    Images(np.zeros((0, 3, 3))), Images(np.random.default_rng(0).uniform(0, 1, (40, 8, 8)), scale="light"),
])  # fmt: skip
def test_a_still_shows_them(view):
    drawn = figure(((view,),))
    canvas = FigureCanvasAgg(drawn)
    canvas.draw()
    assert len(np.unique(np.asarray(canvas.buffer_rgba())[..., :3].reshape(-1, 3), axis=0)) > 3, "the still is blank"
    assert len(drawn.axes[0].images) == len(view)


@pytest.mark.parametrize("count, aspect, given, columns", [
    (1, 2, None, 1), (20, 2, None, 7), (12, 4 / 3, None, 4), (6, 3, 2, 2), (2, 3, 5, 2), (0, 1, None, 1),
])  # fmt: skip
def test_as_many_in_a_row_as_let_them_be_largest(count, aspect, given, columns):
    assert across(count, (8, 8), aspect, given) == columns
