"""A control from outside nnlib: moved by hand, from Python, and in code."""

import subprocess
import sys

import pytest

from nnlib.live import Arrow, Plane, live
from nnlib.live.page import Page

from ..conftest import ROOT
from ..own import OwnPage
from ..sweep import reach, sweep
from .dial import Direction, dial

pytestmark = pytest.mark.browser


@pytest.fixture
def made():
    @live(wind=dial(90.0))
    def weather(wind):
        return Plane(arrows=[Arrow((0, 0), wind.xy, f"{wind.degrees:.0f} degrees")], bounds=(-1, 1, -1, 1))

    return weather


def test_it_is_turned_by_pointer_and_by_keyboard(browser, made):
    with Page([made]) as page:
        shown = OwnPage(browser, page)
        (piece,) = shown.pieces
        wheel, before = piece.root.locator("[data-control=wind] .wheel"), piece.picture()
        assert wheel.bounding_box()["width"] == pytest.approx(2.4 * 13, abs=1)  # its own style sheet holds
        box = wheel.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        piece.page.mouse.move(x, y)
        piece.page.mouse.down()
        piece.page.mouse.move(x + 30, y, steps=3)
        piece.page.mouse.up()
        piece.settled()
        assert made.value == {"wind": Direction(120.0)} and piece.picture() != before
        wheel.focus()
        for _ in range(2):
            piece.page.keyboard.press("ArrowLeft")
        piece.settled()
        assert made.value == {"wind": Direction(110.0)} and wheel.get_attribute("aria-valuenow") == "110"
        made.set(wind=Direction(-45.0))
        piece.becomes(lambda: wheel.get_attribute("aria-valuenow"), "315")
        piece.root.locator("[data-act=reset]").click()
        piece.settled()
        assert made.value == {"wind": Direction(90.0)} and not shown.complaints
        shown.close()


def test_it_takes_what_a_browser_may_send_and_nothing_else(made):
    control = made.controls["wind"]
    assert [control.decode(wire, "wind").degrees for wire in control.ends()] == [0.0, 90.0, 355.0]
    with pytest.raises(ValueError, match="expected degrees from 0 to 360, got 400"):
        control.decode(400, "wind")


def test_its_value_in_words_still_and_code(made):
    made.set(wind=Direction(45.0))
    assert "45 degrees" in made.describe() and made.figure().axes
    assert "wind=Direction(45.0)" in made.code()
    source = made.code() + "print(views.arrows[0].label)"
    run = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, cwd=ROOT)
    assert run.stdout == "45 degrees\n", run.stderr


def test_a_sweep_moves_it_too(browser, made):
    """Also a control of which no test knows anything is moved to its ends, can be hit and is reached by Tab."""
    with Page([made]) as page:
        shown = OwnPage(browser, page)
        (piece,) = shown.pieces
        assert sweep(shown, piece, shown.ends()["weather"]) == ["wind"] and reach(piece) == {"wind"}
        shown.close()
