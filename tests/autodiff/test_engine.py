"""The engine against published values, JAX and closed forms; and that nothing about it is deep, doubled or silent."""

import gc
import math
import time

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.autodiff import Dual, Value, derivative
from nnlib.autodiff.engine import RULES, calculate, local_derivative
from tests.helpers import float64

IN_JAX = {
    "+": jnp.add, "-": jnp.subtract, "*": jnp.multiply, "/": jnp.divide, "**": jnp.power, "neg": jnp.negative,
    "exp": jnp.exp, "log": jnp.log, "sin": jnp.sin, "cos": jnp.cos, "tanh": jnp.tanh, "relu": jax.nn.relu,
    "sigmoid": jax.nn.sigmoid, "maximum": jnp.maximum,
}  # fmt: skip
ONE = [-3.0, -0.5, 0.0, 0.25, 2.0, 30.0, -40.0]
TWO = [(2.0, 3.0), (0.5, -1.5), (3.0, 3.0), (1.7, 0.0), (0.0, 2.0), (0.0, 1.0)]


def test_the_worked_graph():
    """Syllabus 5.1: 150, 60 and 100; and df/da, the derivative upside down, is something else."""
    f, g = Value(4), Value(2)
    b = (f + 3) + f * g
    a = b * (f * g + 2)
    a.backward()
    assert (a.value, f.grad, g.grad) == (150, 60, 100)
    assert f.grad == 2 + 5 * 2 + 2 * 4 * 2 + 2 * 4 * 2**2
    more = (4.001 + 3 + 4.001 * 2) * (4.001 * 2 + 2) - 150
    assert more == pytest.approx(0.001 * f.grad, rel=1e-3)
    assert abs(more - 0.001 / f.grad) > 0.05  # df/da in its place is off by a factor of 3600


def test_the_two_examples_to_build_by():
    x = Value(5)
    y = x**2 - 2 * x + 1
    y.backward()
    assert (y.value, x.grad, y.grad) == (16, 8, 1)
    x, y = Value(2), Value(3)
    z = x**2 + 4 * x - 3 * y + 10
    z.backward()
    assert (z.value, x.grad, y.grad) == (13, 8, -3)


