"""The network of little pictures: what it takes, where things stand, what goes out; folded and pasted controls."""

from itertools import pairwise, product

import numpy as np
import pytest

from nnlib.live import (
    Change,
    History,
    NetworkMaps,
    choice,
    film,
    folded,
    history,
    live,
    log_slider,
    pasted,
    row,
    slider,
)
from nnlib.live.still import figure
from nnlib.live.wire import arrange, pack


def network(sizes=(2, 3, 1), moments=0, **more):
    rng = np.random.default_rng(0)
    pairs = list(pairwise(sizes))
    times = (moments,) if moments else ()
    made = film if moments else np.asarray
    weights = [made(rng.normal(size=(*times, *pair))) for pair in pairs]
    biases = [made(rng.normal(size=(*times, m))) for _, m in pairs]
    maps = [rng.integers(0, 256, (*times, n, 4, 4)).astype(np.uint8) for n in sizes]
    names = [[f"unit {i}" for i in range(n)] for n in sizes]
    return NetworkMaps(**{"weights": weights, "biases": biases, "maps": maps, "names": names} | more)


@pytest.mark.parametrize("more, says", [
    ({"weights": []}, "expected L weights, L biases, L + 1 maps and names, got 0, 2, 3 and 3"),
    ({"weights": [np.zeros((2, 3)), np.zeros((2, 1))]}, "NetworkMaps.weights[1]: expected shape (3, 1), got (2, 1)"),
    ({"biases": [np.zeros(3), np.zeros(2)]}, "NetworkMaps.biases[1]: expected shape (1,), got (2,)"),
    ({"maps": [np.zeros((n, 4, 4)) for n in (2, 3, 1)]}, "expected bytes (uint8) of shape (2, h, w) or (T, 2, h, w)"),
    ({"maps": [np.zeros((3, 4, 4), np.uint8)] * 3}, "NetworkMaps.maps[0]: expected bytes (uint8) of shape (2, h, w)"),
])  # fmt: skip
def test_what_does_not_fit_says_what_was_expected(more, says):
    with pytest.raises(ValueError) as error:
        network(**more)
    assert says in str(error.value)


@pytest.mark.parametrize("sizes", [(1, 1), (7, 1), (2, 8, 1), (7, 8, 8, 8, 8, 8, 8, 1)])
def test_pictures_stand_apart_and_inside(sizes):
    view = network(sizes, layers=["a layer"] * len(sizes))
    wide, tall = view.size
    boxes = [box for layer in view.boxes for box in layer]
    for box in boxes:
        assert box.left > 0 and box.right < wide and box.top > 0 and box.top + box.height < tall
    for a, b in product(boxes, boxes):
        assert a is b or abs(a.left - b.left) > a.width or abs(a.top - b.top) > a.height


def test_a_film_goes_to_the_browser_as_bytes():
    view = network(moments=5, hand=History([Change(2)]))
    message, buffers = pack(*arrange(view))
    (sent,) = message["views"][0]
    first = sent["maps"][1]
    assert (first["dtype"], first["shape"], first["film"]) == ("u1", [5, 3, 4, 4], True)
    assert buffers[first["b"]] == view.maps[1].frames.tobytes()
    assert sent["hand"] == "" and "2-3-1 units" in sent["words"]


def test_it_is_drawn_on_paper():
    assert len(figure(*arrange(network(moments=3, layers=["in", "tanh", "out"]))).axes) == 1


# --- the controls that came with it --------------------------------------------------------------------------


@live(
    rate=log_slider(0.01, 1.0, 0.1), here=choice({"whole": False, "on": True}), changes=history(["rate"], when="here")
)
def run(rate, here, changes):
    return network(hand=changes)


def test_a_history_is_checked_by_the_controls_that_it_is_about():
    run.restore({"changes": [{"at": 7, "before": {"rate": 0.5}, "set": {"0,1,2": 1.23456}}, {"at": 3}]})
    assert run.value["changes"] == (Change(3), Change(7, {"rate": 0.5}, {"0,1,2": 1.235}))
    assert run.state["changes"][1] == {"at": 7, "before": {"rate": 0.5}, "set": {"0,1,2": 1.235}}
    assert run.value["changes"].settings({"rate": 0.9}) == [(0, {"rate": 0.5}), (3, {"rate": 0.5}), (7, {"rate": 0.9})]
    with pytest.raises(ValueError, match=r"from 0\.01 to 1, got 5"):
        run.restore({"changes": [{"at": 1, "before": {"rate": 5.0}}]})
    for name, number in (("0,1,2", float("nan")), ("0", 1.0), ("a,b", 1.0), ("0,1,2,3", 1.0)):
        with pytest.raises(ValueError, match="expected numbers by names like"):
            run.restore({"changes": [{"at": 1, "set": {name: number}}]})
    assert run.value["changes"][0] == Change(3), "nothing moved"
    run.reset()


def test_folded_controls_are_told_their_word_and_rows_hand_it_on():
    @live(**folded("more", a=(0, 5), b=row(c=slider(0, 5))), plain=(0, 5))
    def piece(a, b, plain):
        return network()

    groups = {spec["name"]: spec.get("group", "") for spec in piece._spec()["controls"]}
    assert groups == {"a": "more", "b": "more", "b.c": "more", "plain": ""}


def test_needs_go_to_the_browser_as_its_own_values():
    @live(which=choice(["none", "mine"]), text=pasted(needs={"which": "mine"}))
    def piece(which, text):
        return network()

    assert [spec.get("needs") for spec in piece._spec()["controls"]] == [None, {"which": 1}]
    with pytest.raises(ValueError, match="at most 20000 characters"):
        piece.set(text="x" * 20_001)
