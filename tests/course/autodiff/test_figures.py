"""Chapter 05: the engine that its notebook builds, its pieces, and what its words claim."""

import ast
import math
import sys
from itertools import pairwise
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.autodiff import Value, engine, error_curve, expression_graph, value_graph
from nnlib.course.autodiff import exercises, figures, questions
from nnlib.course.autodiff.figures import functions, rates, routes
from nnlib.live import Graph, Note
from tests.course.pieces import cells, defined, notebook

CHAPTER = "05_autodiff"
NOTEBOOK, CELLS = notebook(CHAPTER), cells(CHAPTER)


# --- the engine, piece by piece ------------------------------------------------------------------------------------


def bare(source):
    """The statements of a source without docstrings, imports and `__all__`."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    names = [node for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"]
    return [node for node in tree.body if not isinstance(node, (ast.Import, ast.ImportFrom)) and node not in names]


def test_the_notebook_builds_the_engine_as_it_is_in_the_library():
    pieces = ["".join(c["source"]) for c in NOTEBOOK["cells"] if c["metadata"].get("engine")]
    ours, theirs = (
        [ast.dump(node) for node in bare(s)] for s in ("\n".join(pieces), Path(engine.__file__).read_text())
    )
    assert ours == theirs
    assert len(pieces) >= 8


def test_every_piece_of_the_engine_fits_into_a_cell():
    for node in bare(Path(engine.__file__).read_text()):
        assert len(ast.unparse(node).splitlines()) <= 15, ast.unparse(node)[:60]


def test_every_piece_is_tried_at_once():
    """After a few cells of the engine at most comes one that uses them."""
    kinds = [c["metadata"].get("engine", False) for c in NOTEBOOK["cells"] if c["cell_type"] == "code"]
    runs = "".join("e" if kind else " " for kind in kinds).split()
    assert max(map(len, runs)) <= 4


def run(*names):
    """What the notebook's cells with these ids define."""
    return defined(CHAPTER, *names, math=math, np=np, jnp=jnp, jax=jax)


def test_the_naive_engine_gives_32_instead_of_8():
    space = run("naive", "naive_backward")
    x, y, backward = space["x"], space["y"], space["naive_backward"]
    assert (y.value, x.grad, y.grad) == (16, 8, 1)
    backward(y)
    assert x.grad == 32 == 8 + 3 * 8
    total = y.made_from[0][0]
    assert total.grad == 2 and [made.grad for made, _ in total.made_from] == [3, 3]


@pytest.mark.parametrize(("kept", "shown"), [("nothing", 8), ("x", 16), ("between", 24), ("all", 32)])
def test_what_the_question_says_of_a_second_call(kept, shown):
    """With the gradients of some nodes kept, and all others set back to 0."""
    space = run("naive", "naive_backward")
    x, tape = space["x"], space["tape"]
    keep = {"nothing": [], "x": [x], "between": [number for number in tape if number is not x], "all": tape}[kept]
    for number in tape:
        number.grad *= number in keep
    space["naive_backward"](space["y"])
    assert space["x"].grad == shown
    (_, note) = [view for view in questions.which_reset()[0] if view.title in ("24", "32")]
    assert note.tone == "bad"


def test_the_learners_row_makes_the_engine_know_it(monkeypatch):
    """The row that the text of the exercise offers, with the solution in it."""
    row = CELLS["exercise_hypot"].split('RULES["hypot"] = ')[1].split("`")[0]
    monkeypatch.setitem(engine.RULES, "hypot", eval(row, {"hypot": exercises.hypot}))
    square = CELLS["exercise_hypot"].split('RULES["square"] = ')[1].split("`")[0]
    monkeypatch.setitem(engine.RULES, "square", eval(square))
    a, b = Value(3), Value(4)
    y = Value.apply("square", Value.apply("hypot", a, b))
    y.backward()
    assert y.value == pytest.approx(25) and (a.grad, b.grad) == pytest.approx((6, 8))


def test_the_worked_graph_of_the_exercise_is_the_worked_graph():
    graph = expression_graph(figures.STEPS, f=4.0, g=2.0)
    nodes = [graph.nodes[graph.find(name)] for name in "fgdebca"]
    place = {node.id: i for i, node in enumerate(nodes)}
    inputs, slopes = exercises.WORKED
    for node, ids, local in zip(nodes, inputs, slopes, strict=True):
        real = [(place[i], s) for i, s in zip(node.inputs, node.derivatives, strict=True) if s is not None]
        assert real == list(zip(ids, local, strict=True))
    assert exercises.accumulate(inputs, slopes).tolist() == [node.gradient for node in nodes]


