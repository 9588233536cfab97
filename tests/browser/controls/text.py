"""A line of text: typed, with keys that would change a cell."""

from ..places import expect


def by_pointer(piece, control):
    yield
    piece.part(control, "input").click()
    piece.page.keyboard.press("Control+a")
    piece.page.keyboard.type("x")  # on a cell, this key would cut it
    expect(piece, control, "x")
    yield


def by_keyboard(piece, control):
    piece.part(control, "input").focus()
    yield
    piece.page.keyboard.press("End")
    piece.page.keyboard.type("dd")  # on a cell, these keys would delete it
    yield
