"""A drawing: on its pad, or in the view that is given it."""

from ..places import plane_of


def by_pointer(piece, control):
    """A stroke, undone; another, rubbed out by half."""
    start = piece.values()[control.name]
    yield
    stroke(piece, control, (0.2, 0.2), (0.8, 0.7))
    drawn = piece.values()[control.name]
    assert drawn != start, f"{piece.name}, {control.name}: nothing was drawn"
    yield
    tool(piece, control, "undo").click()
    assert piece.values()[control.name] == start, f"{piece.name}, {control.name}: *undo* gave {piece.values()}"
    stroke(piece, control, (0.7, 0.2), (0.2, 0.8))
    tool(piece, control, "rubber").click()
    before = piece.values()[control.name]
    stroke(piece, control, (0.7, 0.2), (0.45, 0.5))
    assert piece.values()[control.name] != before, f"{piece.name}, {control.name}: nothing was rubbed out"
    tool(piece, control, "pen").click()
    yield
    tool(piece, control, "clear").click()
    height, width = control.spec["height"], control.spec["width"]
    assert piece.values()[control.name] == f"00({height * width})"
    yield


def by_keyboard(piece, control):
    home(piece, control).focus()
    start = piece.values()[control.name]
    yield
    for keys in ((" ", "ArrowRight", "ArrowRight", "ArrowDown", " "), ("Shift+ArrowLeft",), ("Delete",)):
        before = piece.values()[control.name]
        for key in keys:
            piece.page.keyboard.press(key)
        assert piece.values()[control.name] != before, f"{piece.name}, {control.name}: {keys} changed nothing"
        yield
    for _ in range(3):
        piece.page.keyboard.press("z")
    assert piece.values()[control.name] == start
    yield


def home(piece, control):
    """What has the keys: the pad, or the view."""
    pad = piece.part(control, ".sheet")
    if pad.count():
        return pad
    return piece.root.locator(f"[data-view][data-index='{plane_of(piece, control)}'] [tabindex='0']").first


def tool(piece, control, name):
    if piece.part(control, ".sheet").count():
        return piece.part(control, f"[data-tool={name}]")
    return piece.root.locator(f"[data-view][data-index='{plane_of(piece, control)}'] [data-tool={name}]")


def stroke(piece, control, start, end) -> None:
    """A straight line between two places, as shares of the pad's height and width."""
    mouse, (a, b) = piece.page.mouse, (pixels(piece, control, at) for at in (start, end))
    mouse.move(*a)
    mouse.down()
    mouse.move(*b, steps=8)
    mouse.up()


def pixels(piece, control, at) -> tuple[float, float]:
    """Where that place is on the screen; a drawing in a view is its first picture."""
    spec, pad = control.spec, piece.part(control, ".sheet")
    if pad.count():
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        return box["x"] + at[1] * box["width"], box["y"] + at[0] * box["height"]
    place = [0, int(at[0] * spec["height"]), int(at[1] * spec["width"])]
    spot = piece.root.evaluate("(root, [v, p]) => root.live.placeOf(v, p)", [plane_of(piece, control), place])
    return spot["x"], spot["y"]
