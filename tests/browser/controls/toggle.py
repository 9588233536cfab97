"""A switch."""

from ..places import expect


def by_pointer(piece, control):
    yield
    piece.part(control, ".switch").click()
    expect(piece, control, not control.spec["value"])
    yield


def by_keyboard(piece, control):
    piece.part(control, "input").focus()
    yield
    piece.page.keyboard.press("Space")
    yield