def test_the_wrong_rule_is_the_one_that_the_differences_find():
    space = run("suspects", "suspects_check")
    off = {name: (1 - float(t.split()[0]) / float(t.split()[1])) for name, t in (
        (name, space["both"](*rule)) for name, rule in space["rules"].items())}  # fmt: skip
    assert [name for name, difference in off.items() if abs(difference) > 1e-3] == ["tanh"]
    f, slope = space["rules"]["tanh"]
    assert slope(f(0.0), 0.0) == exercises.mended(f(0.0), 0.0) == 1, "at 0 the wrong one agrees"


def test_a_backward_that_calls_itself_stops_in_a_chain_of_three_thousand():
    """At the depth that notebooks allow, 3000 calls; ours has no depth."""
    assert "range(3000)" in CELLS["engine_deep_code"]
    x = y = Value(1)
    for _ in range(3000):
        y = y + x * 0.001

    def visit(node):
        for inner in node.inputs:
            visit(inner)

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(3000)
    try:
        with pytest.raises(RecursionError):
            visit(y)
    finally:
        sys.setrecursionlimit(limit)
    y.backward()
    assert (y.value, x.grad) == (pytest.approx(4), pytest.approx(4))


def test_every_change_fits_into_its_picture():
    control = figures.small_changes.controls
    for w in control["w"].stops:
        for dw in (control["dw"].stops[0], control["dw"].stops[-1]):
            curves, (bars, *_) = figures.small_changes(w=w, dw=dw)
            assert bars.range[0] < bars.values.min() and bars.values.max() < bars.range[1]
            assert w + dw <= curves.xlim[1]


# --- graphs --------------------------------------------------------------------------------------------------------


def test_150_60_and_100_and_the_closed_form():
    steps = run("closed_form_code")
    graph = expression_graph(figures.STEPS, f=4.0, g=2.0)
    assert CELLS["worked"].splitlines()[0] == f'steps = "{figures.STEPS}"'
    assert [(graph.nodes[graph.find(n)].value, graph.nodes[graph.find(n)].gradient) for n in "afg"] == [
        (150, 1), (4, 60), (2, 100)]  # fmt: skip
    assert steps["a_of"](4.0, 2.0) == 150
    for f, g in ((4.0, 2.0), (-1.0, 3.0), (0.5, -0.5)):
        slope = expression_graph(figures.STEPS, f=f, g=g)
        assert slope.nodes[slope.find("f")].gradient == pytest.approx(2 + 5 * g + 2 * f * g + 2 * f * g**2)


def test_the_nudge_and_the_derivative_upside_down():
    a_of = run("closed_form_code")["a_of"]
    assert a_of(4.01, 2.0) == pytest.approx(150.6006, abs=1e-9)
    assert f"{0.01 / 60:.5f}" == "0.00017"
    assert a_of(4.0, 2.01) == pytest.approx(151, abs=0.02)
    assert round(60 / (1 / 60)) == 3600


@pytest.mark.parametrize(("f", "g"), [(4.0, 2.0), (-3.0, 1.5), (0.0, 0.0), (10.0, -10.0)])
def test_the_three_paths_are_c_and_gc_and_gb(f, g):
    d, e = f + 3, f * g
    b, c = d + e, e + 2
    products = []
    for letters in routes.WAYS.values():
        ((view, note),) = figures.paths(inputs={"f": f, "g": g}, path=letters)
        steps = [s for s in view.graph.edges if (s.source, s.target) in pairwise(view.path)]
        products.append(math.prod(edge.derivative for edge in steps))
    assert products == [c, g * c, g * b]
    assert note.text.startswith("c + g c + g b = ") and note.text.endswith(" = ∂a/∂f")
    assert sum(products) == view.graph.nodes[view.graph.find("f")].gradient
    ((view, _),) = figures.paths(path="")
    assert view.path == ()


def known(name, **other):
    preset = figures.KNOWN[name]
    graph = expression_graph(preset["expression"], **(preset["inputs"] | other))
    return graph, {node.label: node.gradient for node in graph.nodes if node.op == "input"}


def test_every_setting_says_what_is_there():
    graph, slopes = known("one name, three ways")
    assert [path.product for path in graph.paths("x", graph.outputs[0])] == [4, 4, 4] and slopes == {"x": 12}
    graph, slopes = known("a gate")
    assert slopes == {"a": 0, "b": 0, "c": 1}
    _, slopes = known("a gate", b=0.1)
    assert slopes["a"] > 0 and slopes["b"] > 0
    _, slopes = known("the larger one")
    assert slopes["x"] == slopes["y"] == 0 and slopes["a"] == 40
    graph, slopes = known("flat")
    assert graph.nodes[graph.outputs[0]].value == 1 and slopes == {"a": 0, "c": 0}
    graph, slopes = known("two that cancel")
    assert [path.product for path in graph.paths("a", graph.outputs[0])] == [-3, 3] and slopes == {"a": 0, "b": 0}
    graph, slopes = known("a unit and its loss")
    assert graph.nodes[graph.find("o")].value == pytest.approx(0.7071, abs=1e-4)
    assert slopes["z"] == 0 and all(slopes[name] for name in "xwyb")
    assert len(figures.KNOWN) == 6 and "six settings" in CELLS["your_expression_after"]


