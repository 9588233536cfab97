"""Whatever a learner's function does: a sentence comes back in time, memory stays bounded, nothing is left running."""

import _thread
import itertools
import signal
import sys
import threading
import time

import numpy as np
import psutil
import pytest

from nnlib.course import check
from nnlib.course.common import learner
from nnlib.course.common.errors import explained
from nnlib.course.common.learner import Failed, NotBack, in_time
from nnlib.live.capture import captured

from .test_exercise import ALL, EXERCISES, named


def for_ever(*_):
    while True:
        pass


def behind_a_bare_except(*_):
    while True:
        try:
            for _ in range(1000):
                pass
        except:  # noqa: E722
            pass


def yields_for_ever(*_):
    while True:
        yield 1.0


def grows(*_):
    kept = []
    while True:
        kept.append(np.ones(100_000))


def ragged(*_):
    return [[1.0, 2.0], [3.0]]


def leaves(*_):
    sys.exit("done")


def deep(*_):
    return deep()


class Odd:
    """Something that is no number, and says so in its own way."""

    def __array__(self, *_, **__):
        raise RuntimeError("no array")


@pytest.fixture
def soon(monkeypatch):
    """A quarter of a second instead of five: the rest is the same."""
    monkeypatch.setattr(learner, "SECONDS", 0.25)


def running():
    """Whether a thread of a learner's function is left; it may be in one of JAX's calls, which have to come back."""
    threads = [thread for thread in threading.enumerate() if thread.name == "nnlib-learner"]
    for thread in threads:
        thread.join(10)
    return any(thread.is_alive() for thread in threads)


HARMS = {
    "a loop": for_ever, "a loop that catches all": behind_a_bare_except, "a generator that never ends": yields_for_ever,
    "a ragged list": ragged, "an exit": leaves, "a recursion": deep, "an odd object": lambda *_: Odd(),
    "a dict": lambda *_: {"w": 1}, "text": lambda *_: "text", "an object": lambda *_: object(),
    "a list of nothing": lambda *_: [None], "nan": lambda *_: float("nan"), "a count": lambda *_: itertools.count(),
    "an empty generator": lambda *_: (x for x in ()), "an empty list": lambda *_: [[]], "bytes": lambda *_: b"",
    "a function": lambda *_: check,
}  # fmt: skip


@ALL
@pytest.mark.parametrize("harm", HARMS)
def test_a_check_gives_a_sentence(exercise, harm, soon):
    began = time.monotonic()
    verdict = check(named(exercise, HARMS[harm]))
    assert (
        verdict.state in ("not yet", "not attempted yet") and len(verdict.says) > 10 and "Traceback" not in verdict.says
    )
    if "a loop" in harm:
        assert "not back after 0.25 seconds" in verdict.says.lower() and time.monotonic() - began < 30
    assert not running()


def test_five_seconds_and_a_bit():
    """As it is for learners, and meanwhile others can work."""
    done, began = [], time.monotonic()
    other = threading.Thread(target=lambda: done.append(sum(range(1000))))

    def downhill(w, eta):
        other.is_alive() or done or other.start()
        while True:
            pass

    verdict = check(downhill)
    assert time.monotonic() - began < 6 and verdict.says.startswith("Not back after 5 seconds; is there a loop in it")
    assert done == [499500]


def test_memory_stays_bounded(monkeypatch):
    monkeypatch.setattr(learner, "MOST", 50 << 20)
    before = psutil.Process().memory_info().rss
    with pytest.raises(NotBack, match="it has taken 50 MB of memory"):
        in_time(grows, 30)
    assert psutil.Process().memory_info().rss - before < 500 << 20 and not running()


def test_prints_and_numpys_settings_are_those_of_the_piece_or_the_cell():
    def noisy():
        print("here")
        return np.log(np.zeros(1))

    with captured() as printed, np.errstate(all="raise"), pytest.raises(Failed, match="FloatingPointError"):
        in_time(noisy)
    assert printed.getvalue() == "here\n"


def test_what_is_still_dotted_is_not_attempted_though_it_raises():
    def best_settings():
        return (32,), ... * 2

    def predict(w, b, x):
        return ... + w @ x

    assert {check(best_settings).state, check(predict).state} == {"not attempted yet"}


def test_numpys_errors_stay_pythons_own():
    def predict(w, b, x):
        return 1 if w * x > 0 else 0

    assert "it stops with ValueError: The truth value of an array" in check(predict).says


@pytest.fixture
def listening():
    """Interrupts are heard, as in a kernel: a shell lets what it starts in the background ignore them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("name", ["winner", "best_settings", "downhill"])
def test_the_stop_button_ends_all_of_it(name, listening):
    (exercise,) = (each for each in EXERCISES if each.name == name)

    def function(*_):
        _thread.interrupt_main()
        while True:
            pass

    assert check(named(exercise, function)).says.endswith("Stopped by hand, before it was done.") and not running()


def test_an_error_is_told_with_the_learners_line():
    def broken(w):
        return undefined * w  # noqa: F821

    with pytest.raises(Failed, match="NameError: name 'undefined' is not defined"):
        in_time(lambda: broken(1.0))
    try:
        broken(1.0)
    except NameError as error:
        assert explained(error, broken).endswith(", in the line `return undefined * w  # noqa: F821`")
    try:
        raise KeyError
    except KeyError as error:
        assert explained(error) == "KeyError: no message"
