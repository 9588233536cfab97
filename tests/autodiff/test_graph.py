"""Graphs: the worked example's paths, and diamonds that nobody could walk one by one."""

import itertools
import math

import pytest

from nnlib.autodiff import Value, expression_graph, value_graph


def worked():
    """Syllabus 5.1."""
    f, g = Value(4), Value(2)
    d = f + 3
    e = f * g
    b = d + e
    c = e + 2
    a = b * c
    return value_graph(a, a=a, b=b, c=c, d=d, e=e, f=f, g=g)


def diamonds(k):
    """k diamonds in a row: each sends its input two ways and adds them."""
    x = y = Value(0.3)
    for _ in range(k):
        y = y.sin() + y.tanh()
    return value_graph(y, x=x, y=y)


def test_values_gradients_and_derivatives():
    graph = worked()
    seen = {node.label: (node.value, node.gradient) for node in graph.nodes if node.op != "number"}
    assert seen == {
        "f": (4, 60),
        "d": (7, 10),
        "g": (2, 100),
        "e": (8, 25),
        "b": (15, 10),
        "c": (10, 15),
        "a": (150, 1),
    }
    slopes = {(graph.nodes[e.source].label, graph.nodes[e.target].label): e.derivative for e in graph.edges}
    assert slopes == {("f", "d"): 1, ("3", "d"): None, ("f", "e"): 2, ("g", "e"): 4, ("d", "b"): 1, ("e", "b"): 1,
                      ("e", "c"): 1, ("2", "c"): None, ("b", "a"): 10, ("c", "a"): 15}  # fmt: skip
    assert [graph.nodes[i].label for i in graph.outputs] == ["a"]


def test_inputs_come_before_results():
    for graph in (worked(), diamonds(5), expression_graph("a*b + sin(a)/b", a=1.0, b=2.0)):
        assert [node.id for node in graph.nodes] == list(range(len(graph.nodes)))
        assert all(edge.source < edge.target for edge in graph.edges)


def test_the_three_paths():
    """c, g c and g b, whose sum is da/df = 60."""
    graph = worked()
    paths = list(graph.paths("f", "a"))
    assert [[graph.nodes[i].label for i in path.nodes] for path in paths] == [list("fdba"), list("feba"), list("feca")]
    c, g, b = 10, 2, 15
    assert [path.product for path in paths] == [c, g * c, g * b]
    assert sum(path.product for path in paths) == 60
    assert graph.count_paths("f", "a") == (3, 7)


def test_paths_sum_to_the_gradient():
    graph = expression_graph("(a*b + sin(a*a)) * exp(-a) / (1 + b**2) - maximum(a, b)", a=1.2, b=0.4)
    for name in "ab":
        total = sum(path.product for path in graph.paths(name, graph.outputs[0]))
        assert total == pytest.approx(graph.nodes[graph.find(name)].gradient, rel=1e-12)
        assert graph.count_paths(name, graph.outputs[0]).paths == len(list(graph.paths(name, graph.outputs[0])))


def test_both_edges_of_a_square_are_there():
    graph = expression_graph("a*a", a=3.0)
    assert [path.product for path in graph.paths("a", 1)] == [3, 3]
    assert graph.count_paths("a", 1) == (2, 2)


def test_twenty_diamonds():
    """2^20 paths, 80 edges; counted by walking each edge once, listed one by one only as far as asked."""
    graph = diamonds(20)
    assert graph.count_paths("x", "y") == (1_048_576, 80)
    assert len(graph.edges) == 80
    first = list(itertools.islice(graph.paths("x", "y"), 3))
    assert len({path.nodes for path in first}) == 3 and all(len(path.nodes) == 41 for path in first)
    assert diamonds(300).count_paths("x", "y") == (2**300, 1200)
    graph = diamonds(8)
    assert math.fsum(path.product for path in graph.paths("x", "y")) == pytest.approx(graph.nodes[0].gradient)


def test_where_there_is_no_path():
    graph = worked()
    assert graph.count_paths("g", "d") == (0, 0) and list(graph.paths("g", "d")) == []
    assert graph.count_paths("a", "f") == (0, 0) and list(graph.paths("a", "f")) == []
    assert list(graph.paths("3", "a")) == []  # a number: nobody asks for its derivative
    assert [path.product for path in graph.paths("a", "a")] == [1]
    assert graph.count_paths("a", "a") == (1, 0)


def test_layers():
    graph = worked()
    assert [sorted(graph.nodes[i].label for i in layer) for layer in graph.layers()] == [
        ["3", "f", "g"], ["2", "d", "e"], ["b", "c"], ["a"],
    ]  # fmt: skip
    depth = {i: d for d, layer in enumerate(graph.layers()) for i in layer}
    assert all(depth[edge.source] < depth[edge.target] for edge in graph.edges)


def test_long_graphs():
    x = y = Value(1.0)
    for _ in range(3000):
        y = y + 1
    graph = value_graph(y, x=x, y=y)
    assert graph.count_paths("x", "y") == (1, 3000)
    assert len(graph.layers()) == 3001
    assert next(graph.paths("x", "y")).product == 1


def test_it_says_what_is_missing():
    with pytest.raises(ValueError, match="expected the label or id of one node, got 'q'; the labels are 2, 3, a, b"):
        worked().find("q")
    with pytest.raises(ValueError, match="got '2'"):
        expression_graph("2*a + 2", a=1.0).find("2")
    with pytest.raises(TypeError, match="expected a Value, got float"):
        value_graph(2.0)
