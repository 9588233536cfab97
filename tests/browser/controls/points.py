"""Points: dragged, added, flipped, deleted."""

from ..places import away_from, drag, pixels, plane_of


def by_pointer(piece, control):
    view, value = plane_of(piece, control), piece.values()[control.name]
    yield
    if value["x"]:
        drag(piece, view, value["x"][0], away_from(piece, view, value["x"]))
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


def by_keyboard(piece, control):
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
