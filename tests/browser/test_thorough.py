"""Every control of every chapter by a hand, and long storms of random events: `python course.py thorough`."""

import pytest

from .drive import HANDS, drive
from .storm import lap, storm
from .test_chapters import CHAPTERS

pytestmark = pytest.mark.browser
MOST, GROWTH = 800, 20  # megabytes of the kernel, and of them from the 100th event to the last


@pytest.fixture
def fresh(desk, request):
    """The chapter that the test's parameter names, in a kernel that no test has used."""
    desk.leave()
    yield desk.open(request.param)
    desk.leave()


@pytest.mark.hands
@pytest.mark.parametrize("desk, hand", [("subshells", HANDS[0]), ("no-subshells", HANDS[1])], indirect=["desk"])
@pytest.mark.parametrize("fresh", CHAPTERS, indirect=True)
def test_every_control_answers(fresh, desk, hand, request, record_property):
    name, runs, total, driven = request.node.callspec.params["fresh"], fresh.executions(), 0, []
    for piece in fresh.distinct:
        total += len(piece.controls)
        driven += drive(fresh, piece, hand)
    where = f"by {hand}, subshells {desk.lab.subshells}"
    record_property("said", f"{name}: {len(driven)} of {total} controls driven, {where}")
    assert len(driven) == total > 0
    record_property("said", f"{name}: {storm(fresh, 100, seed=0)}")
    assert fresh.executions() == runs, "a key ran a cell"
    assert not fresh.complaints, fresh.complaints


@pytest.mark.storm
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("fresh", CHAPTERS, indirect=True)
def test_a_thousand_events(fresh, desk, seed, request, record_property):
    cells = fresh.cells()
    lap(fresh)
    weather = storm(fresh, 1000, seed)
    name = request.node.callspec.params["fresh"]
    record_property("said", f"{name}, seed {seed}, subshells {desk.lab.subshells}: {weather}")
    early, late = weather.megabytes.values()
    assert late <= MOST, f"the kernel holds {late:.0f} MB"
    assert late - early <= GROWTH, f"the kernel grew by {late - early:.0f} MB"
    assert fresh.cells() == cells, "a cell of the notebook changed"
    assert not fresh.complaints, fresh.complaints
