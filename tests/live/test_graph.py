"""The view of computation graphs: its geometry, its words, its moments, and the numbers that a hand moves in it."""

import random
import time

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.autodiff import Value, expression_graph, jaxpr_graph, value_graph
from nnlib.live import Graph, Note, Refused, live, numbers, opened, player, text
from nnlib.live.frame import good_frame
from nnlib.live.still import figure
from nnlib.live.views.graph.captions import Captions, short
from nnlib.live.views.graph.layered import layered

from .browser import FakeBrowser


def worked(f=4.0, g=2.0):
    f, g = Value(f), Value(g)
    d, e = f + 3, f * g
    b, c = d + e, e + 2
    a = b * c
    return value_graph(a, a=a, b=b, c=c, d=d, e=e, f=f, g=g)


def random_graph(seed, size, names="abcdefgh"):
    """The graph of a random expression with about `size` operations."""
    chance = random.Random(seed)

    def grow(n):
        if n <= 1:
            return chance.choice(names)
        left, op = chance.randint(1, n - 1), chance.choice(["+", "*", "-", "sin", "tanh"])
        return f"{op}({grow(n - 1)})" if len(op) > 1 else f"({grow(left)} {op} {grow(n - left)})"

    return expression_graph(grow(size), **{name: chance.uniform(0.5, 2.0) for name in names})


def wire(view):
    return view.wire(lambda *_: {})


# --- geometry ----------------------------------------------------------------------------------------------------


def overlaps(layout):
    boxes = [*layout.boxes, *(route.label for route in layout.routes)]
    return [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.meets(b)]


@pytest.mark.parametrize("size", [2, 8, 20, 34, 44])
@pytest.mark.parametrize("seed", range(8))
def test_no_label_lies_on_another_or_on_a_box(seed, size):
    graph = random_graph(seed, size)
    layout = Graph(graph).layout()
    assert overlaps(layout) == []
    for box in layout.boxes:
        assert box.x - box.width / 2 > -1e-6 and box.x + box.width / 2 < layout.width + 1e-6
        assert box.y - box.height / 2 > -1e-6 and box.y + box.height / 2 < layout.height + 1e-6


def test_sixty_nodes_are_laid_out_in_less_than_fifty_milliseconds():
    graphs = [graph for graph in (random_graph(seed, 44) for seed in range(30)) if 50 <= len(graph.nodes) <= 66]
    assert len(graphs) >= 3
    for graph in graphs:
        took = []
        for _ in range(3):
            layered.cache_clear()
            began = time.process_time()
            Graph(graph).layout()
            took.append(time.process_time() - began)
        assert min(took) < 0.05


def test_every_label_lies_on_its_own_edge_between_the_boxes():
    layout = Graph(random_graph(3, 34)).layout()
    for route in layout.routes:
        xs = [x for x, _ in route.corners]
        assert (np.diff(xs) > -1e-9).all() and xs[0] < route.label.x < xs[-1]
        ys = [y for _, y in route.corners]
        assert min(ys) - 1e-6 <= route.label.y <= max(ys) + 1e-6


def test_an_edge_runs_round_the_boxes_that_it_passes():
    graph = expression_graph("a + exp(exp(exp(a)))", a=0.5)
    layout = Graph(graph).layout()
    for edge, route in zip(graph.edges, layout.routes, strict=True):
        for node, box in enumerate(layout.boxes):
            if node in (edge.source, edge.target):
                continue
            for (x0, y0), (x1, y1) in zip(route.corners[::2], route.corners[1::2], strict=True):  # the level pieces
                inside = x0 < box.x + box.width / 2 and x1 > box.x - box.width / 2
                assert not (inside and abs(y0 - box.y) < box.height / 2 and y0 == y1)


def test_other_numbers_move_nothing():
    one, other = (Graph(worked(f, g)).layout() for f, g in ((4.0, 2.0), (-1.23456e-5, 7.7e8)))
    assert one is other  # kept, and the same


def test_two_edges_between_the_same_nodes_are_two_lines():
    graph = expression_graph("x * x", x=3.0)
    one, other = Graph(graph).layout().routes
    assert one.corners != other.corners and not one.label.meets(other.label)


# --- words and moments -------------------------------------------------------------------------------------------


def test_the_worked_graph_in_words():
    assert Graph(worked()).words() == "Graph: 9 nodes, result 150, ∂a/∂f = 60, ∂a/∂g = 100."
    first, second = Captions(worked()).about(worked().find("e"))
    assert first == "e = f · g = 4 · 2 = 8" and second == "∂a/∂e = 10 · 1 + 15 · 1 = 25"


