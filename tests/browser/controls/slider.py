"""A slider: dragged beyond both its ends, and moved by keys."""

from ..places import expect


def by_pointer(piece, control):
    stops, thumb = control.spec["stops"], piece.part(control, "input[type=range]")
    thumb.scroll_into_view_if_needed()  # a piece may be taller than the window
    box = thumb.bounding_box()
    y = box["y"] + box["height"] / 2
    piece.page.mouse.move(box["x"] + box["width"] / 2, y)
    piece.page.mouse.down()
    yield
    for share, value in ((-0.2, stops[0]), (1.2, stops[-1])):
        piece.page.mouse.move(box["x"] + share * box["width"], y, steps=3)
        expect(piece, control, value)
        yield
    piece.page.mouse.up()


def by_keyboard(piece, control):
    stops, thumb = control.spec["stops"], piece.part(control, "input[type=range]")
    thumb.focus()
    for key, value in (("Home", stops[0]), ("End", stops[-1]), ("ArrowLeft", stops[-2])):
        piece.page.keyboard.press(key)
        expect(piece, control, value)
        yield
