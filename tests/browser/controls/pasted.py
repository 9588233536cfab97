"""A table: pasted, loaded from a file, typed."""


def by_pointer(piece, control):
    yield
    area = piece.part(control, "textarea")
    area.fill("1, 2, red\n2, 1, blue\n3, 3, red\n1, 0, blue\n2, 2, blue")
    area.evaluate("area => area.blur()")
    yield
    with piece.page.expect_file_chooser() as chooser:
        piece.part(control, "button").click()
    rows = "".join(f"{k % 7},{k % 5},{'ab'[k % 2]}\n" for k in range(100_000))
    chooser.value.set_files({"name": "own.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    piece.page.wait_for_function("([root, name]) => root.live.values()[name].startsWith('# 1 line of')",
                                 arg=[piece.root.element_handle(), control.name])  # fmt: skip
    yield


def by_keyboard(piece, control):
    piece.part(control, "textarea").focus()
    yield
    piece.page.keyboard.type("x, y, sort\n1, 2, dd\n")  # on a cell, dd would delete it
    yield
    piece.page.keyboard.type("2, 1, a\n")
    piece.page.keyboard.press("Tab")
    yield
