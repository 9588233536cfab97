import json
import subprocess
import sys
import threading
import time
from functools import partial

import ipywidgets
import jax
import jax.numpy as jnp
import matplotlib
import numpy as np
import pytest

from nnlib.live import (
    Curves,
    Note,
    Plane,
    button,
    choice,
    handle,
    live,
    log_slider,
    player,
    points,
    presets,
    slider,
)

from .browser import FakeBrowser


def square(**options):
    @live(a=slider(0, 10, 3), **options)
    def squared(a):
        return Curves(y=[0.0, a * a]), Note(f"a is {a}")

    return squared


def last_value(frame):
    return frame["notes"][0]


def test_a_movement_is_answered_with_its_number():
    browser = FakeBrowser(square())
    browser.move(a=7)
    frame = browser.settle()
    assert (frame["seq"], last_value(frame), frame["final"]) == (1, "a is 7", True)


def test_the_last_of_many_movements_is_always_drawn():
    browser = FakeBrowser(square())
    for a in range(200):
        browser.move(a=a % 11)
    assert last_value(browser.settle()) == f"a is {199 % 11}"


@pytest.mark.parametrize("order", ["late", "out of order", "never"])
def test_acknowledgements_that_misbehave(order):
    piece = square()
    piece._link.outbox._patience = 0.05 if order == "never" else 60
    browser = FakeBrowser(piece, acks="by hand")
    for a in range(8):
        browser.move(a=a)
        assert piece._engine.worker.wait(5)
        time.sleep(0.03 if order == "never" else 0)
    if order != "never":
        assert len(browser.frames) <= 2
        for number in (2, 1) if order == "out of order" else (1, 2):
            browser.ack(number)
    else:
        time.sleep(0.1)
        browser.move(a=7)
        browser.settle()
    assert last_value(browser.frames[-1]) == "a is 7"


def test_a_movement_takes_receipts_along():
    browser = FakeBrowser(square(), acks="by hand")
    link = browser.piece._link
    for a, drawn in ((1, []), (2, [{"n": 1, "ms": 20.0}, {"n": 2, "ms": 30.0}])):
        link.receive(browser.message({"a": a}, drawn=drawn))
        browser.settle()
    assert [frame["n"] for frame in browser.frames] == [1, 2, 3]  # without the receipts the third would have to wait
    assert browser.piece.stats["frames"] == 2 and browser.piece.stats["p50_ms"] == 25.0


def failing():
    @live(a=slider(0, 10, 3))
    def reciprocal(a):
        if a == 5:
            raise ZeroDivisionError("a must not be five")
        return Note(f"a is {a}")

    return reciprocal


def test_an_exception_is_shown_and_the_next_good_value_recovers():
    browser = FakeBrowser(failing())
    browser.move(a=5)
    error = browser.settle()
    assert error["error"]["message"] == "ZeroDivisionError: a must not be five"
    assert "reciprocal" in error["error"]["traceback"] and "views" not in error
    browser.move(a=6)
    good = browser.settle()
    assert "error" not in good and last_value(good) == "a is 6"


def test_what_is_printed_belongs_to_the_piece(capsys):
    @live(a=slider(0, 3, 1))
    def loud(a):
        print("printed", a)
        return Note("quiet")

    browser = FakeBrowser(loud)
    browser.move(a=2)
    assert browser.settle()["output"] == "printed 2\n"
    print("a cell's own")
    assert capsys.readouterr().out == "a cell's own\n"


def test_what_is_warned_belongs_to_the_piece():
    """In a process of its own, since pytest catches warnings itself."""
    script = """if True:
        import warnings
        from nnlib.live import Note, live, slider

        def loud(a):
            warnings.warn(f"warned {a}")
            return Note("quiet")

        piece = live(a=slider(0, 3, 1))(loud)
        piece.describe()
        print(piece._engine.newest.header["output"])
    """
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "UserWarning: warned 1" in run.stdout and "warned" not in run.stderr


@pytest.mark.parametrize("wrong", [None, 3, "text", (1, 2)])
def test_a_function_that_returns_no_views_says_what_to_return(wrong):
    @live(a=slider(0, 3, 1))
    def wrong_one(a):
        return wrong

    assert "a live function returns views" in wrong_one.describe()


def test_values_that_are_not_numbers_become_a_sentence():
    @live(a=slider(0, 3, 1))
    def diverged(a):
        return Plane(field=np.full((5, 5), np.nan)), Curves(loss=[np.nan, np.inf])

    browser = FakeBrowser(diverged)
    browser.move(a=2)
    notes = browser.settle()["notes"]
    assert len(notes) == 2 and all("not numbers" in note for note in notes)
    assert "not a number" in diverged.describe()
    diverged.figure()


