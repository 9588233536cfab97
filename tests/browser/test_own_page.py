"""Live pieces on a page of our own, without JupyterLab: the same front end, the same controls."""

import pytest

from nnlib.live.page import Page

from .conftest import GALLERY
from .drive import HANDS, drive
from .own import OwnPage, pieces_of
from .sweep import BY_HAND, reach, sweep
from .test_gallery import NAMES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served():
    with Page([piece for piece in pieces_of(GALLERY) if piece.name in NAMES], "<gallery>") as page:
        yield page


@pytest.fixture
def shown(browser, served):
    page = OwnPage(browser, served)
    yield page
    page.close()


def test_every_control_answers(shown):
    ends = shown.ends()
    for piece in shown.pieces:
        if piece.attribute("status") == "veiled":
            reach(piece)
        moved = sweep(shown, piece, ends[piece.name])
        assert set(moved) == {c.name for c in piece.controls if c.kind not in BY_HAND}
        reach(piece)
    assert shown.page.title() == "<gallery>" and not shown.complaints, shown.complaints


@pytest.mark.parametrize("hand", HANDS)
def test_by_hand(shown, hand):
    for name in ("plane", "typed", "graph of a function", "maps", "pictures", "drawn on"):
        piece = shown.piece(name)
        assert drive(shown, piece, hand) == [c.name for c in piece.controls]


def test_two_pages_of_the_same_pieces(shown, browser, served):
    other, made = OwnPage(browser, served), {piece.name: piece for piece in served.pieces}
    for page, value in ((shown, 0.25), (other, 0.75)):
        page.piece("lines").move(shift=value)
        assert made["lines"].value["shift"] == value
        assert other.piece("lines").picture() == shown.piece("lines").picture()
    other.close()
    shown.piece("lines").move(shift=0.5)
    assert made["lines"].value["shift"] == 0.5


def test_what_is_not_there(shown, served):
    assert shown.page.request.get(served.address + "pyproject.toml").status == 404
