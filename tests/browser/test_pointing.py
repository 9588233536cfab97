"""Tables, maps and networks that answer to pointing: by pointer, by arrow keys, and along a film."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def tables(gallery):
    yield gallery.piece("tables")
    gallery.page.mouse.move(2, 2)
    assert not gallery.complaints


@pytest.fixture
def network(gallery):
    yield gallery.piece("network")
    gallery.page.mouse.move(2, 2)
    assert not gallery.complaints


@pytest.fixture
def heat(gallery):
    piece = gallery.piece("heat")
    piece.move(at=[2, 5], turn=1.0, time=29)  # as it opens, whatever a storm has left
    yield piece
    gallery.page.mouse.move(2, 2)
    assert not gallery.complaints


def canvases(piece):
    return piece.root.evaluate("root => [...root.querySelectorAll('canvas')].map(c => c.toDataURL())")


def spoken(piece):
    return piece.root.locator("[aria-live]").inner_text()


def test_pointing_at_an_entry_lights_what_meets_in_it_and_says_it(tables, gallery):
    before = canvases(tables)

    def pointed():  # where the entry is now: JupyterLab, or what is drawn for the first time further up, may move it
        tables.root.scroll_into_view_if_needed()
        spot = tables.root.evaluate("root => root.live.toPixels(2, 1, 0)")
        gallery.page.mouse.move(spot["x"], spot["y"])
        return tables.root.locator(".said span").last.inner_text()

    tables.becomes(pointed, "entry 01")
    tables.becomes(lambda: canvases(tables), lambda now: all(a != b for a, b in zip(before, now, strict=True)))
    gallery.page.mouse.move(2, 2)
    tables.becomes(lambda: canvases(tables), before)


def test_arrow_keys_walk_the_entries_of_the_one_table_that_answers(tables, gallery):
    stops = tables.root.locator(".matrix [tabindex='0']")
    assert stops.count() == 1
    height = tables.root.bounding_box()["height"]
    stops.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        gallery.page.keyboard.press(key)
    tables.becomes(lambda: spoken(tables)[:31], "row 2, column 2: 1.00. entry 11")
    assert abs(tables.root.bounding_box()["height"] - height) < 1  # a line more would be fifteen
    gallery.page.keyboard.press("Escape")
    tables.becomes(tables.root.locator(".said span").last.inner_text, "")


def test_a_network_lights_what_is_new_at_the_players_moment(network):
    def state():
        return network.root.evaluate(
            "root => [root.querySelectorAll('.unit.forth').length, root.querySelectorAll('.line.lit').length, "
            "root.querySelector('.said').lastChild.textContent]"
        )

    network.move(time=0)
    network.becomes(state, [0, 0, "start"])
    assert "−0.40" in network.root.locator("svg").inner_html()
    network.move(time=1)
    network.becomes(state, [2, 2, "sum"])


def test_a_unit_that_is_pointed_at_or_walked_to_says_where_its_numbers_come_from(network, gallery):
    network.move(time=1)
    network.root.locator("[data-unit='1,1']").hover()
    said = network.root.locator(".said span").last
    network.becomes(said.inner_text, "y2: z = −0.4·1 = −0.4")
    assert network.root.locator(".line.lit").count() == 1
    gallery.page.mouse.move(2, 2)
    network.becomes(said.inner_text, "sum")
    network.root.locator(".network [tabindex='0']").focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp", "ArrowRight"):
        gallery.page.keyboard.press(key)
    network.becomes(lambda: spoken(network), "y1: z = 0.3·1 = 0.3")
    assert network.root.locator(".unit.chosen").count() == 1


def reading(piece, view=0):
    return piece.root.locator(".tones .cell-said").nth(view).inner_text()


def at_cell(piece, row, column, view=0):
    piece.root.locator(".heat_map").nth(view).scroll_into_view_if_needed()
    spot = piece.root.evaluate("(root, [v, x, y]) => root.live.toPixels(v, x, y)", [view, column, row])
    return spot["x"], spot["y"]


def test_a_cell_says_its_number_without_the_kernel(heat, gallery):
    heat.becomes(lambda: reading(heat), "η 0.01, steps 50: height −0.859 m")
    sent, before = heat.attribute("sent"), canvases(heat)
    gallery.page.mouse.move(*at_cell(heat, 0, 0))
    heat.becomes(lambda: reading(heat), "η 0.001, steps 0: height 0.141 m")
    gallery.page.mouse.move(*at_cell(heat, 2, 3, view=1))
    heat.becomes(lambda: reading(heat, 1), "row pooling, column four: time no number")
    heat.becomes(lambda: reading(heat), "η 0.01, steps 50: height −0.859 m")
    heat.move(time=0)  # the player's time is the browser's own
    heat.becomes(lambda: reading(heat), "η 0.01, steps 50: height 0.778 m")
    assert heat.attribute("sent") == sent and canvases(heat)[0] != before[0]


def test_a_cell_is_walked_to_read_out_and_chosen(heat, gallery):
    heat.root.locator(".heat_map [tabindex='0']").first.focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowRight"):
        gallery.page.keyboard.press(key)
    heat.becomes(lambda: spoken(heat), "η 0.1, steps 60: height 0.215 m")
    assert heat.values()["at"] == [2, 5]
    gallery.page.keyboard.press("Enter")
    assert heat.values()["at"] == [4, 6]
    gallery.page.keyboard.press("Shift+PageDown")
    assert heat.values()["at"] == [0, 6]
    gallery.page.keyboard.press("Home")
    gallery.page.keyboard.press("Escape")
    heat.becomes(lambda: reading(heat)[:18], "η 0.001, steps 60:")


def test_a_cell_is_dragged_all_the_way(heat, gallery):
    gallery.page.mouse.move(*at_cell(heat, 7, 0))
    gallery.page.mouse.down()
    assert heat.values()["at"] == [7, 0]
    passed = set()
    for column in range(12):
        gallery.page.mouse.move(*at_cell(heat, 7, column))
        passed.add(tuple(heat.values()["at"]))
    x, y = at_cell(heat, 7, 11)
    gallery.page.mouse.move(x + 60, y - 60)  # outside: the nearest
    gallery.page.mouse.up()
    assert passed == {(7, column) for column in range(12)} and heat.values()["at"] == [7, 11]
    gallery.page.mouse.move(*at_cell(heat, 3, 3))
    assert heat.values()["at"] == [7, 11]
