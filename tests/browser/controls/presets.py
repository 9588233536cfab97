"""Presets: each of them."""


def by_pointer(piece, control):
    for index, option in enumerate(control.spec["options"]):
        piece.part(control, f"[data-preset='{index}']").click()
        values = piece.values()
        assert all(values[n] == v for n, v in option["values"].items()), (
            f"{piece.name}: preset {option['name']} did not take"
        )
        yield


def by_keyboard(piece, control):
    for index in range(len(control.spec["options"])):
        piece.part(control, f"[data-preset='{index}']").focus()
        piece.page.keyboard.press("Enter")
        yield
