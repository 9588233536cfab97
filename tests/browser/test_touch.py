"""Everything by finger, in the gallery."""

import shutil

import pytest

from .conftest import GALLERY
from .pages import NotebookPage
from .places import away_from, pixels, plane_of

pytestmark = pytest.mark.browser
NAME = "touch.ipynb"


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


@pytest.fixture
def notebook(browser, lab):
    shutil.copy(GALLERY, lab.folder / NAME)
    page = NotebookPage(browser, lab, NAME, has_touch=True)
    page.run_all()
    yield page
    page.close()


def middle(piece, selector):
    part = piece.root.locator(selector).first
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_everything_by_finger(notebook):
    piece, finger = notebook.piece("touched"), Finger(notebook.page)
    kinds = {control.name: control for control in piece.controls}

    def value(name):
        piece.settled()
        assert not piece.error(), f"{name}: {piece.error()}"
        return piece.values()[name]

    def place(control, at):
        spot = pixels(piece, plane_of(piece, kinds[control]), at)
        return spot["x"], spot["y"]

    finger.tap(middle(piece, "[data-option='1']"))
    assert value("guess") == 1 and piece.attribute("status") == "ready"

    thumb = piece.part(kinds["a"], "input[type=range]").bounding_box()
    track = [(thumb["x"] + share * thumb["width"], thumb["y"] + thumb["height"] / 2) for share in (0.3, 1.2, -0.2)]
    finger.drag(track[0], track[1])
    assert value("a") == 10
    finger.drag((track[0][0] + 0.69 * thumb["width"], track[0][1]), track[2])
    assert value("a") == 0

    finger.tap(middle(piece, "[data-control=side] label:nth-of-type(2)"))
    assert value("side") == 1
    finger.tap(middle(piece, "[data-control=on] .switch"))
    assert value("on") is True
    finger.tap(middle(piece, "[data-control=again] button"))
    assert value("again") == 1
    finger.tap(middle(piece, "[data-preset='0']"))
    assert value("a") == 9
    finger.tap(middle(piece, "[data-control=time] [data-act=forward]"))
    before = value("time")
    finger.tap(middle(piece, "[data-control=time] [data-act=back]"))
    assert value("time") != before

    finger.drag(place("data", (-1, -1)), place("data", (-0.5, 0.5)))
    assert value("data")["x"][0] == pytest.approx([-0.5, 0.5], abs=0.05)
    finger.drag(place("spot", (0, 1.5)), place("spot", (1.5, -1)))
    assert value("spot") == pytest.approx([1.5, -1], abs=0.05)
    finger.tap(middle(piece, "[data-tool=add1]"))
    finger.tap(place("data", (0, -1.5)))
    assert value("data")["y"] == [0, 1, 1]
    finger.tap(middle(piece, "[data-tool=add1]"))

    # Where nothing lies under the finger, it scrolls the page and moves nothing.
    held = value("data"), value("spot")
    empty = away_from(piece, plane_of(piece, kinds["data"]), [*held[0]["x"], held[1]])
    top = piece.root.bounding_box()["y"]
    finger.drag(place("data", empty), [place("data", empty)[0], place("data", empty)[1] - 150])
    piece.becomes(lambda: piece.root.bounding_box()["y"] < top - 50, True)  # the page scrolls
    assert (value("data"), value("spot")) == held
    assert not notebook.complaints, notebook.complaints


def test_lines_folds_graphs_and_weights_by_finger(notebook):
    finger = Finger(notebook.page)

    def tapped(piece, selector):
        finger.tap(middle(piece, selector))
        piece.settled()
        assert not piece.error()
        return piece.values()

    lines = notebook.piece("lines")
    assert tapped(lines, "[data-control=second] .switch")["second"] is True
    finger.tap(middle(lines, "summary"))
    assert lines.root.locator("details").get_attribute("open") is not None
    assert tapped(lines, "[data-control=sort] label:nth-of-type(2)")["sort"] == 1
    finger.tap(middle(lines, "textarea"))
    notebook.page.keyboard.type("1, 2, red")
    notebook.page.keyboard.press("Tab")
    lines.settled()
    assert lines.values()["table"] == "1, 2, red"

    graph = notebook.piece("graph of a function")
    assert len(tapped(graph, ".node.folded")["open"]) == 1

    typed = notebook.piece("typed")
    typed.root.locator("input[type=text]").fill("a*b")
    typed.settled()
    at = middle(typed, ".node.editable")
    finger.drag(at, (at[0] + 60, at[1]))
    typed.settled()
    assert typed.values()["values"]["a"] > 2

    maps = notebook.piece("maps")
    at = maps.root.evaluate("root => root.live.placeOf(0, [0, 0, 0])")
    finger.drag((at["x"], at["y"]), (at["x"], at["y"] - 60))
    maps.settled()
    assert maps.values()["hand"][0]["set"], "no weight was taken"
    assert not notebook.complaints, notebook.complaints


def test_pictures_and_drawings_by_finger(notebook):
    finger = Finger(notebook.page)

    def at(piece, *place):
        spot = piece.root.evaluate("(root, place) => root.live.placeOf(0, place)", list(place))
        return spot["x"], spot["y"]

    pictures = notebook.piece("pictures")

    def chosen():  # where it is now: what is drawn for the first time, further up, may move it, and out of sight
        notebook.piece("pictures")
        finger.tap(at(pictures, 4, 2, 2))
        pictures.settled()
        return pictures.values()["which"]

    pictures.becomes(chosen, 4)

    drawn = notebook.piece("drawn on")
    before = drawn.values()
    finger.drag(at(drawn, 0, 4, 20), at(drawn, 0, 9, 24))
    drawn.settled()
    assert drawn.values()["digit"] != before["digit"], "the finger drew nothing"
    where = drawn.root.bounding_box()
    x, y = middle(drawn, ".sheet")
    finger.drag((x - 60, y + 20), (x + 60, y + 20))
    drawn.settled()
    assert drawn.values()["mask"] != before["mask"] and drawn.root.bounding_box()["x"] == where["x"]
    held, top = drawn.values(), drawn.root.bounding_box()["y"]
    start = at(drawn, 1, 14, 14)  # a picture that cannot be drawn on
    finger.drag(start, (start[0], start[1] - 150))
    drawn.becomes(lambda: drawn.root.bounding_box()["y"] < top - 50, True)  # the page scrolls
    assert drawn.values() == held
    assert not notebook.complaints, notebook.complaints


def test_a_cell_by_finger(notebook):
    piece, finger = notebook.piece("heat"), Finger(notebook.page)
    control = next(control for control in piece.controls if control.name == "at")

    def place(row, column):
        spot = pixels(piece, plane_of(piece, control), (column, row))
        return spot["x"], spot["y"]

    def chosen():
        piece.settled()
        return piece.values()["at"]

    finger.tap(place(5, 3))
    assert chosen() == [5, 3]
    finger.drag(place(5, 3), place(6, 9))
    assert chosen() == [6, 9]
    top = piece.root.bounding_box()["y"]  # where the cell is not under the finger, it scrolls the page
    x, y = place(2, 2)
    finger.drag((x, y), (x, y - 150))
    piece.becomes(lambda: piece.root.bounding_box()["y"] < top - 50, True)
    assert chosen() == [6, 9] and not notebook.complaints