def test_an_endless_function_is_stopped_and_left_behind():
    gate = threading.Event()

    @live(a=slider(0, 3, 1))
    def endless(a):
        if a == 2:
            gate.wait(20)
        return Note(f"a is {a}")

    browser = FakeBrowser(endless)
    browser.move(a=2)
    time.sleep(0.05)
    browser.say("stop")
    assert browser.frames[-1]["error"]["kind"] == "stopped"
    browser.move(a=3)
    assert last_value(browser.settle()) == "a is 3"
    count = len(browser.frames)
    gate.set()
    time.sleep(0.1)
    assert len(browser.frames) == count, "an abandoned computation must publish nothing"


def counting(closed):
    @live(a=slider(0, 3, 1), still=4)
    def counting(a):
        try:
            for step in range(100_000):
                yield Note(f"{a}: {step}")
                time.sleep(0.001)
        finally:
            closed.append(a)

    return counting


def test_a_generator_gives_a_counted_still_runs_on_and_is_abandoned():
    closed = []
    piece = counting(closed)
    assert piece.describe() == "counting: 1: 3" and closed == [1]
    browser = FakeBrowser(piece)
    browser.until(lambda: len(browser.frames) > 20)
    browser.move(a=2)
    browser.until(lambda: browser.frames[-1]["notes"][0].startswith("2:"))
    assert closed == [1, 1] and not browser.frames[-1]["final"]
    browser.say("bye")
    browser.until(lambda: closed == [1, 1, 2])
    seen = len(browser.frames)
    browser.say("hello")
    browser.until(lambda: ["2: 0"] in [frame["notes"] for frame in browser.frames[seen:]])
    piece.close()
    browser.until(lambda: closed == [1, 1, 2, 2])


def test_a_generator_that_ends_says_that_it_is_final():
    @live(a=slider(0, 3, 1))
    def three(a):
        for step in range(3):
            yield Note(str(step))

    browser = FakeBrowser(three)
    frame = browser.settle()
    assert frame["final"] and frame["notes"] == ["2"]


def test_a_second_view_gets_the_newest_picture_and_the_values():
    browser = FakeBrowser(square())
    browser.move(a=9)
    browser.settle()
    browser.say("hello")
    assert last_value(browser.frames[-1]) == "a is 9" and browser.frames[-1]["values"] == {"a": 9}


def test_set_value_state_restore_reset():
    piece = square()
    assert piece.set(a=8).value == {"a": 8} and "a is 8" in piece.describe()
    state = json.loads(json.dumps(piece.state))
    assert piece.reset().value == {"a": 3}
    assert piece.restore(state).value == {"a": 8}


def test_set_moves_the_controls_in_the_browser():
    piece = square()
    browser = FakeBrowser(piece)
    piece.set(a=8)
    browser.until(lambda: browser.frames[-1].get("values") == {"a": 8})
    assert last_value(browser.frames[-1]) == "a is 8"


@pytest.mark.parametrize("values, says", [
    ({"b": 1}, "there is no control 'b'; it has a"),
    ({"a": 11}, "expected a number from 0 to 10, got 11"),
    ({"a": "x"}, "expected a number, got 'x'"),
])  # fmt: skip
def test_bad_values_move_nothing(values, says):
    piece = square()
    with pytest.raises(ValueError, match=says):
        piece.set(**values)
    assert piece.value == {"a": 3}


MOVED = {"kind": "set", "page": "one", "seq": 1, "after": 0, "values": {"a": 5}}


@pytest.mark.parametrize("message", [
    {}, {"kind": "what"}, {"kind": "set"}, MOVED | {"values": {"nope": 1}}, {"kind": "ack"}, {"kind": "hello"},
    MOVED | {"values": {"a": None}}, MOVED | {"values": {"a": 1e9}}, MOVED | {"after": "never"}, MOVED | {"page": []},
    {"kind": "bye", "page": 3}, {"kind": "ack", "drawn": 3},
    {"kind": "ack", "drawn": [None, {}, {"n": "one"}, {"n": 1, "ms": "soon"}]},
])  # fmt: skip
def test_hostile_messages_do_not_reach_the_kernel(message):
    browser = FakeBrowser(square())
    browser.piece._link.receive(message)
    browser.seq = 1
    browser.move(a=4)
    assert last_value(browser.settle()) == "a is 4"


@pytest.mark.parametrize("controls, says", [
    ({}, "a has no control; add a=..."),
    ({"a": (0, 3), "b": (0, 3)}, "b moves nothing, because f takes only a"),
    ({"a": 3 + 2j}, "expected a control for 'a', got complex"),
])  # fmt: skip
def test_controls_and_parameters_must_match(controls, says):
    with pytest.raises(TypeError, match=says):
        live(**controls)(lambda_named_f())


def lambda_named_f():
    def f(a):
        return Note(str(a))

    return f


def test_a_function_that_shows_nothing_says_so():
    @live(a=slider(0, 3, 1))
    def empty(a):
        return ()

    assert empty.describe() == "empty: nothing is shown"


class Weight:
    def __call__(self, a):
        return Note(f"a is {a}")


def ends(error):
    def ends(a):
        raise error

    return ends


class Mute(Exception):
    def __str__(self):
        raise RuntimeError


