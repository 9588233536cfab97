"""A cell of a map: clicked, dragged, and walked to."""

from ..places import drag, expect, pixels, plane_of


def by_pointer(piece, control):
    view, (row, column) = plane_of(piece, control), piece.values()[control.name]
    rows, columns = control.spec["shape"]
    yield
    there = [(row + rows // 2) % rows, (column + columns // 2) % columns]
    spot = pixels(piece, view, there[::-1])
    piece.page.mouse.click(spot["x"], spot["y"])
    expect(piece, control, there)
    yield
    drag(piece, view, there[::-1], (column, row))
    expect(piece, control, [row, column])
    yield


def by_keyboard(piece, control):
    view, (row, column) = plane_of(piece, control), piece.values()[control.name]
    piece.root.locator(f"[data-view][data-index='{view}']").locator("[tabindex='0']").first.focus()
    yield
    to, key = (column + 1, "ArrowRight") if column + 1 < control.spec["shape"][1] else (column - 1, "ArrowLeft")
    piece.page.keyboard.press(key)
    expect(piece, control, [row, column])  # it is only looked at
    piece.page.keyboard.press("Enter")
    expect(piece, control, [row, to])
    yield
    piece.page.keyboard.press("Shift+" + ("ArrowLeft" if to > column else "ArrowRight"))
    expect(piece, control, [row, column])
    yield
    piece.page.keyboard.press("Shift+End")
    yield
