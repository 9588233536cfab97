"""A handle: dragged, and typed."""

from ..places import away_from, drag, expect, plane_of


def by_pointer(piece, control):
    view, (x, y) = plane_of(piece, control), piece.values()[control.name]
    yield
    drag(piece, view, (x, y), away_from(piece, view, [(x, y)]))
    assert piece.values()[control.name] != [x, y], f"{piece.name}, {control.name}: the handle did not move"
    yield
    if control.spec["typed"]:
        piece.part(control, "input").fill(f"{0.9 * x:.2f}, {0.9 * y:.2f}")
        expect(piece, control, [round(0.9 * x, 2), round(0.9 * y, 2)])
        yield


def by_keyboard(piece, control):
    view, before = plane_of(piece, control), piece.values()[control.name]
    piece.root.locator(f"[data-view][data-index='{view}']").locator("[tabindex='0']").first.focus()
    yield
    for _ in range(20):  # the handle may not be the first thing that can be moved here
        piece.page.keyboard.press("Shift+ArrowRight")
        if piece.values()[control.name] != before:
            break
        piece.page.keyboard.press("PageDown")
    assert piece.values()[control.name] != before, f"{piece.name}, {control.name}: no key moved the handle"
    yield
