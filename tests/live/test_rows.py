"""Controls in one line behind a switch, and paths that grow: what the function gets, and what crosses the wire."""

import numpy as np
import pytest

from nnlib.live import Bars, Curves, Path, Plane, film, handle, live, log_slider, player, presets, row, slider
from nnlib.live.still import figure
from nnlib.live.views.plane import MARKS
from nnlib.live.wire import arrange, pack


def race(**others):
    @live(
        sgd=row(color="grey", rate=log_slider(0.01, 1.0, 0.1)),
        momentum=row(False, label="Momentum", rate=log_slider(0.01, 1.0, 0.1), a=slider(0.0, 0.99, 0.9)),
        step=player(),
        **others,
    )
    def shown(**runners):
        names = [name for name, numbers in runners.items() if numbers is not None]
        return Bars(names, [runners[name]["rate"] for name in names])

    return shown


def test_a_row_is_a_dict_of_its_parts_or_none():
    piece = race()
    assert piece().labels == ("sgd",)
    assert piece(momentum={"a": 0.5}).labels == ("sgd", "momentum")
    piece.set(momentum={"rate": 0.5}, sgd=None)
    assert piece.describe() == "shown: Bars: momentum 0.5."
    assert piece.set(momentum=True).value["momentum.a"] == 0.9
    assert piece.reset().value["sgd"] is True


def test_a_row_crosses_the_wire_as_controls_of_its_own():
    piece = race()
    sent = {spec["name"]: spec for spec in piece._spec()["controls"]}
    assert list(sent) == ["sgd", "sgd.rate", "momentum", "momentum.rate", "momentum.a", "step"]
    assert [sent[n]["row"] for n in ("sgd", "sgd.rate", "momentum.a")] == ["sgd", "sgd", "momentum"]
    assert (sent["sgd"]["color"], sent["momentum"]["label"], sent["momentum.a"]["label"]) == ("grey", "Momentum", "a")
    assert "row" not in sent["step"] and sent["step"]["browser"]
    assert race().restore(piece.set(momentum={"a": 0.25}).state).value["momentum.a"] == 0.25


def test_presets_and_code_have_rows_as_the_function_has_them():
    piece = race(known=presets(heavy=dict(momentum=dict(a=0.99), sgd=None, says="rolls on")))
    (option,) = next(s for s in piece._spec()["controls"] if s["kind"] == "presets")["options"]
    assert option["values"] == {"momentum": True, "momentum.a": 0.99, "sgd": False}
    code = piece.code()
    assert "momentum=None" in code and "sgd={'rate': 0.1}" in code


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"momentum": 3}, "shown, momentum: expected a dict of rate, a, or None, got 3"),
        ({"momentum": {"b": 1}}, "there is no control 'momentum.b'"),
        ({"momentum": {"a": 2}}, "shown, momentum.a: expected a number from 0 to 0.99"),
    ],
)
def test_what_a_row_cannot_take_is_said(value, says):
    piece = race()
    with pytest.raises(ValueError) as error:
        piece.set(**value)
    assert says in str(error.value) and piece.value["momentum"] is False


def test_a_path_grows_as_a_film_of_points():
    xy = np.array([[0, 0], [1, 0], [1, 1]])
    sent = pack(*arrange(Plane(paths=[Path(film(xy), "way", mark="star"), Path(xy)])))[0]["views"][0][0]["paths"]
    assert [(p["xy"]["film"], p["xy"]["shape"], p["mark"]) for p in sent] == [
        (True, [3, 2], "star"), (False, [3, 2], "dot")]  # fmt: skip
    moving = film(np.stack([xy, xy + 1]))  # a whole path at every moment
    assert pack(*arrange(Plane(paths=[Path(moving)])))[0]["views"][0][0]["paths"][0]["xy"]["shape"] == [2, 3, 2]
    np.testing.assert_array_equal(Path(film(xy)).whole, xy)
    np.testing.assert_array_equal(Path(moving).whole, xy + 1)
    with pytest.raises(ValueError, match=r"Path.mark: expected one of dot, circle, .*, got 'heart'"):
        Path(xy, mark="heart")


@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_is_drawn_on_paper(mark):
    xy = np.array([[0.0, 0.0], [1e30, 1.0], [np.nan, 0.0], [1.0, 1.0]])
    view = Plane(paths=[Path(film(xy), "gone", mark=mark)], bounds=(-1, 1, -1, 1))
    curves = Curves(a=[1, 2], cursor=True, marks={"a": mark})
    assert pack(*arrange(curves))[0]["views"][0][0]["series"][0]["mark"] == mark
    figure(*arrange((view, curves))).canvas.draw()


def test_a_handle_may_be_typed_and_a_plane_have_its_own_shape():
    assert [handle(1, 2, typed=t).spec("w", (1, 2))["typed"] for t in (True, False)] == [True, False]
    sent = pack(*arrange(Plane(np.eye(3), bounds=(0, 4, 0, 1), aspect=1.0, cells=True)))[0]["views"][0][0]
    assert (sent["aspect"], sent["cells"]) == (1.0, True)
    wide = pack(*arrange(Plane(np.eye(3), bounds=(0, 4, 0, 1))))[0]["views"][0][0]
    assert (wide["aspect"], wide["cells"]) == (4.0, False)
    figure(*arrange(Plane(np.eye(3), bounds=(0, 4, 0, 1), aspect=1.0, cells=True))).canvas.draw()