def test_steps_without_a_name_are_numbered():
    graph = expression_graph("(a*b + sin(a)) / (1 + exp(-b))", a=2.0, b=-3.0)
    captions = Captions(graph)
    headings = [captions.heading(n.id) for n in graph.nodes if n.inputs]
    assert headings == [
        "v₁ = a · b",
        "v₂ = sin(a)",
        "v₃ = v₁ + v₂",
        "v₄ = −b",
        "v₅ = exp(v₄)",
        "v₆ = 1 + v₅",
        "y = v₃ / v₆",
    ]
    assert captions.forward(graph.nodes[-1].id) == "y = v₃ / v₆ = −5.09 / 21.1 = −0.241"


def test_the_result_is_called_out_where_y_is_an_input():
    graph = expression_graph("x * y", x=1.0, y=2.0)
    assert "∂out/∂y = 1" in Graph(graph).words()


def test_the_moments_go_forward_and_then_back_and_end_with_everything():
    moments = wire(Graph(worked()))["moments"]
    says = [m["says"] for m in moments]
    assert says[1] == "forward, 1 of 5:  d = f + 3 = 4 + 3 = 7" and says[6] == "backward begins:  ∂a/∂a = 1"
    assert says[-1] == "backward, 5 of 5:  d hands its 10 on: ∂a/∂f = 50 + 10 · 1 = 60"
    assert len(moments) == 1 + 5 + 1 + 5
    graph = worked()
    gradients = dict(pair for m in moments for pair in m["gradients"])
    assert gradients == {n.id: short(n.gradient) for n in graph.nodes if n.gradient is not None}
    values = [i for m in moments for i in m["values"]]
    assert sorted(values) == list(range(len(graph.nodes)))


def test_every_edge_is_walked_once_each_way():
    graph = random_graph(5, 30)
    moments = wire(Graph(graph))["moments"]
    forward = [k for m in moments if not m["back"] for k in m["edges"]]
    backward = [k for m in moments if m["back"] for k in m["edges"]]
    real = [k for k, e in enumerate(graph.edges) if graph.nodes[e.source].gradient is not None]
    assert sorted(forward) == list(range(len(graph.edges))) and sorted(backward) == real


def test_a_path_is_lit_with_its_product():
    graph = worked()
    path = next(p for p in graph.paths("f", "a") if p.nodes[1] == graph.find("e"))
    sent = wire(Graph(graph, path=path.nodes))
    assert [(graph.edges[k].source, graph.edges[k].target) for k in sent["path"]] == list(
        zip(path.nodes, path.nodes[1:], strict=False)
    )
    assert sent["pathSays"] == f"f → e → b → a:  2 · 1 · 10 = {path.product:g}"


@pytest.mark.parametrize("number, said", [
    (150.0, "150"), (-0.5, "−0.5"), (1 / 3, "0.333"), (1.234e-5, "1.2e−5"), (2.5e9, "2.5e9"), (-123456.0, "−1.2e5"),
    (-0.0474, "−0.0474"), (0.0, "0"),
])  # fmt: skip
def test_numbers_are_short(number, said):
    assert short(number) == said and len(said) <= 7


@pytest.mark.parametrize("make, says", [
    (lambda: Graph("a*b"), "expected an nnlib.autodiff.Graph, got str"),
    (lambda: Graph(worked(), path=(0, 8)), "expected a path along edges, got (0, 8)"),
    (lambda: numbers(), "expected name=number"),
    (lambda: numbers(a=np.nan), "expected a number between -1e9 and 1e9 for a"),
    (lambda: numbers(a=1.0, low=1.0, high=0.0), "low < high"),
    (lambda: Refused(), "expected control=sentence"),
])  # fmt: skip
def test_bad_input_says_what_was_expected(make, says):
    with pytest.raises((ValueError, TypeError)) as error:
        make()
    assert says in str(error.value)


# --- JAX functions -----------------------------------------------------------------------------------------------


def loss(w, x):
    return jnp.mean(jax.nn.softplus(jax.nn.relu(x @ w)))


ARRAYS = jnp.ones((3, 2)), jnp.ones((4, 3))


def test_arrays_are_shown_by_their_shapes():
    sent = wire(Graph(jaxpr_graph(loss, *ARRAYS)))
    product = next(n for n in sent["nodes"] if "@" in n["heading"])
    assert product["heading"] == "v₁ = x @ w" and (product["value"], product["gradient"]) == ("(4, 2)", "(4, 2)")


