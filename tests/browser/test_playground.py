"""The playground's own: what is changed on the way, and lines that are taken hold of, in a real browser."""

import pytest

from .pages import FIRST

pytestmark = [
    pytest.mark.browser, pytest.mark.parametrize("chapter", ["09_multilayer_perceptrons.ipynb"], indirect=True),
]  # fmt: skip


@pytest.fixture
def playground(chapter):
    piece = chapter.piece("playground")
    piece.root.locator("[data-act=reset]").click()
    piece.settled()
    return piece


def test_a_change_from_this_step_on_keeps_what_was_before(playground):
    whole = playground.values()
    playground.move(step=10)
    playground.move(on_the_way=1)
    assert playground.values()["history"] == []
    playground.move(rate=1.0)
    assert playground.values()["history"] == [{"at": 10, "before": {"rate": whole["rate"]}, "set": {}}]
    playground.move(rate=2.0)  # the same drag goes on: it is one change still
    assert playground.values()["history"] == [{"at": 10, "before": {"rate": whole["rate"]}, "set": {}}]
    playground.move(step=20)
    assert playground.root.locator("[data-part=notes]").inner_text().startswith("at step 400, ")
    playground.move(optimizer=0)
    assert [change["at"] for change in playground.values()["history"]] == [10, 20]
    assert playground.values()["history"][1]["before"] == {"optimizer": whole["optimizer"]}
    assert "step 200, 400" in playground.root.locator("[data-part=notes]").inner_text()
    playground.move(step=5)
    playground.move(rate=0.5)  # what came later is no more, and what held at step 100 was the first setting
    assert playground.values()["history"] == [
        {"at": 5, "before": {"rate": whole["rate"], "optimizer": whole["optimizer"]}, "set": {}}
    ]
    playground.move(rate=whole["rate"], optimizer=whole["optimizer"])
    assert playground.values()["history"] == []


def test_a_change_of_the_whole_run_is_none_on_the_way(playground):
    playground.move(step=10)
    playground.move(on_the_way=1)
    playground.move(rate=1.0)
    playground.move(on_the_way=0)
    playground.move(rate=2.0)
    assert playground.values()["history"] == []
    playground.move(step=0)
    playground.move(on_the_way=1)
    playground.move(rate=1.0)
    assert playground.values()["history"] == [], "at step 0, from here on is the whole run"


def test_another_network_forgets_what_was_set_by_hand(playground):
    playground.move(history=[{"at": 10, "before": {}, "set": {"1,3,0": 2.0}}])
    playground.move(step=5)
    playground.move(shown=1)
    assert len(playground.values()["history"]) == 1, "neither time nor what is shown of it changes anything"
    playground.move(**{"layer_1.units": 8})
    assert playground.values()["history"] == []


def test_what_cannot_go_on_says_that_it_began_anew(playground):
    playground.move(step=10)
    playground.move(on_the_way=1)
    playground.move(rate=1.0)
    playground.move(**{"layer_1.units": 8})
    notes = playground.root.locator("[data-part=notes]")
    assert playground.values()["history"] == [{"at": 0, "before": {}, "set": {}}]
    assert "begun anew, from step 0" in notes.inner_text() and "changed on the way, at" not in notes.inner_text()
    playground.move(rate=2.0)  # and from here on it is changed on the way again
    assert [change["at"] for change in playground.values()["history"]] == [10]
    assert "begun anew" not in notes.inner_text()


def test_a_line_is_set_at_the_players_moment_and_a_preset_begins_anew(playground):
    playground.move(step=10)
    at = playground.root.evaluate("root => root.live.placeOf(0, [1, 3, 0])")
    mouse = playground.page.mouse
    playground.root.scroll_into_view_if_needed()
    at = playground.root.evaluate("root => root.live.placeOf(0, [1, 3, 0])")
    mouse.move(at["x"], at["y"])
    mouse.down()
    mouse.move(at["x"], at["y"] - 100, steps=4)
    mouse.up()
    playground.settled()
    (change,) = playground.values()["history"]
    assert change["at"] == 10 and list(change["set"]) == ["1,3,0"]
    playground.root.locator("[data-preset='0']").click()
    playground.settled(FIRST)
    assert playground.values()["history"] == []


def test_slow_plays_five_times_as_slowly(playground):
    slow, play = (playground.root.locator(f"[data-act={act}]") for act in ("slow", "play"))
    playground.move(step=0)
    slow.click()
    play.click()
    playground.page.wait_for_timeout(1000)
    play.click()
    assert slow.get_attribute("aria-pressed") == "true"
    assert 0 < playground.values()["step"] <= 15, "eight moments a second instead of forty"
    slow.click()
    assert slow.get_attribute("aria-pressed") == "false"
