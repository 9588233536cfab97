"""A view from outside nnlib: its picture, its still, its words, its code."""

import subprocess
import sys

import numpy as np
import pytest

from nnlib.live import film, live, player, slider
from nnlib.live.page import Page

from ..conftest import ROOT
from ..drive import drive
from ..own import OwnPage
from .thermometer import Thermometer

pytestmark = pytest.mark.browser


@pytest.fixture
def made():
    @live(warmth=slider(0.0, 1.0, 0.5), time=player())
    def weather(warmth):
        return Thermometer(film(np.linspace(0, warmth, 9)))

    return weather


def test_it_is_drawn_and_moves_with_the_controls(browser, made):
    with Page([made]) as page:
        shown = OwnPage(browser, page)
        (piece,) = shown.pieces
        for hand in ("pointer", "keyboard"):
            assert drive(shown, piece, hand) == ["warmth", "time"]
        frame = piece.root.locator("[data-view=thermometer] .frame")
        assert frame.bounding_box()["width"] <= 14 * 13 + 1  # its own style sheet holds
        assert piece.root.locator("[data-view=thermometer]").get_attribute("aria-label") == "Thermometer at 50%."
        frame.hover()
        assert piece.root.locator(".said").inner_text() == "exactly 0.500"
        assert not shown.complaints
        shown.close()


def test_it_has_a_still_and_words(made):
    data, metadata = made._repr_mimebundle_()
    assert metadata["image/png"]["alt"] == data["text/plain"] == "weather: Thermometer at 50%."
    (bar,) = made.figure().axes[0].patches
    assert bar.get_height() == 0.5


def test_its_code_gives_the_same(made):
    source = made.set(warmth=0.75).code()
    assert "from tests.browser.outside.thermometer import Thermometer" in source
    run = subprocess.run(
        [sys.executable, "-c", source + "print(views.words())"], capture_output=True, text=True, cwd=ROOT
    )
    assert run.stdout == "Thermometer at 75%.\n", run.stderr
