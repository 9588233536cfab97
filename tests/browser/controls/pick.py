"""A choice among pictures: clicked, and walked to by keys."""

from ..places import expect, plane_of


def by_pointer(piece, control):
    view = plane_of(piece, control)
    for picture in (0, control.spec["count"] - 1):
        at = piece.root.evaluate("(root, [v, p]) => root.live.placeOf(v, [p, 0, 0])", [view, picture])
        piece.page.mouse.click(at["x"], at["y"])
        expect(piece, control, picture)
        yield


def by_keyboard(piece, control):
    view, last = plane_of(piece, control), control.spec["count"] - 1
    piece.root.locator(f"[data-view][data-index='{view}']").locator("[tabindex='0']").first.focus()
    yield
    for key, picture in (("PageDown", last), ("PageUp", 0)):
        for _ in range(last):
            piece.page.keyboard.press(key)
        piece.page.keyboard.press("Enter")
        expect(piece, control, picture)
        yield