# --- diamonds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("k", [1, 2, 3, 20])
def test_paths_double_and_edges_are_four_more(k):
    x = y = Value(0.3)
    for _ in range(k):
        y = y.sin() + y.tanh()
    assert value_graph(y, x=x, y=y).count_paths("x", "y") == (2**k, 4 * k)
    note = figures.diamonds(diamonds=k, step=0)[0][-1].text
    assert note.startswith(f"{2**k:,} paths, {4 * k} edges.")


def test_twenty_diamonds_have_a_million_paths_and_eighty_edges():
    assert figures.diamonds(diamonds=20, step=0)[0][-1].text.startswith(
        "1,048,576 paths, 80 edges. Path 1 of 1,048,576"
    )
    done = figures.diamonds(diamonds=20, step=79, walk=routes._by_node)[0][-1].text
    assert done.endswith("Edge 80 of 80. Finished: every gradient is known.")


def test_each_path_is_another_and_all_come():
    seen = {tuple(routes._by_path(4, step)[0][0]) for step in range(16)}
    assert len(seen) == 16
    assert "Path 16 of 16; 128 edges walked. That was the last." in routes._by_path(4, 50)[1]


@pytest.mark.parametrize("edges", range(1, 13))
def test_each_edge_is_touched_once_from_the_end(edges):
    def pieces(lines):
        return {frozenset(pair) for line in lines for pair in pairwise(line)}

    lines, _ = routes._by_node(3, edges - 1)
    before, _ = routes._by_node(3, edges - 2) if edges > 1 else ([], "")
    assert len(pieces(lines)) == edges and pieces(before) < pieces(lines)
    assert max(max(point) for pair in pieces(lines) for point in pair) == 3


def test_fifty_layers_of_a_hundred_units():
    assert "$10^{100}$ paths, and half a million lines" in CELLS["diamonds_text"]
    assert 100**50 == 10**100 and round(49 * 100 * 100, -5) == 500_000


# --- rates ---------------------------------------------------------------------------------------------------------


def test_a_small_change_is_the_product_of_the_rates():
    for w in (0.2, 0.9, 1.7):
        errors = []
        for dw in (0.1, 0.01, 0.001):
            _, (bars, *_) = figures.small_changes(w=w, dw=dw)
            _, _, dy, told = bars.values.tolist()
            errors.append(abs(dy - told) / dw)
        assert errors[0] > 5 * errors[1] > 25 * errors[2]


