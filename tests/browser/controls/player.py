"""A player: stepped, played, scrubbed."""

from ..pages import SOON
from ..places import PAUSE


def by_pointer(piece, control):
    """A step back, and then it plays until time has moved; a short film may have come to its end by itself."""
    piece.part(control, "[data-act=back]").click()
    yield
    before, player = piece.values()[control.name], piece.root.element_handle()
    piece.part(control, "[data-act=play]").click()
    moved = "([root, name, before]) => root.live.values()[name] !== before"
    piece.page.wait_for_function(moved, arg=[player, control.name, before], timeout=1000 * SOON)
    piece.root.evaluate(PAUSE)
    yield


def by_keyboard(piece, control):
    piece.part(control, "input[type=range]").focus()
    for key in ("Home", "End", "ArrowLeft"):
        piece.page.keyboard.press(key)
        yield
