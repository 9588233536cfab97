"""Lines of a network: taken by the hand."""

from ..places import plane_of


def by_pointer(piece, control):
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


def by_keyboard(piece, control):
    view = plane_of(piece, control)
    piece.root.locator(f"[data-view][data-index='{view}']").locator("[tabindex='0']").first.focus()
    yield
    for key in ("ArrowDown", "Enter", "+", "+", "+", "Enter", "-"):
        piece.page.keyboard.press(key)
    assert piece.values()[control.name], f"{piece.name}, {control.name}: no key changed a weight"
    yield
