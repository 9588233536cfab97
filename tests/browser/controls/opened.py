"""Folded nodes: opened and closed."""

from ..places import plane_of


def by_pointer(piece, control):
    view = plane_of(piece, control)
    folded = piece.root.locator(f"[data-view][data-index='{view}'] .node.folded")
    yield
    folded.first.click()
    assert piece.values()[control.name], f"{piece.name}, {control.name}: no node was opened"
    yield
    inner = piece.root.locator(f"[data-view][data-index='{view}'] .node.inner")
    inner.first.click()
    assert not piece.values()[control.name], f"{piece.name}, {control.name}: no node was closed"
    yield


def by_keyboard(piece, control):
    view = plane_of(piece, control)
    piece.root.locator(f"[data-view][data-index='{view}']").locator("[tabindex='0']").first.focus()
    yield
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "ArrowRight", "ArrowDown") * 8:
        piece.page.keyboard.press("Enter")
        if piece.values()[control.name]:
            break
        piece.page.keyboard.press(key)
    assert piece.values()[control.name], f"{piece.name}, {control.name}: no key opened a node"
    yield
