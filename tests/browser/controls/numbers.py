"""Numbers in a graph: dragged and typed."""

from ..places import plane_of


def by_pointer(piece, control):
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


def by_keyboard(piece, control):
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
