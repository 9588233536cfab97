"""Where things are in a piece, and what it takes to move one of them."""

from __future__ import annotations

from .pages import Control, Piece

# In one go: a player may come to its end at any moment, and is then not there to be pressed.
PAUSE = """root => root.querySelectorAll('[data-kind=player][data-state=pause] [data-act=play]')
    .forEach(button => button.click())"""


def expect(piece: Piece, control: Control, value) -> None:
    got = piece.values()[control.name]
    assert got == value, f"{piece.name}, {control.name}: expected {value!r}, the piece holds {got!r}"


def plane_of(piece: Piece, control: Control) -> int:
    """The number of the view in which a control's points, handle, cell or numbers are moved."""
    index = piece.root.evaluate("(root, name) => root.live.viewOf(name)", control.name)
    assert index is not None and index >= 0, f"{piece.name}: no view shows {control.name}"
    piece.root.locator(f"[data-view][data-index='{index}']").scroll_into_view_if_needed()  # the piece may be tall
    return index


def pixels(piece: Piece, view: int, at) -> dict:
    return piece.root.evaluate("(root, [view, x, y]) => root.live.toPixels(view, x, y)", [view, *map(float, at)])


def drag(piece: Piece, view: int, start, end) -> None:
    a, b = pixels(piece, view, start), pixels(piece, view, end)
    piece.page.mouse.move(a["x"], a["y"])
    piece.page.mouse.down()
    piece.page.mouse.move(b["x"], b["y"], steps=8)
    piece.page.mouse.up()


def away_from(piece: Piece, view: int, points) -> tuple[float, float]:
    """A place inside the plane, as far as possible from every point (on a coarse grid)."""
    x0, x1, y0, y1 = piece.root.evaluate("(root, view) => root.live.bounds(view)", view)
    places = [(x0 + (x1 - x0) * i / 20, y0 + (y1 - y0) * j / 20) for i in range(2, 19) for j in range(2, 19)]
    return max(
        places,
        key=lambda p: min(((p[0] - q[0]) / (x1 - x0)) ** 2 + ((p[1] - q[1]) / (y1 - y0)) ** 2 for q in points),
    )
