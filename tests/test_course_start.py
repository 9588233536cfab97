"""Chapter 00's pieces at the ends of their controls, and what its words claim."""

import pytest

from nnlib.course import start
from nnlib.course.setup import Report, check_setup
from nnlib.course.timeline import IDEAS, TOOLS

PIECES = [start.too_large, start.sets, start.parameters, start.features, start.timeline, start.examples]


@pytest.mark.parametrize("piece", PIECES, ids=lambda p: p.name)
def test_every_end_of_every_control_gives_a_picture(piece):
    for name, control in piece.controls.items():
        for wire in control.ends():
            piece.restore({name: wire})
            assert not piece.error, f"{name} at {wire}: {piece.error}"
            assert len(piece.describe()) > 20
    piece.reset()


def share(note: str) -> float:
    return float(note.split(" % ")[0].split()[-1])


def test_learned_numbers_are_right_and_random_ones_are_not():
    assert share(start.parameters(numbers="learned", draw=0)[-1].text) >= 99
    for draw in range(5):
        assert share(start.parameters(numbers="drawn at random", draw=draw)[-1].text) < 75


def test_a_line_works_in_designed_and_learned_features_only():
    shares = {space: share(start.features(space=space)[-1].text) for space in ("raw", "designed", "learned")}
    assert shares["raw"] < 60 and shares["designed"] > 95 and shares["learned"] > 95


def test_a_rate_that_is_too_large_ends_hardly_lower_than_it_began():
    curves = start.too_large()[1]
    losses = {name: y for name, (_, y) in curves.series.items()}
    assert losses["rate 3"][-1] > 0.75 * losses["rate 3"][0] > 50 * losses["rate 0.03"][-1]


def test_more_examples_help_the_large_network_and_not_the_small_one():
    scores = {units: start._scores(units) for units in (2, 8, 32)}
    assert all(0.4 < s[0] < 0.75 for s in scores.values()), "with few examples all three fail alike"
    assert scores[2][-1] < 0.75 and scores[2][-1] - scores[2][2] < 0.05, "the small one stops improving"
    assert scores[8][-1] > 0.9 and scores[32][-1] > 0.95 and scores[32][-1] > scores[32][2] + 0.05


def test_the_timeline_is_in_order_and_every_event_can_be_seen():
    for events in (IDEAS, TOOLS):
        assert [e[0] for e in events] == sorted(e[0] for e in events)
    seen = set()
    for year in range(1943, 2020):
        ((plane, _),) = start.timeline(year=year)
        seen |= {text for *_, text in plane.labels}
    assert seen == {name for _, name, _ in (*IDEAS, *TOOLS)}


def test_the_set_up_check_says_what_is_missing(monkeypatch):
    from nnlib.course import setup

    report = check_setup()
    assert report.good and "Everything is here." in repr(report) and "1000 steps" in repr(report)
    monkeypatch.setattr(setup, "NEEDS", ("jax", "no-such-package"))
    report = check_setup()
    assert not report.good and "!!  no-such-package missing" in repr(report)
    assert Report((("a", "1", ""),)).good