@pytest.mark.parametrize("function, says", [
    (jax.jit(lambda a: 2 * a), "TypeError: a live function returns views"),
    (jax.jit(ends(KeyError("x"))), "KeyError: 'x'"),
    (ends(SystemExit(3)), "SystemExit: 3"), (ends(KeyboardInterrupt()), "KeyboardInterrupt"),
    (ends(GeneratorExit()), "GeneratorExit"), (ends(Mute()), "Mute"),
    (Weight(), ""), (partial(Weight(), a=0.0), ""),
])  # fmt: skip
def test_whatever_can_be_called_and_whatever_it_raises(function, says):
    piece = live(a=(0.0, 1.0))(function)
    assert says in piece.describe() and bool(piece.error) == bool(says)
    piece.set(a=1.0)
    assert ("a is 1" in piece.describe()) != bool(says), "it goes on"


def test_without_brackets():
    @live
    def nothing_moves():
        return Note("here")

    assert "here" in nothing_moves.describe()
    with pytest.raises(TypeError, match=r"<lambda> takes a, but a has no control; add a=... to @live\(...\)"):
        live(lambda a: Note("x"))
    with pytest.raises(TypeError, match="nobody can tell what max takes; write a function that calls it"):
        live(a=(0, 1))(max)


@pytest.mark.parametrize("low, high", [(np.float32(0), np.float64(2)), (np.int64(0), 2), (jnp.zeros(()), jnp.array(2))])
def test_a_range_of_other_libraries_numbers_is_a_slider(low, high):
    piece = live(a=(low, high))(lambda a: Note(str(a)))
    assert piece.controls["a"].kind == "slider" and piece.controls["a"].stops[-1] == 2


def test_any_ipywidget_can_be_a_control():
    widget = ipywidgets.IntSlider(3)

    @live(a=widget)
    def shown(a):
        return Note(f"a is {a}")

    browser = FakeBrowser(shown)
    widget.value = 6
    assert last_value(browser.settle()) == "a is 6"


def test_what_is_stored_is_a_picture_a_sentence_and_a_widget():
    data, metadata = square()._repr_mimebundle_()
    assert set(data) == {"text/plain", "image/png", "application/vnd.jupyter.widget-view+json"}
    assert data["text/plain"] == "squared: Curves: y from 0 to 9. a is 3" == metadata["image/png"]["alt"]


def test_a_still_looks_the_same_whatever_matplotlib_is_set_to():
    plain = square()._repr_mimebundle_()[0]["image/png"]
    own = {"text.usetex": True, "axes.facecolor": "black", "text.color": "white", "font.size": 30}
    with matplotlib.rc_context(own):
        assert square()._repr_mimebundle_()[0]["image/png"] == plain
        assert matplotlib.rcParams["text.usetex"] and matplotlib.rcParams["font.size"] == 30


def test_a_still_that_cannot_be_drawn_does_not_cost_the_live_piece(monkeypatch):
    def broken(*_):
        raise RuntimeError("no LaTeX")

    monkeypatch.setattr(Curves, "still", broken)
    with pytest.warns(UserWarning, match=r"stored notebook cannot be drawn \(RuntimeError: no LaTeX\)"):
        data, _ = square()._repr_mimebundle_()
    assert set(data) == {"text/plain", "application/vnd.jupyter.widget-view+json"}


def test_moving_a_slider_never_recompiles():
    import jax.numpy as jnp
    from jax import jit

    @jit
    def slow(a):
        return jnp.arange(3.0) * a

    @live(a=log_slider(0.01, 10.0, 1.0))
    def scaled(a):
        return Curves(y=slow(a))

    for a in np.geomspace(0.01, 10, 50):
        scaled.set(a=float(a))
    assert scaled.stats["recompiles"] == 0 and scaled.stats["computations"] == 50


def test_the_spec_lists_every_control_and_translates_presets():
    @live(a=slider(0, 10, 3), shape=choice(["round", "flat"]), p=handle(0, 1), again=button(), t=player(),
          data=points([[0, 1]], [1]), go=presets(big=dict(a=10, shape="flat", says="large")))  # fmt: skip
    def every(a, shape, p, again, data):
        return Plane(points=data, handles=[p])

    spec = every._spec()["controls"]
    assert [c["kind"] for c in spec] == [
        "slider",
        "choice",
        "handle",
        "button",
        "player",
        "points",
        "presets",
    ]
    assert spec[-1]["options"] == [{"name": "big", "values": {"a": 10, "shape": 1}, "says": "large"}]
    assert spec[4]["browser"] is True
    json.dumps(spec)


def test_an_error_names_one_line_of_the_cell():
    from nnlib.live.frame import failure

    space, cell = {}, "<ipython-input-1>"
    text = "def f():\n    raise ValueError('there is no picture yet: no number (line 7 of the cell)')"
    exec(compile(text, cell, "exec"), space)
    with pytest.raises(ValueError, match="no picture") as error:
        space["f"]()
    assert failure(1, error.value, "", cell).error["message"].count("of the cell") == 1
