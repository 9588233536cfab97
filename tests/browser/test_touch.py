"""Everything by finger: one piece with every kind of control, on a page long enough to scroll."""

import nbformat
import pytest

from .drive import away_from, pixels, plane_of
from .pages import NotebookPage

pytestmark = pytest.mark.browser
NAME = "touch.ipynb"
CELLS = [
    """\
from nnlib.live import Curves, Plane, live
from nnlib.live import button, choice, handle, player, points, predict, presets, slider, toggle""",
    """\
@live(
    guess=predict("Which?", ["one", "two"], "two", "two it is"),
    a=slider(0, 10, 3), side=choice(["left", "right"]), on=toggle(False), again=button(), time=player(9),
    data=points([[-1, -1], [1, 1]], [0, 1]), spot=handle(0.0, 1.5), row=presets(high=dict(a=9), low=dict(a=1)),
)
def touched(a, side, on, again, time, data, spot):
    plane = Plane(points=data, handles=[spot], bounds=(-2, 2, -2, 2))
    return plane, Curves(y=[a, side == "left", on, again, time])


touched""",
]


class Finger:
    """One finger on the page."""

    def __init__(self, page):
        self.page, self._line = page, page.context.new_cdp_session(page)

    def tap(self, place) -> None:
        self._touch("touchStart", place)
        self._touch("touchEnd")

    def drag(self, start, end, steps=8) -> None:
        self._touch("touchStart", start)
        for step in range(1, steps + 1):
            self._touch("touchMove", [a + (b - a) * step / steps for a, b in zip(start, end, strict=True)])
            self.page.wait_for_timeout(16)
        self._touch("touchEnd")

    def _touch(self, kind, place=None) -> None:
        points = [] if place is None else [{"x": place[0], "y": place[1]}]
        self._line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.fixture(scope="module")
def notebook(browser, lab):
    below = nbformat.v4.new_markdown_cell("\n\n".join(["below"] * 60))
    cells = [*map(nbformat.v4.new_code_cell, CELLS), below]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), lab.folder / NAME)
    page = NotebookPage(browser, lab, NAME, has_touch=True)
    page.run_all()
    yield page
    page.close()


@pytest.mark.parametrize("lab", [True], ids=["subshells"], indirect=True)
def test_everything_by_finger(notebook):
    (piece,), finger = notebook.pieces, Finger(notebook.page)
    kinds = {control.name: control for control in piece.controls}
    piece.root.scroll_into_view_if_needed()

    def value(name):
        piece.settled()
        assert not piece.error(), f"{name}: {piece.error()}"
        return piece.values()[name]

    def middle(selector):
        box = piece.root.locator(selector).first.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def place(control, at):
        spot = pixels(piece, plane_of(piece, kinds[control]), at)
        return spot["x"], spot["y"]

    finger.tap(middle("[data-option='1']"))
    assert value("guess") == 1 and piece.attribute("status") == "ready"

    thumb = piece.part(kinds["a"], "input[type=range]").bounding_box()
    track = [(thumb["x"] + share * thumb["width"], thumb["y"] + thumb["height"] / 2) for share in (0.3, 1.2, -0.2)]
    finger.drag(track[0], track[1])
    assert value("a") == 10
    finger.drag((track[0][0] + 0.69 * thumb["width"], track[0][1]), track[2])
    assert value("a") == 0

    finger.tap(middle("[data-control=side] label:nth-of-type(2)"))
    assert value("side") == 1
    finger.tap(middle("[data-control=on] .switch"))
    assert value("on") is True
    finger.tap(middle("[data-control=again] button"))
    assert value("again") == 1
    finger.tap(middle("[data-preset='0']"))
    assert value("a") == 9
    finger.tap(middle("[data-control=time] [data-act=forward]"))
    before = value("time")
    finger.tap(middle("[data-control=time] [data-act=back]"))
    assert value("time") != before

    finger.drag(place("data", (-1, -1)), place("data", (-0.5, 0.5)))
    assert value("data")["x"][0] == pytest.approx([-0.5, 0.5], abs=0.05)
    finger.drag(place("spot", (0, 1.5)), place("spot", (1.5, -1)))
    assert value("spot") == pytest.approx([1.5, -1], abs=0.05)
    finger.tap(middle("[data-tool=add1]"))
    finger.tap(place("data", (0, -1.5)))
    assert value("data")["y"] == [0, 1, 1]
    finger.tap(middle("[data-tool=add1]"))

    # Where nothing lies under the finger, it scrolls the page and moves nothing.
    held = value("data"), value("spot")
    empty = away_from(piece, plane_of(piece, kinds["data"]), [*held[0]["x"], held[1]])
    top = piece.root.bounding_box()["y"]
    finger.drag(place("data", empty), [place("data", empty)[0], place("data", empty)[1] - 150])
    notebook.page.wait_for_timeout(300)
    assert piece.root.bounding_box()["y"] < top - 50, "the page did not scroll"
    assert (value("data"), value("spot")) == held
    assert not notebook.complaints, notebook.complaints
