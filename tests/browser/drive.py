"""Drives every control of a live piece, by pointer or by keyboard, to both ends and the middle.

`drive(notebook, piece, hand)` returns the names of the controls that it moved; each must answer with a frame for its
last value, show no error and change the picture, unless the control declares (`same`) that it leaves it as it is.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from .pages import FIRST, SOON, Control, NotebookPage, Piece

HANDS = ("pointer", "keyboard")


def drive(notebook: NotebookPage, piece: Piece, hand: str, names: Sequence[str] | None = None) -> list[str]:
    """Moves the controls of the piece, or those named, with that hand.

    AssertionError at the first that does not answer.
    """
    piece.root.scroll_into_view_if_needed()
    driven, before = [], notebook.cells()
    chosen = [control for control in piece.controls if names is None or control.name in names]
    for control in sorted(chosen, key=lambda c: c.kind != "predict"):  # the veil comes first
        piece.move(**_start(piece))
        _unfold(piece, control)
        _switch_on(piece, control)
        slow = _Slow(notebook)
        move, why_same = ACTIONS[control.kind][HANDS.index(hand)], control.spec.get("same")
        pictures = {_seen(piece, control, slow) for _ in move(piece, control)}
        said = f"{piece.name}, {control.name}, {move.__name__}"
        assert why_same or len(pictures) > 1, f"{said}: the picture stayed as it was"
        assert not why_same or len(pictures) == 1, f"{said}: the picture changed, though {why_same}"
        driven.append(control.name)
    _reset(piece)
    assert notebook.cells() == before, f"{piece.name}: a cell of the notebook changed"
    return driven


class _Slow:
    """Only an answer for which a live piece had to compile something may take longer than others."""

    def __init__(self, notebook: NotebookPage):
        self.notebook = notebook
        self.programs = notebook.programs()

    def excused(self, seconds: float) -> bool:
        if seconds < SOON:
            return True
        before, self.programs = self.programs, self.notebook.programs()
        return self.programs > before


def _seen(piece: Piece, control: Control, slow: _Slow) -> str:
    began = time.monotonic()
    error, picture = piece.seen(FIRST)
    took = time.monotonic() - began
    assert slow.excused(took), f"{piece.name}, {control.name}: {took:.0f} s for an answer, and nothing was compiled"
    assert not error, f"{piece.name}, {control.name} at {piece.values()[control.name]!r}: {error}"
    return picture


def _switch_on(piece: Piece, control: Control) -> None:
    """A control in a line that is switched off can only be seen."""
    line = control.spec.get("row")
    if line and line != control.name and not piece.values()[line]:
        piece.root.locator(f'[data-control="{line}"] input').click()
        piece.settled()


def _unfold(piece: Piece, control: Control) -> None:
    """What is folded away under a word is opened with a click on it; what is there for some settings only gets them."""
    if needs := control.spec.get("needs"):
        piece.move(**needs)
    if group := control.spec.get("group"):
        details = piece.root.locator(f'details[data-group="{group}"]')
        if details.get_attribute("open") is None:
            details.locator("summary").click()


def _start(piece: Piece) -> dict:
    """The values at the start, and the guess as it was made."""
    return {control.name: control.spec["value"] for control in piece.controls if control.kind != "predict"}


def _reset(piece: Piece) -> None:
    """Whatever the last control was moved to, *reset* takes back."""
    piece.root.locator("[data-act=reset]").click()
    piece.settled()
    values = piece.values()
    assert all(values[name] == value for name, value in _start(piece).items()), f"{piece.name}: reset left {values}"


def _expect(piece: Piece, control: Control, value) -> None:
    got = piece.values()[control.name]
    assert got == value, f"{piece.name}, {control.name}: expected {value!r}, the piece holds {got!r}"


# Each action is a generator that yields after every movement, so that the picture can be looked at in between.


def slide_by_pointer(piece, control):
    stops, thumb = control.spec["stops"], piece.part(control, "input[type=range]")
    thumb.scroll_into_view_if_needed()  # a piece may be taller than the window
    box = thumb.bounding_box()
    y = box["y"] + box["height"] / 2
    piece.page.mouse.move(box["x"] + box["width"] / 2, y)
    piece.page.mouse.down()
    yield
    for share, value in ((-0.2, stops[0]), (1.2, stops[-1])):
        piece.page.mouse.move(box["x"] + share * box["width"], y, steps=3)
        _expect(piece, control, value)
        yield
    piece.page.mouse.up()


def slide_by_keys(piece, control):
    stops, thumb = control.spec["stops"], piece.part(control, "input[type=range]")
    thumb.focus()
    for key, value in (("Home", stops[0]), ("End", stops[-1]), ("ArrowLeft", stops[-2])):
        piece.page.keyboard.press(key)
        _expect(piece, control, value)
        yield


def choose_by_pointer(piece, control):
    options = control.spec["options"]
    for index in [*range(1, len(options)), 0]:
        if piece.part(control, "select").count():
            piece.part(control, "select").select_option(index=index)
        else:
            piece.part(control, "label").nth(index).click()
        _expect(piece, control, index)
        yield


def choose_by_keys(piece, control):
    widget = piece.part(control, "select")
    (widget if widget.count() else piece.part(control, "input[type=radio]:checked")).focus()
    yield
    start, count = piece.values()[control.name], len(control.spec["options"])
    for index in [(start + step) % count for step in range(1, count)]:
        # Below the last one is the first among radio buttons; a list ends there.
        piece.page.keyboard.press("Home" if index == 0 and widget.count() else "ArrowDown")
        _expect(piece, control, index)
        yield


def switch_by_pointer(piece, control):
    yield
    piece.part(control, ".switch").click()
    _expect(piece, control, not control.spec["value"])
    yield


def switch_by_keys(piece, control):
    piece.part(control, "input").focus()
    yield
    piece.page.keyboard.press("Space")
    yield


def press_by_pointer(piece, control):
    for _ in range(3):
        yield
        piece.part(control, "button").click()
    yield


def press_by_keys(piece, control):
    piece.part(control, "button").focus()
    for key in ("Enter", "Space"):
        yield
        piece.page.keyboard.press(key)
    yield


def write_by_pointer(piece, control):
    yield
    piece.part(control, "input").click()
    piece.page.keyboard.press("Control+a")
    piece.page.keyboard.type("x")  # on a cell, this key would cut it
    _expect(piece, control, "x")
    yield


def write_by_keys(piece, control):
    piece.part(control, "input").focus()
    yield
    piece.page.keyboard.press("End")
    piece.page.keyboard.type("dd")  # on a cell, these keys would delete it
    yield


def preset_by_pointer(piece, control):
    for index, option in enumerate(control.spec["options"]):
        piece.part(control, f"[data-preset='{index}']").click()
        values = piece.values()
        assert all(values[n] == v for n, v in option["values"].items()), (
            f"{piece.name}: preset {option['name']} did not take"
        )
        yield


def preset_by_keys(piece, control):
    for index in range(len(control.spec["options"])):
        piece.part(control, f"[data-preset='{index}']").focus()
        piece.page.keyboard.press("Enter")
        yield


def guess_by_pointer(piece, control):
    yield
    piece.root.locator("[data-option='0']").click()
    _expect(piece, control, 0)
    yield


def guess_by_keys(piece, control):
    """A guess is committed to: once it is made, no key can take it back."""
    yield
    piece.root.locator("[data-option='0']").focus()
    piece.page.keyboard.press("Enter")
    _expect(piece, control, 0)
    yield
    piece.page.keyboard.press("Enter")
    _expect(piece, control, 0)


def play_by_pointer(piece, control):
    """A step back, and then it plays until time has moved; a short film may have come to its end by itself."""
    piece.part(control, "[data-act=back]").click()
    yield
    before, player = piece.values()[control.name], piece.root.element_handle()
    piece.part(control, "[data-act=play]").click()
    moved = "([root, name, before]) => root.live.values()[name] !== before"
    piece.page.wait_for_function(moved, arg=[player, control.name, before], timeout=1000 * SOON)
    piece.root.evaluate(PAUSE)
    yield


def play_by_keys(piece, control):
    piece.part(control, "input[type=range]").focus()
    for key in ("Home", "End", "ArrowLeft"):
        piece.page.keyboard.press(key)
        yield


def drag_points(piece, control):
    view, value = plane_of(piece, control), piece.values()[control.name]
    yield
    if value["x"]:
        _drag(piece, view, value["x"][0], away_from(piece, view, value["x"]))
        moved = piece.values()[control.name]["x"]
        assert moved != value["x"] and len(moved) == len(value["x"]), f"{piece.name}, {control.name}: no point moved"
        yield
    count = len(piece.values()[control.name]["x"])
    at = pixels(piece, view, away_from(piece, view, piece.values()[control.name]["x"]))
    piece.page.mouse.dblclick(at["x"], at["y"])
    assert len(piece.values()[control.name]["x"]) == count + 1, f"{piece.name}, {control.name}: no point was added"
    yield
    add = piece.root.locator(f"[data-view][data-index='{view}'] [data-tool=add1]")
    add.click()
    at = pixels(piece, view, away_from(piece, view, piece.values()[control.name]["x"]))
    piece.page.mouse.click(at["x"], at["y"])
    value = piece.values()[control.name]
    assert len(value["x"]) == count + 2 and value["y"][-1] == 1, f"{piece.name}, {control.name}: *add* added nothing"
    add.click()  # the hand is empty again
    yield


def move_points_by_keys(piece, control):
    view, value = plane_of(piece, control), piece.values()[control.name]
    piece.root.locator(f"[data-view][data-index='{view}']").locator("[tabindex='0']").first.focus()
    yield
    for key in ("ArrowRight", "Shift+ArrowUp", "n", " "):
        piece.page.keyboard.press(key)
        yield
    count = len(piece.values()[control.name]["x"])
    piece.page.keyboard.press("a")
    assert len(piece.values()[control.name]["x"]) == count + 1
    yield
    piece.page.keyboard.press("Delete")
    assert len(piece.values()[control.name]["x"]) == count
    assert piece.values()[control.name] != value
    yield


def drag_handle(piece, control):
    view, (x, y) = plane_of(piece, control), piece.values()[control.name]
    yield
    _drag(piece, view, (x, y), away_from(piece, view, [(x, y)]))
    assert piece.values()[control.name] != [x, y], f"{piece.name}, {control.name}: the handle did not move"
    yield
    if control.spec["typed"]:
        piece.part(control, "input").fill(f"{0.9 * x:.2f}, {0.9 * y:.2f}")
        _expect(piece, control, [round(0.9 * x, 2), round(0.9 * y, 2)])
        yield


def move_handle_by_keys(piece, control):
    view, before = plane_of(piece, control), piece.values()[control.name]
    piece.root.locator(f"[data-view][data-index='{view}']").locator("[tabindex='0']").first.focus()
    yield
    for _ in range(20):  # the handle may not be the first thing that can be moved here
        piece.page.keyboard.press("Shift+ArrowRight")
        if piece.values()[control.name] != before:
            break
        piece.page.keyboard.press("PageDown")
    assert piece.values()[control.name] != before, f"{piece.name}, {control.name}: no key moved the handle"
    yield


def drag_numbers(piece, control):
    """An input of a graph dragged sideways, another one typed over."""
    view = plane_of(piece, control)
    leaves = piece.root.locator(f"[data-view][data-index='{view}'] .node.editable")
    yield
    before, box = piece.values()[control.name], leaves.first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    piece.page.mouse.move(x, y)
    piece.page.mouse.down()
    piece.page.mouse.move(x + 60, y, steps=5)
    piece.page.mouse.up()
    dragged = piece.values()[control.name]
    assert dragged != before, f"{piece.name}, {control.name}: no number was dragged"
    yield
    box = leaves.last.bounding_box()
    piece.page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    piece.page.keyboard.type("1.25")
    piece.page.keyboard.press("Enter")
    assert 1.25 in piece.values()[control.name].values(), f"{piece.name}, {control.name}: nothing was typed"
    yield


def change_numbers_by_keys(piece, control):
    view, before = plane_of(piece, control), piece.values()[control.name]
    piece.root.locator(f"[data-view][data-index='{view}']").locator("[tabindex='0']").first.focus()
    yield
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowUp", "ArrowDown") * 8:
        piece.page.keyboard.press("+")
        if piece.values()[control.name] != before:
            break
        piece.page.keyboard.press(key)
    assert piece.values()[control.name] != before, f"{piece.name}, {control.name}: no key changed a number"
    yield
    piece.page.keyboard.press("Enter")
    piece.page.keyboard.type("-1.5")
    piece.page.keyboard.press("Enter")
    assert -1.5 in piece.values()[control.name].values(), f"{piece.name}, {control.name}: nothing was typed"
    yield


def open_by_pointer(piece, control):
    view = plane_of(piece, control)
    folded = piece.root.locator(f"[data-view][data-index='{view}'] .node.folded")
    yield
    folded.first.click()
    assert piece.values()[control.name], f"{piece.name}, {control.name}: no node was opened"
    yield
    inner = piece.root.locator(f"[data-view][data-index='{view}'] .node.inner")
    inner.first.click()
    assert not piece.values()[control.name], f"{piece.name}, {control.name}: no node was closed"
    yield


def open_by_keys(piece, control):
    view = plane_of(piece, control)
    piece.root.locator(f"[data-view][data-index='{view}']").locator("[tabindex='0']").first.focus()
    yield
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "ArrowRight", "ArrowDown") * 8:
        piece.page.keyboard.press("Enter")
        if piece.values()[control.name]:
            break
        piece.page.keyboard.press(key)
    assert piece.values()[control.name], f"{piece.name}, {control.name}: no key opened a node"
    yield


def grab_a_line(piece, control):
    """A weight, and a bias, taken by their lines."""
    view = plane_of(piece, control)
    yield
    for line in ([0, 0, 0], [1, 0]):
        before = piece.values()[control.name]
        at = piece.root.evaluate("(root, [view, line]) => root.live.placeOf(view, line)", [view, line])
        piece.page.mouse.move(at["x"], at["y"])
        piece.page.mouse.down()
        piece.page.mouse.move(at["x"], at["y"] - 60, steps=5)
        piece.page.mouse.up()
        assert piece.values()[control.name] != before, f"{piece.name}, {control.name}: no line was taken"
        yield


def change_a_line_by_keys(piece, control):
    view = plane_of(piece, control)
    piece.root.locator(f"[data-view][data-index='{view}']").locator("[tabindex='0']").first.focus()
    yield
    for key in ("ArrowDown", "Enter", "+", "+", "+", "Enter", "-"):
        piece.page.keyboard.press(key)
    assert piece.values()[control.name], f"{piece.name}, {control.name}: no key changed a weight"
    yield


def paste_by_pointer(piece, control):
    yield
    area = piece.part(control, "textarea")
    area.fill("1, 2, red\n2, 1, blue\n3, 3, red\n1, 0, blue\n2, 2, blue")
    area.evaluate("area => area.blur()")
    yield
    with piece.page.expect_file_chooser() as chooser:
        piece.part(control, "button").click()
    rows = "".join(f"{k % 7},{k % 5},{'ab'[k % 2]}\n" for k in range(100_000))
    chooser.value.set_files({"name": "own.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    piece.page.wait_for_function("([root, name]) => root.live.values()[name].startsWith('# 1 line of')",
                                 arg=[piece.root.element_handle(), control.name])  # fmt: skip
    yield


def paste_by_keys(piece, control):
    piece.part(control, "textarea").focus()
    yield
    piece.page.keyboard.type("x, y, sort\n1, 2, dd\n")  # on a cell, dd would delete it
    yield
    piece.page.keyboard.type("2, 1, a\n")
    piece.page.keyboard.press("Tab")
    yield


# In one go: a player may come to its end at any moment, and is then not there to be pressed.
PAUSE = """root => root.querySelectorAll('[data-kind=player][data-state=pause] [data-act=play]')
    .forEach(button => button.click())"""
ACTIONS = {
    "slider": (slide_by_pointer, slide_by_keys), "choice": (choose_by_pointer, choose_by_keys),
    "toggle": (switch_by_pointer, switch_by_keys), "button": (press_by_pointer, press_by_keys),
    "text": (write_by_pointer, write_by_keys), "presets": (preset_by_pointer, preset_by_keys),
    "predict": (guess_by_pointer, guess_by_keys), "player": (play_by_pointer, play_by_keys),
    "points": (drag_points, move_points_by_keys), "handle": (drag_handle, move_handle_by_keys),
    "numbers": (drag_numbers, change_numbers_by_keys), "opened": (open_by_pointer, open_by_keys),
    "pasted": (paste_by_pointer, paste_by_keys),
    "history": (grab_a_line, change_a_line_by_keys),
}  # fmt: skip


def plane_of(piece: Piece, control: Control) -> int:
    """The number of the view in which a control's points, handle or numbers are moved."""
    index = piece.root.evaluate("(root, name) => root.live.viewOf(name)", control.name)
    assert index is not None and index >= 0, f"{piece.name}: no view shows {control.name}"
    piece.root.locator(f"[data-view][data-index='{index}']").scroll_into_view_if_needed()  # the piece may be tall
    return index


def pixels(piece: Piece, view: int, at) -> dict:
    return piece.root.evaluate("(root, [view, x, y]) => root.live.toPixels(view, x, y)", [view, *map(float, at)])


def _drag(piece: Piece, view: int, start, end) -> None:
    a, b = pixels(piece, view, start), pixels(piece, view, end)
    piece.page.mouse.move(a["x"], a["y"])
    piece.page.mouse.down()
    piece.page.mouse.move(b["x"], b["y"], steps=8)
    piece.page.mouse.up()


def away_from(piece: Piece, view: int, points) -> tuple[float, float]:
    """A place inside the plane, as far as possible from every point (on a coarse grid)."""
    x0, x1, y0, y1 = piece.root.evaluate("(root, view) => root.live.bounds(view)", view)
    places = [(x0 + (x1 - x0) * i / 20, y0 + (y1 - y0) * j / 20) for i in range(2, 19) for j in range(2, 19)]
    return max(
        places,
        key=lambda p: min(((p[0] - q[0]) / (x1 - x0)) ** 2 + ((p[1] - q[1]) / (y1 - y0)) ** 2 for q in points),
    )
