"""The talk between a piece and its pages: messages carry what has changed, and nothing is lost by that."""

import threading

import pytest

from nnlib.live import Note, live, slider, text

from .browser import FakeBrowser


def sums(**options):
    @live(a=slider(0, 10, 1), b=slider(0, 10, 2), word=text("w"), **options)
    def sums(a, b, word):
        return Note(f"{a} {b} {word}")

    return sums


def shown(frame):
    return frame["notes"][0]


def test_what_a_message_does_not_carry_stays_as_it_was():
    browser = FakeBrowser(sums())
    browser.move(a=7)
    browser.move(b=8)
    assert shown(browser.settle()) == "7 8 w" and browser.others == []


def test_a_message_that_never_came_is_noticed_and_everything_is_told():
    browser = FakeBrowser(sums())
    browser.message({"a": 7})  # lost on the way
    browser.move(b=8)
    assert shown(browser.settle()) == "1 8 w" and browser.others == [{"kind": "resend", "page": browser.page}]
    browser.piece._link.receive(browser.message({"a": 7, "b": 8, "word": "w"}, after=None))
    browser.move(b=9)
    assert shown(browser.settle()) == "7 9 w" and len(browser.others) == 1


def test_a_page_that_opens_anew_begins_a_new_chain():
    browser = FakeBrowser(sums())
    browser.move(a=7)
    browser.say("bye")
    browser.say("hello")
    browser.seq = 0
    browser.move(b=8)
    assert shown(browser.settle()) == "7 8 w" and browser.others == []


def test_one_page_is_not_told_what_it_said_and_two_are():
    piece = sums()
    first = FakeBrowser(piece)
    first.move(a=7)
    assert "values" not in first.settle()
    second = FakeBrowser(piece)  # hears what the piece sends from now on
    assert second.frames[0]["values"] == {"a": 7, "b": 2, "word": "w"}
    first.move(b=8)
    assert second.settle()["values"] == {"b": 8}
    first.say("bye")
    second.seq = 5
    second.piece._link.receive(second.message({"a": 1}, after=0))
    assert "values" not in second.settle()


def test_a_page_that_leaves_does_not_stop_the_others():
    gate = threading.Event()

    @live(a=slider(0, 10, 1))
    def slow(a):
        gate.wait(5 if a == 2 else 0)
        return Note(str(a))

    first, second = FakeBrowser(slow), FakeBrowser(slow)
    first.move(a=2)
    first.say("bye")
    gate.set()
    assert shown(second.settle()) == "2" and slow._link.watched
    second.say("bye")
    assert not slow._link.watched


def test_what_python_sets_is_told_also_if_its_frame_is_replaced_on_the_way():
    piece = sums()
    browser = FakeBrowser(piece, acks="by hand")
    for a in (3, 4):
        browser.move(a=a)
        browser.settle()
    piece.set(word="told")
    assert piece._engine.worker.wait(5)
    browser.move(b=9)
    browser.settle()
    assert not any("told" in shown(frame) for frame in browser.frames)
    browser.ack(browser.frames[-1]["n"])
    assert shown(browser.frames[-1]) == "4 9 told" and browser.frames[-1]["values"] == {"word": "told"}


def test_what_python_sets_is_told_also_if_it_is_never_computed():
    gate = threading.Event()

    @live(a=slider(0, 10, 1), b=slider(0, 10, 2))
    def slow(a, b):
        gate.wait(5 if b == 3 else 0)
        return Note(f"{a} {b}")

    browser = FakeBrowser(slow)
    browser.move(b=3)
    slow.set(a=8)
    browser.move(b=4)
    gate.set()
    assert shown(browser.settle()) == "8 4"
    assert [frame["values"] for frame in browser.frames if "values" in frame][-1] == {"a": 8}


def test_a_value_that_cannot_be_used_is_an_error_until_it_is_moved_again():
    browser = FakeBrowser(sums())
    browser.move(word="x" * 3000, a=5)
    assert "at most 2000 characters" in browser.frames[-1]["error"]["message"]
    browser.move(b=8)
    assert "at most 2000 characters" in browser.frames[-1]["error"]["message"]
    browser.move(word="short")
    assert shown(browser.settle()) == "5 8 short"


@pytest.mark.parametrize("act", [lambda piece: piece.set(word="set"), lambda piece: piece.reset()])
def test_python_puts_right_what_could_not_be_used(act):
    piece = sums()
    browser = FakeBrowser(piece)
    browser.move(word="x" * 3000)
    act(piece)
    browser.move(b=8)
    assert "error" not in browser.settle()
