"""A button: pressed three times."""


def by_pointer(piece, control):
    for _ in range(3):
        yield
        piece.part(control, "button").click()
    yield


def by_keyboard(piece, control):
    piece.part(control, "button").focus()
    for key in ("Enter", "Space"):
        yield
        piece.page.keyboard.press(key)
    yield