def test_a_negative_number_inside_a_sum_is_in_brackets():
    sent = wire(Graph(expression_graph("a*b + a*b*b + b*a", a=2.0, b=-3.0)))
    says = [moment["says"] for moment in sent["moments"]]
    assert any("+ (−" in said for said in says) and not any("+ −" in said for said in says)


def test_folded_nodes_open_in_place_and_keep_the_result():
    graph = jaxpr_graph(loss, *ARRAYS)
    folded = [node for node in graph.nodes if node.inside]
    assert [node.label for node in folded] == ["relu", "softplus"]
    whole = graph.open([str(node.id) for node in folded])
    assert not any(node.inside for node in whole.nodes) and len(whole.nodes) > len(graph.nodes)
    assert whole.nodes[whole.outputs[0]].value == graph.nodes[graph.outputs[0]].value
    for before, after in zip(graph.nodes[:2], whole.nodes[:2], strict=True):
        assert (before.gradient == after.gradient).all()
    assert all(i < node.id for node in whole.nodes for i in node.inputs)


def test_a_key_opens_only_its_own_node():
    graph = jaxpr_graph(loss, *ARRAYS)
    relu = next(node for node in graph.nodes if node.label == "relu")
    once = graph.open([str(relu.id), "no such key"])
    assert [node.label for node in once.nodes if node.inside] == ["softplus"]
    assert {node.key for node in once.nodes} >= {f"{relu.id}.{k}" for k in range(1, 3)}


@pytest.mark.parametrize("f, args", [
    (lambda x: jax.lax.fori_loop(0, 3, lambda _, y: jnp.sin(y), x), (0.5,)),
    (lambda x: jax.lax.cond(x > 0, jnp.sin, jnp.cos, x), (0.5,)),
    (lambda x: jnp.sum(jnp.split(x, 2)[0]), (jnp.arange(4.0),)),
])  # fmt: skip
def test_loops_branches_and_several_results_are_drawn(f, args):
    view = Graph(jaxpr_graph(f, *args))
    assert overlaps(view.layout()) == [] and wire(view)["moments"]


# --- by hand -----------------------------------------------------------------------------------------------------


@live(expression=text("a*b"), values=numbers(a=2.0, b=-3.0), open=opened(), step=player())
def typed(expression, values, open):
    try:
        return Graph(expression_graph(expression, **values), values, open), Note(f"{len(values)} inputs")
    except ValueError as error:
        raise Refused(expression=str(error)) from None


def test_numbers_cross_the_wire_and_remember_their_control():
    browser = FakeBrowser(typed)
    browser.move(values={"a": 5, "b": 0.1})
    view = browser.settle()["views"][0][0]
    assert view["numbers"] == "values" and view["opened"] == "open"
    assert {n["number"]: n["value"] for n in view["nodes"] if n["number"]} == {"a": "5", "b": "0.1"}
    browser.move(values={"a": float("inf"), "b": 0.0})
    assert "expected a number between" in browser.settle()["error"]["message"]
    typed.reset()


def test_what_cannot_be_used_is_said_at_its_control_and_the_picture_stays():
    browser = FakeBrowser(typed)
    picture = typed.figure().axes[0].texts
    browser.move(expression="a*(b")
    error = browser.settle()["error"]
    assert error["kind"] == "refused" and "column" in error["at"]["expression"] and "views" not in browser.frames[-1]
    assert typed.error == "" and "column" in typed.refusal and len(typed.figure().axes[0].texts) == len(picture)
    browser.move(expression="a*a")
    assert browser.settle()["views"] and typed.refusal == ""
    typed.reset()


def test_the_code_of_a_graph_runs_alone():
    typed.set(values={"a": 1.5, "b": 2.0})
    space = {}
    exec(typed.code(), space)
    mine, own = (good_frame(0, views).header for views in (space["views"], typed()))
    for header in (mine, own):
        header["views"][0][0]["numbers"] = header["views"][0][0]["opened"] = ""
        for node in header["views"][0][0]["nodes"]:
            node["number"] = ""
    assert mine == own
    typed.reset()


def test_a_computation_is_no_picture_and_the_message_says_what_is():
    with pytest.raises(TypeError, match=r"nnlib.live.Graph\(...\) of it is its picture"):
        good_frame(0, worked())


def test_the_still_shows_every_number():
    drawn = figure(((Graph(worked()),),)).axes[0].texts
    said = [t.get_text() for t in drawn]
    assert "a = b · c" in said and {"150", "60", "100", "25", "15", "10"} <= set(said)