@pytest.mark.parametrize(("inputs", "outputs", "fewer"), [(16, 1, "backward"), (3, 8, "forward"), (5, 5, "neither")])
def test_a_pass_forward_is_a_column_and_a_pass_backward_a_row(inputs, outputs, fewer):
    J = rates._jacobian()
    A = np.random.default_rng(3).normal(size=J.shape)
    assert np.allclose(J, jax.jacobian(lambda x: jnp.tanh(A @ x))(np.linspace(-0.05, 0.05, 16)), atol=1e-5)
    for count in range(17):
        ((plane, note),) = figures.passes(inputs=inputs, outputs=outputs, done=count)
        halves = plane.field[:, : 17 * 8], plane.field[:, 17 * 8 :]
        known_now = [np.count_nonzero(half) // 64 for half in halves]
        assert known_now == [min(count, inputs) * outputs, min(count, outputs) * inputs]
        done = ["done" in text for *_, text in plane.labels]
        assert done == [count >= inputs, count >= outputs]
    assert f"Fewer passes: {fewer}" in note.text


def test_the_best_steps_are_where_the_text_says():
    for name, example in rates.FUNCTIONS.items():
        curve = error_curve(example.f, example.x)
        best = curve.steps[curve.forward.argmin()]
        assert 1e-9 < best < 1e-7, name
    curve = error_curve(jnp.exp, 1.0)
    assert 1e-6 < curve.steps[curve.central.argmin()] < 1e-4
    guesses = dict(
        zip((1e-1, 1e-4, 1e-8, 1e-15), error_curve(jnp.exp, 1.0, [1e-1, 1e-4, 1e-8, 1e-15]).forward, strict=True)
    )
    assert min(guesses, key=guesses.get) == 1e-8


def test_nothing_is_left_of_the_truncation_of_a_square():
    curve = error_curve(jnp.square, 3.0, [1.0, 0.25, 1e-3])
    assert curve.central.max() < 1e-12 and curve.forward[0] == pytest.approx(1.0)


@pytest.mark.parametrize("name", rates.FUNCTIONS)
def test_the_two_parts_of_the_error(name):
    """Truncation and rounding as they are drawn, against what is measured; rounding is a bound and no more."""
    curve = rates._curve(name)
    truncation, rounding = rates._parts(name, curve.steps)
    plain = (curve.steps > 1e-6) & (curve.steps < 1e-2)
    assert np.allclose(curve.forward[plain], truncation[plain], rtol=0.02)
    assert (curve.forward < 3 * (truncation + 2 * rounding)).all()
    for h, larger in ((1e-2, "truncation"), (1e-12, "rounding")):
        assert f"(mostly {larger})" in figures.differences(function=name, h=h)[0][-1].text


# --- JAX -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", functions.FUNCTIONS)
def test_the_graphs_of_jax_functions_have_jax_s_gradients(name):
    f, *args = functions.FUNCTIONS[name]
    graph = figures.jax_function(function=name).graph
    inputs = [node for node in graph.nodes if node.op == "input"]
    for node, slope in zip(inputs, jax.grad(f, tuple(range(len(args))))(*map(jnp.asarray, args)), strict=True):
        assert np.allclose(node.gradient, slope, atol=1e-6) and np.shape(node.gradient) == np.shape(node.value)


def test_folded_nodes_can_be_opened():
    closed = figures.jax_function(function="two layers").graph
    folded = [node for node in closed.nodes if node.inside]
    assert [node.label for node in folded] == ["layer", "layer"]
    opened = figures.jax_function(function="two layers", open=[str(node.id) for node in folded]).graph
    assert len(opened.nodes) > len(closed.nodes) and [node.op for node in opened.nodes].count("tanh") == 2
    assert any(node.inside for node in figures.jax_function(function="softmax cross-entropy").graph.nodes)


def test_a_learners_function_is_drawn_and_its_numbers_can_be_moved():
    def mine(x, y):
        return jnp.sin(x) * y

    piece = figures.show(mine, 0.5, 2.0)
    assert piece.name == "mine" and set(piece.controls) == {"time", "inputs"}
    piece.set(inputs={"x": 1.0, "y": 3.0})
    assert not piece.error and "result 2.52" in piece.describe()
    assert "mine" in piece.code() and "f = mine" in piece.code()
    vector = figures.show(lambda w: jnp.sum(jax.nn.relu(w) ** 2), jnp.ones(3))
    assert set(vector.controls) == {"time", "open"} and "result 3" in vector.describe()
    assert figures.show(lambda p: p["w"] * p["b"], {"w": 2.0, "b": 3.0}).describe().startswith("lambda: Graph: 3 nodes")


@pytest.mark.parametrize(
    ("f", "args", "word"),
    [
        (lambda x: x, (jnp.ones(3),), "one real number"),
        (lambda x: 1.0 if x > 0 else 2.0, (1.0,), "use jnp.where"),
        (lambda x: np.sin(x), (1.0,), "use the one of jnp"),
        (lambda x: math.sin(x), (1.0,), "use the one of jnp"),
        (lambda x: undefined, (1.0,), "undefined"),  # noqa: F821
        (lambda x, y: x * y, (1.0,), "y"),
        (lambda x: x, ("text",), "str"),
        (jax.lax.stop_gradient, (2,), "one real number"),
    ],
)
def test_what_cannot_be_drawn_is_a_sentence(f, args, word):
    piece = figures.show(f, *args)
    view = piece()
    assert isinstance(view, Note) and view.tone == "bad" and word in view.text and "\n" not in view.text
    assert not piece.error and "cannot be drawn" in piece.describe()


def test_the_function_that_the_notebook_shows():
    space = defined(CHAPTER, "own_function", figures=figures, jnp=jnp)
    assert isinstance(figures.show(space["my_function"], 0.5, 2.0)(), Graph)


# --- second derivatives --------------------------------------------------------------------------------------------


def test_bowls_and_saddles_meet_where_12_x_is_1():
    space = defined(CHAPTER, "surface", jax=jax, jnp=jnp)
    for x in (-1.9, 0.0, 0.08, 0.09, 1.5):
        for y in (-1.5, 0.0, 1.5):
            _, H = space["bends"](jnp.array([x, y]))
            low, high = np.linalg.eigvalsh(np.asarray(H))
            assert np.allclose(H, [[6 * x, 1], [1, 2]], atol=1e-5)
            assert (low > 0) == (12 * x > 1) and high > 0
    for x in (np.roots([3, -0.5, -3])).tolist():  # where the slope vanishes: y = -x/2, 3x² - x/2 - 3 = 0
        slope, H = space["bends"](jnp.array([x, -x / 2]))
        assert np.allclose(slope, 0, atol=1e-5) and (np.linalg.eigvalsh(np.asarray(H))[0] > 0) == (x > 0)
        assert abs(x) < 2, "on the picture"
