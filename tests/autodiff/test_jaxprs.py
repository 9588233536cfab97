"""Graphs of JAX functions, against jax.grad and jax.vjp."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from nnlib.autodiff import jaxpr_graph
from tests.helpers import assert_close, float64

X = jnp.arange(6.0).reshape(2, 3) / 2 - 1
W = jnp.array([[1.0, -1.0], [2.0, 0.5], [-0.5, 1.0]])


def network(x, w):
    h = jax.nn.relu(x @ w["W"] + w["b"])
    return jnp.mean(jnp.square(h - 1)) + jax.nn.sigmoid(w["b"][0]) * jnp.sum(jax.nn.softplus(h))


FUNCTIONS = {
    "network": (network, X, {"W": W, "b": jnp.array([0.1, -0.2])}),
    "softmax": (lambda x: -jax.nn.log_softmax(x)[0, 1], X),
    "scan": (lambda x: lax.scan(lambda c, r: (c * 0.9 + jnp.sum(r**2), c), 0.5, x)[0], X),
    "both results": (lambda x: (lambda c, ys: c * jnp.sum(ys))(*lax.scan(lambda c, r: (c + r[0], c * r), 1.0, x)), X),
    "cond": (lambda x: lax.cond(x[0, 0] > 0, lambda x: jnp.sum(x), lambda x: jnp.prod(x - 3), x), X),
    "fori": (lambda x: jnp.sum(lax.fori_loop(0, 3, lambda i, x: jnp.sin(x), x)), X),
    "where": (lambda x: jnp.sum(jnp.where(x > 0, x**3, jnp.exp(x))), X),
    "gather": (lambda x: jnp.sum(x[jnp.array([0, 0, 1])] ** 2), X),
    "integers": (lambda x, i: x[i, 1] * i, X, 1),
    "checkpoint": (lambda x: jax.checkpoint(lambda x: jnp.sum(jnp.sin(jnp.cos(x))))(x), X),
    "custom": (lambda x: jnp.sum(clipped(x * 2)), X),
    "eigenvalues": (lambda x: jnp.linalg.eigh(x @ x.T)[0][1], X),
    "square": (lambda x: x * x, 3.0),
    "itself": (lambda x: x, 3.0),
    "constant": (lambda x: 2.0, 3.0),
    "closure": (lambda x: jnp.sum(x @ W), X),
    "stopped": (lambda x: jnp.sum(lax.stop_gradient(x) * x), X),
    "jit": (jax.jit(lambda x: jnp.sum(jnp.tanh(x))), X),
    "random": (lambda x, key: jnp.sum(x * jax.random.normal(key, x.shape)), X, jax.random.key(0)),
}


@jax.custom_vjp
def clipped(x):
    return x**2


clipped.defvjp(lambda x: (x**2, x), lambda x, g: (jnp.clip(g * 2 * x, -1, 1),))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_values_and_gradients_are_jax_s(name):
    _compare(*FUNCTIONS[name], tolerance=1e-5)


@pytest.mark.parametrize("name", ["network", "both results", "where"])
def test_in_double_precision_too(name):
    f, *args = FUNCTIONS[name]
    with float64():
        wide = [jax.tree.map(lambda a: jnp.asarray(a, float) if _real(a) else a, arg) for arg in args]
        _compare(f, *wide, tolerance=1e-12)


def _real(a):
    return jnp.issubdtype(jnp.result_type(a), jnp.floating)


def _compare(f, *args, tolerance):
    graph = jaxpr_graph(f, *args)
    (output,) = graph.outputs
    assert_close(graph.nodes[output].value, f(*args), tolerance, tolerance)
    inputs = [node for node in graph.nodes if node.op == "input"]
    leaves = jax.tree.leaves(args)
    assert len(inputs) == len(leaves)
    gradients = jax.tree.leaves(jax.grad(f, allow_int=True)(args[0], *args[1:]))
    for node, leaf, gradient in zip(inputs, leaves, gradients, strict=False):
        if _real(leaf):
            assert node.gradient.shape == np.shape(leaf) and node.gradient.dtype == jnp.result_type(leaf)
            assert_close(node.gradient, gradient, tolerance, tolerance)
        else:
            assert node.gradient is None


def test_every_node_has_its_cotangent():
    """d output / d node, by cutting the function there."""
    graph = jaxpr_graph(lambda x: jnp.sum(jnp.sin(x) * jnp.exp(x)), X)
    sin, exp, product = (next(n for n in graph.nodes if n.op == op) for op in ("sin", "exp", "mul"))
    assert_close([sin.gradient, exp.gradient], [jnp.exp(X), jnp.sin(X)])
    assert_close(product.gradient, jnp.ones_like(X))
    assert sin.value.shape == (2, 3) and sin.derivatives == (None,)


def test_numbers_have_derivatives_on_their_edges():
    graph = jaxpr_graph(lambda a, b: (a * b + jnp.sin(a)) / (1 + jnp.exp(-b)) * a * a, 1.0, 2.0)
    for name, gradient in zip("ab", jax.grad(lambda a, b: (a * b + jnp.sin(a)) / (1 + jnp.exp(-b)) * a * a, (0, 1))(
        1.0, 2.0), strict=True):  # fmt: skip
        total = sum(path.product for path in graph.paths(name, graph.outputs[0]))
        assert total == pytest.approx(float(gradient), rel=1e-5)
    assert graph.count_paths("a", graph.outputs[0]).paths == 4
    assert [node.label for node in graph.nodes if node.op == "input"] == ["a", "b"]
    square = jaxpr_graph(lambda x: x * x, 3.0)
    assert [edge.derivative for edge in square.edges] == [3, 3]


def test_a_function_inside_opens():
    @jax.jit
    def inner(x):
        return jnp.sin(x) * 3

    graph = jaxpr_graph(lambda x: jnp.exp(inner(x)), 0.5)
    node = next(node for node in graph.nodes if node.inside)
    assert (node.op, node.label) == ("jit", "inner")
    opened = node.inside()
    assert [n.op for n in opened.nodes] == ["input", "sin", "number", "mul"]
    assert_close(opened.nodes[0].gradient, graph.nodes[0].gradient)
    assert_close(opened.nodes[opened.outputs[0]].value, node.value)


def test_a_custom_rule_hides_the_derivatives_of_its_parts():
    """relu at 0: the rule says 0, the maximum inside would say 1/2. So nothing is said inside."""
    graph = jaxpr_graph(lambda x: jax.nn.relu(x) * 2, 0.0)
    assert float(graph.nodes[0].gradient) == 0
    node = next(node for node in graph.nodes if node.inside)
    assert (node.op, node.label) == ("custom_jvp_call", "relu")
    deeper = node.inside()
    while any(n.inside for n in deeper.nodes):
        assert all(n.gradient is None for n in deeper.nodes)
        deeper = next(n for n in deeper.nodes if n.inside).inside()
    assert [n.op for n in deeper.nodes if n.op not in ("input", "number")] == ["max"]
    assert all(n.gradient is None and set(n.derivatives) <= {None} for n in deeper.nodes)


def test_loops_and_branches_stay_folded():
    for name in ("scan", "cond", "fori"):
        graph = jaxpr_graph(FUNCTIONS[name][0], X)
        folded = [node for node in graph.nodes if node.op in ("scan", "cond", "while")]
        assert folded and all(node.inside is None for node in folded)


@pytest.mark.parametrize("name", ["scan", "both results", "cond"])
def test_other_numbers_compile_nothing_new(name, caplog):
    """So a view can follow the hand, and nothing piles up."""

    def new(x):
        return FUNCTIONS[name][0](x)

    compiled = []
    for scale in (1.01, 1.02, 1.03):
        x = jnp.asarray(np.asarray(X) * np.float32(scale))
        caplog.clear()
        with jax.log_compiles():
            jaxpr_graph(new, x)
        compiled.append(sum("Finished XLA compilation" in record.getMessage() for record in caplog.records))
    assert compiled[0] > 0 and compiled[1:] == [0, 0]


def test_names_of_inputs():
    graph = jaxpr_graph(network, X, {"W": W, "b": jnp.zeros(2)})
    assert [node.label for node in graph.nodes if node.op == "input"] == ["x", "w['W']", "w['b']"]


@pytest.mark.parametrize(
    ("f", "got"),
    [
        (lambda x: x, r"float32\[2, 3\]"),
        (lambda x: (x[0, 0], x[0, 1]), r"float32\[\], float32\[\]"),
        (lambda x: jnp.argmax(x), r"int32\[\]"),
        (lambda x: None, "nothing"),
    ],
)
def test_the_way_back_begins_at_one_number(f, got):
    with pytest.raises(ValueError, match=f"expected f to give one real number, got {got}; take a mean"):
        jaxpr_graph(f, X)


@pytest.mark.parametrize("other", ["text", object(), print])
def test_an_argument_that_is_no_number_is_named(other):
    with pytest.raises(ValueError, match=r"jaxpr_graph: expected numbers or arrays, got .*; write it into f instead"):
        jaxpr_graph(lambda x, _: x, 1.0, other)


def test_what_cannot_go_backward_is_a_sentence():
    def doubled(x):
        return lax.while_loop(lambda x: x < 10, lambda x: 2 * x, x)

    with pytest.raises(ValueError, match="jaxpr_graph: expected operations with a way back, got while: "):
        jaxpr_graph(doubled, 1.0)
    graph = jaxpr_graph(lambda x: x * lax.stop_gradient(1.0) + 0 * (doubled(3.0) > 1), 1.0)
    assert float(graph.nodes[0].gradient) == 1
