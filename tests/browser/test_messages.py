"""What a page says to its pieces: only what has changed, and in the end both sides hold the same."""

import json

import numpy as np
import pytest

from nnlib.live import Curves, Plane, film, history, live, pasted, player, points, slider, toggle
from nnlib.live.page import Page

from .own import OwnPage

pytestmark = pytest.mark.browser
X = np.random.default_rng(0).uniform(-1, 1, (300, 2))
# Keeps what is said, and loses what a test wants lost.
LISTEN = """() => {
    const send = WebSocket.prototype.send;
    Object.assign(window, {said: [], losing: false});
    WebSocket.prototype.send = function (text) {
        if (window.losing) return;
        window.said.push(text);
        send.call(this, text);
    };
}"""


@pytest.fixture
def made():
    @live(
        a=slider(0, 10, 3), b=slider(0, 10, 3), data=points(X, X[:, 0] > 0), table=pasted("1, 2, red\n" * 900),
        how=toggle(), past=history(("a",), "how"), time=player(),
    )  # fmt: skip
    def heavy(a, b, data, table, how, past):
        long = film(np.linspace(0, a + len(past), 10)[:, None] * np.ones(5))
        return Plane(points=data, bounds=(-1, 1, -1, 1)), Curves(y=long, b=[0.0, b], table=[len(table), len(data)])

    return heavy


@pytest.fixture
def open_page(browser, made):
    """`open_page()` shows the piece on one more page."""
    pages = []
    with Page([made]) as page:

        def one():
            pages.append(OwnPage(browser, page))
            pages[-1].page.evaluate(LISTEN)
            return pages[-1]

        yield one
        for each in pages:
            each.close()


def press(page, name, key="ArrowRight"):
    piece = page.piece("heavy")
    piece.part(piece.controls[[c.name for c in piece.controls].index(name)], "input").focus()
    page.page.keyboard.press(key)
    piece.settled()


def said(page):
    """The messages with values since it was last asked, and the bytes of each."""
    texts = page.page.evaluate("() => window.said.splice(0)")
    return [(m, len(t.encode())) for t in texts if (m := json.loads(t)["content"])["kind"] == "set"]


def held(page):
    return page.piece("heavy").values()


def test_a_slider_beside_large_controls_sends_little(open_page, made, record_property):
    page = open_page()
    for name in ("b", "a", "b"):
        press(page, name)
    messages = said(page)
    assert [list(m["values"]) for m, _ in messages] == [["b"], ["a"], ["b"]]
    record_property("said", f"a slider's messages have {[size for _, size in messages]} bytes")
    assert max(size for _, size in messages) < 200
    page.piece("heavy").move(how=True, time=5)
    for _ in range(2):
        press(page, "a")  # from the middle on: it is noted in the history
    (first, _), (second, size) = [one for one in said(page) if "a" in one[0]["values"]]
    assert set(first["values"]) >= {"a", "past"} and second["values"] == {"a": 6} and size < 200
    moved = held(page)["data"] | {"x": [[0.5, 0.5], *held(page)["data"]["x"][1:]]}
    page.piece("heavy").move(data=moved)
    press(page, "b")
    assert [list(m["values"]) for m, _ in said(page)] == [["data", "past"], ["b"]]
    assert made.state == held(page)


def test_what_does_not_change_is_not_said_again(open_page):
    page = open_page()
    page.piece("heavy").move(a=3, table=held(page)["table"], data=held(page)["data"])
    page.piece("heavy").root.locator("[data-act=reset]").click()
    page.piece("heavy").settled()
    assert [m["values"] for m, _ in said(page)] == [{}, {}]


def test_a_message_that_is_lost_is_made_good(open_page, made):
    page = open_page()
    page.page.evaluate("() => { window.losing = true }")
    page.piece("heavy").root.evaluate("root => root.live.move({a: 9})")
    page.page.wait_for_timeout(100)
    page.page.evaluate("() => { window.losing = false }")
    press(page, "b")
    page.piece("heavy").becomes(lambda: made.value["a"], 9)
    page.piece("heavy").settled()
    assert made.state == held(page)
    press(page, "b")
    assert list(said(page)[-1][0]["values"]) == ["b"]


def test_two_pages_hold_the_same(open_page, made):
    one, other = open_page(), open_page()
    for page, name, key in (
        (one, "a", "End"),
        (other, "b", "Home"),
        (one, "b", "ArrowRight"),
        (other, "a", "ArrowLeft"),
    ):
        page.page.bring_to_front()
        press(page, name, key)
    for page in (one, other):
        page.piece("heavy").becomes(lambda: held(page), lambda values: values == made.state)  # noqa: B023
    assert (made.value["a"], made.value["b"]) == (9, 1)
    made.set(a=4, table="1, 2, blue")
    for page in (one, other):
        page.piece("heavy").becomes(lambda: held(page), lambda values: values == made.state)  # noqa: B023


def test_a_page_that_is_loaded_anew_goes_on_from_where_the_piece_stands(open_page, made):
    page = open_page()
    press(page, "a", "End")
    page.page.reload()
    page.begin()
    page.page.evaluate(LISTEN)
    page.piece("heavy").becomes(lambda: held(page)["a"], 10)
    press(page, "b", "End")
    assert made.state == held(page) and (made.value["a"], made.value["b"]) == (10, 10)
    assert [m["values"] for m, _ in said(page)] == [{"b": 10}]
