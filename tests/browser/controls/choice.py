"""A choice: each of its options."""

from ..places import expect


def by_pointer(piece, control):
    options = control.spec["options"]
    for index in [*range(1, len(options)), 0]:
        if piece.part(control, "select").count():
            piece.part(control, "select").select_option(index=index)
        else:
            piece.part(control, "label").nth(index).click()
        expect(piece, control, index)
        yield


def by_keyboard(piece, control):
    widget = piece.part(control, "select")
    (widget if widget.count() else piece.part(control, "input[type=radio]:checked")).focus()
    yield
    start, count = piece.values()[control.name], len(control.spec["options"])
    for index in [(start + step) % count for step in range(1, count)]:
        # Below the last one is the first among radio buttons; a list ends there.
        piece.page.keyboard.press("Home" if index == 0 and widget.count() else "ArrowDown")
        expect(piece, control, index)
        yield
