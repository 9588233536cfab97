"""A guess: made once."""

from ..places import expect


def by_pointer(piece, control):
    yield
    piece.root.locator("[data-option='0']").click()
    expect(piece, control, 0)
    yield


def by_keyboard(piece, control):
    """A guess is committed to: once it is made, no key can take it back."""
    yield
    piece.root.locator("[data-option='0']").focus()
    piece.page.keyboard.press("Enter")
    expect(piece, control, 0)
    yield
    piece.page.keyboard.press("Enter")
    expect(piece, control, 0)