class Naive:
    """The engine that the second call doubles: gradients are added to what is there, in every node."""

    def __init__(self, value, inputs=()):
        self.value, self.inputs, self.grad = value, inputs, 0.0

    def __add__(self, other):
        return Naive(self.value + other.value, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        return Naive(self.value * other.value, [(self, other.value), (other, self.value)])

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for source, _ in node.inputs:
                    visit(source)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for source, slope in node.inputs:
                source.grad += slope * node.grad


@pytest.mark.parametrize(("kind", "second"), [(Naive, 32.0), (Value, 8.0)])
def test_backward_twice(kind, second):
    x = kind(5.0)
    y = x * x + kind(-2.0) * x + kind(1.0)
    y.backward()
    assert (y.value, x.grad) == (16, 8)
    y.backward()
    assert x.grad == second


def test_a_shared_node_that_is_not_reset_counts_twice():
    """Even with the leaves set to 0, what stays in the nodes between comes back."""
    x = Naive(3.0)
    y = x * x
    z = y * y + y
    z.backward()
    right, x.grad = x.grad, 0.0
    z.backward()
    assert right == (2 * 9 + 1) * 6
    assert x.grad == 336  # nearly three times
    x = Value(3)
    y = x * x
    z = y * y + y
    z.backward()
    z.backward()
    assert (x.grad, y.grad) == (right, 19)


def test_another_output_starts_afresh():
    x = Value(3)
    y, z = x * x, 5 * x
    y.backward()
    z.backward()
    assert (x.grad, z.grad) == (5, 1)


def test_micrograd_s_examples_have_their_published_values():
    a, b = Value(-4.0), Value(2.0)
    c = a + b
    d = a * b + b**3
    c = c + c + 1
    c = c + 1 + c + (-a)
    d = d + d * 2 + (b + a).relu()
    d = d + 3 * d + (b - a).relu()
    g = (c - d) ** 2 / 2.0
    g = g + 10.0 / (c - d) ** 2
    g.backward()
    assert [round(v, 4) for v in (g.value, a.grad, b.grad)] == [24.7041, 138.8338, 645.5773]
    x = Value(-4.0)
    z = 2 * x + 2 + x
    q = z.relu() + z * x
    y = (z * z).relu() + q + q * x
    y.backward()
    assert (y.value, x.grad) == (-20, 46)


@pytest.mark.parametrize("op", RULES)
def test_every_rule_is_jax_s(op):
    with float64():
        for inputs in ONE if len(RULES[op]) == 2 else TWO:
            inputs = inputs if isinstance(inputs, tuple) else (inputs,)
            expected = float(IN_JAX[op](*inputs))
            slopes = jax.grad(IN_JAX[op], range(len(inputs)))(*inputs)
            if not math.isfinite(expected):
                continue
            y = calculate(op, inputs)
            assert y == pytest.approx(expected, rel=1e-13)
            for i, slope in enumerate(slopes):
                assert local_derivative(op, i, y, inputs) == pytest.approx(float(slope), rel=1e-12, abs=1e-17)


@pytest.mark.parametrize("kind", [Value, Dual])
def test_plain_numbers_on_either_side(kind):
    x = kind(3.0)
    sides = [x + 2, 2 + x, x - 2, 2 - x, x * 2, 2 * x, x / 2, 2 / x, x**2, 2**x, x.maximum(5), -x]
    assert [y.value for y in sides] == [5, 5, 1, -1, 6, 6, 1.5, 2 / 3, 9, 8, 5, -3]
    for two in (np.float64(2), np.float32(2), np.int64(2), jnp.float32(2), np.array(2.0), True + 1):
        assert [(two * x).value, (x * two).value, (two - x).value] == [6, 6, -1]
        assert isinstance(two * x, kind)
    with pytest.raises(TypeError, match="expected one number, got array"):
        np.ones(2) * x


def test_a_number_to_a_power_needs_no_logarithm():
    x = Value(-2)
    y = x**3 + x**-2
    y.backward()
    assert (y.value, x.grad) == (-7.75, 12 + 2 / 8)


def test_long_chains():
    """No recursion: not in making, going backward, showing, or throwing away."""
    x = Value(0.5)
    y = x
    for _ in range(20_000):
        y = y + x * 5e-5
    y.backward()
    assert x.grad == pytest.approx(2)
    assert len(repr(y)) < 40
    del y
    gc.collect()


def test_a_chain_backward_takes_linear_time():
    x = Value(1.0)
    for _ in range(40):
        x = x + x  # 2^40 paths
    start = time.perf_counter()
    x.backward()
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("kind", [Value, Dual])
def test_comparisons_are_refused_with_the_reason(kind):
    x = kind(2.0)
    asked = [lambda: x > 1, lambda: x <= 1, lambda: x == 2, lambda: x != 2, lambda: bool(x)]
    for ask in [*asked, lambda: max(x, 1), lambda: x and 1, lambda: x in [1, 2]]:
        with pytest.raises(TypeError, match=r"got a comparison: the branch .* no gradient knows of it; use maximum"):
            ask()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Value(-1).log(), r"log: expected a number above 0, got -1.0; give other"),
        (lambda: Value(0).log(), r"log: expected a number above 0, got 0.0"),
        (lambda: Value(1) / 0, r"/: expected a divisor other than 0, got 1.0, 0.0"),
        (lambda: 0 ** Value(-1), r"\*\*: expected a base above 0, .* got 0.0, -1.0"),
        (lambda: Value(-2) ** 0.5, r"\*\*: expected a base above 0, .* got -2.0, 0.5"),
        (lambda: Value(800).exp(), r"exp: expected at most 1.8e308, got 800.0"),
        (lambda: Value(1e200) * 1e200, r"\*: expected at most 1.8e308, got 1e\+200, 1e\+200"),
        (lambda: (Value(0) ** 0.5).backward(), r"the derivative of \*\*: expected a base above 0, .*got 0.0, 0.5"),
        (lambda: (Value(-2) ** Value(3)).backward(), r"the derivative of \*\*: expected a base above 0"),
        (lambda: Value(math.nan), r"expected a number, got nan"),
        (lambda: Value(10**9999), r"expected at most 1.8e308, got int"),
    ],
)
def test_where_there_is_no_value_the_error_says_why(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()


def test_a_gradient_that_overflows_is_noticed():
    x = Value(1e-300)
    with pytest.raises(ValueError, match=r"expected at most 1.8e308, got inf"):
        (x * 1e200 * 1e100 * 1e100).backward()  # 1e100, and its derivative 1e400


@pytest.mark.parametrize("x", ["2", b"2", None, [1.0], np.ones(2), 1j, Value(1)])
def test_a_value_is_one_number(x):
    with pytest.raises(TypeError, match="expected one number, got"):
        Value(x)
    if not isinstance(x, Value):
        with pytest.raises(TypeError):
            Value(1) + x


def test_forward_mode_by_the_same_rules():
    assert derivative(lambda x: x**2 - 2 * x + 1, 5.0) == 8
    assert derivative(lambda x: (x.sin() * x).exp() / x.sigmoid() + x.log().tanh(), 0.7) == pytest.approx(
        float(jax.grad(lambda x: jnp.exp(jnp.sin(x) * x) / jax.nn.sigmoid(x) + jnp.tanh(jnp.log(x)))(0.7)), rel=1e-5
    )
    assert derivative(lambda x: 3.0, 1.0) == 0
    assert derivative(lambda x: x**3, -2.0) == 12
    assert repr(Dual(2.0, 1.0)) == "Dual(2, tangent=1)"


def test_a_new_operation_is_one_row(monkeypatch):
    monkeypatch.setitem(RULES, "cube", (lambda a: a**3, lambda y, a: 3 * a * a))
    x = Value(2)
    y = x.apply("cube", x) * 2
    y.backward()
    assert (y.value, x.grad) == (16, 24)
    assert derivative(lambda x: x.apply("cube", x), 2.0) == 12


def test_an_operation_without_a_row():
    for call in (lambda: calculate("cube", [2.0]), lambda: Value.apply("cube", 2), lambda: Dual.apply("cube", 2)):
        with pytest.raises(ValueError, match=r"expected one of \+, -, .*, maximum, got cube; add a row to RULES"):
            call()


def test_derivatives_within_each_other():
    """With one e for both they would be added up: 5 in the place of 6."""
    assert derivative(lambda x: x * derivative(lambda y: x * y, 2.0), 3.0) == 6
    assert derivative(lambda x: derivative(lambda y: x * y * y, x), 3.0) == 12  # 2 x x
    assert derivative(lambda x: derivative(lambda y: y * y * y, x), 2.0) == 12  # the second one
    assert derivative(lambda x: derivative(lambda y: (x * y).exp(), 0.0), 3.0) == 1
    slope = jax.grad(lambda x: jax.grad(lambda y: jnp.tanh(x * y) / (y - jnp.log(x)))(2.0))(3.0)
    ours = derivative(lambda x: derivative(lambda y: (x * y).tanh() / (y - x.log()), 2.0), 3.0)
    assert ours == pytest.approx(float(slope), rel=1e-5)
    assert derivative(lambda x: derivative(lambda y: x, 2.0), 3.0) == 0
    with pytest.raises(ValueError, match=r"one derivative within another, got sin; take that one by jax\.grad"):
        derivative(lambda x: derivative(lambda y: (x * y).sin(), 2.0), 3.0)


@pytest.mark.parametrize("given", [None, "x", [1.0]])
def test_a_function_that_gives_no_number_has_no_derivative(given):
    with pytest.raises(TypeError, match="expected one number, got"):
        derivative(lambda x: given, 2.0)
    assert derivative(lambda x: 3, 2.0) == 0
