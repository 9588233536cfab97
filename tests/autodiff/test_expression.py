"""Typed expressions: against Python and JAX where they are right, and quickly refused where they are not."""

import ast
import contextlib
import math
import random
import sys
import time

import jax
import jax.numpy as jnp
import pytest

from nnlib.autodiff import Value, expression_graph
from nnlib.autodiff.expression import FUNCTIONS, MAX_LENGTH, MAX_NODES
from tests.helpers import central_difference, float64

INPUTS = {"a": 1.3, "b": -0.7, "c": 0.4}
IN_JAX = {name: getattr(jnp, name, None) or getattr(jax.nn, name) for name in FUNCTIONS}
IN_PYTHON = {name: getattr(math, name, None) for name in FUNCTIONS} | {
    "relu": lambda x: max(x, 0), "sigmoid": lambda x: 1 / (1 + math.exp(-x)), "maximum": max,
}  # fmt: skip


def as_value(name):
    """A function of an expression, for the engine: sin(x) is x.sin()."""
    return lambda x, *rest: getattr(x if isinstance(x, Value) else Value(x, "number"), name)(*rest)


IN_ENGINE = {name: as_value(name) for name in FUNCTIONS}


def random_expression(rng, depth):
    """Smooth and tame, so that central differences can judge it."""
    if depth == 0 or rng.random() < 0.1:
        return rng.choice([*INPUTS, f"{rng.uniform(0.5, 2):.3f}"])
    a, b = (random_expression(rng, depth - 1) for _ in range(2))
    return rng.choice([
        f"({a} + {b})", f"({a} - {b})", f"{a} * {b}", f"-({a})", f"({a})**2", f"({a})**3", f"sin({a})", f"cos({a})",
        f"tanh({a})", f"sigmoid({a})", f"exp(-({a})**2)", f"log(1.5 + ({a})**2)", f"({a}) / (1.5 + ({b})**2)",
        f"(1.1 + sin({a}))**({b})", f"relu({a})", f"maximum({a}, {b})", f"2.0**tanh({a})",
    ])  # fmt: skip


def test_two_hundred_random_expressions_four_ways():
    """engine = expression_graph = jax.grad = central differences, to 1e-6 of the larger of 1 and the gradient."""
    rng = random.Random(5)
    worst = {"engine": 0.0, "jax": 0.0, "differences": 0.0}
    kept = 0
    while kept < 200:
        text = random_expression(rng, 4)
        graph = expression_graph(text, **INPUTS)
        gradient = {node.label: node.gradient for node in graph.nodes if node.op == "input"}
        if len(graph.nodes) < 5 or not gradient or max(map(abs, gradient.values())) > 1e4:
            continue  # too short, or too steep for differences
        kept += 1
        code = compile(text, "test", "eval")
        with float64():
            value, slopes = jax.value_and_grad(lambda x, code=code: 1.0 * eval(code, {**IN_JAX, **x}))(INPUTS)
        values = {name: Value(x) for name, x in INPUTS.items()}
        y = eval(code, {**IN_ENGINE, **values})
        y.backward()
        assert y.value == graph.nodes[-1].value == pytest.approx(float(value), rel=1e-12, abs=1e-12)
        by_steps = central_difference(
            lambda x, code=code: eval(code, {**IN_PYTHON, **dict(zip(INPUTS, x.tolist(), strict=True))}),
            list(INPUTS.values()),
        )
        for name, step in zip(INPUTS, by_steps, strict=True):
            ours = gradient.get(name, 0.0)
            for way, theirs in (("engine", values[name].grad), ("jax", float(slopes[name])), ("differences", step)):
                worst[way] = max(worst[way], abs(ours - theirs) / max(1, abs(ours)))
    assert worst["engine"] == 0 and worst["jax"] < 1e-12 and worst["differences"] < 1e-6, worst


def test_the_example():
    graph = expression_graph("(a*b + sin(a)) / (1 + exp(-b))", a=1.0, b=2.0)
    below = 1 + math.exp(-2)
    assert graph.nodes[-1].value == pytest.approx((2 + math.sin(1)) / below)
    assert graph.nodes[graph.find("a")].gradient == pytest.approx((2 + math.cos(1)) / below)
    assert [node.op for node in graph.nodes] == "input input * sin + number neg exp + /".split()


def test_a_name_is_one_node_and_a_part_written_twice_is_two():
    graph = expression_graph("sin(a) * sin(a) + 2 * a + 2", a=1.0)
    assert [node.op for node in graph.nodes].count("input") == 1
    assert [node.op for node in graph.nodes].count("sin") == 2
    assert [node.label for node in graph.nodes].count("2") == 2


@pytest.mark.parametrize(
    "text",
    ["a - b - c", "a ** b ** c", "-a ** 2", "2 ** -a", "a / b / c", "-a * -b", "(a)", "  a+b ", "1_0 + a", "1e-3 * a",
     ".5 * a", "a ** -1 ** 2", "a ** (1/2)", "maximum(a, maximum(b, c))", "2 * 3 + a", "a / 3 * 2", "--a"],
)  # fmt: skip
def test_it_reads_as_python_does(text):
    there = {"a": 1.5, "b": 2.0, "c": 3.0}
    assert expression_graph(text, **there).nodes[-1].value == pytest.approx(eval(text.strip(), {**IN_PYTHON, **there}))


def test_numbers_alone_are_one_number():
    """So (-2) ** -1 needs no logarithm of -2."""
    graph = expression_graph("a ** -1 + 2 * 3", a=-2.0)
    assert [(node.op, node.label) for node in graph.nodes if node.op == "number"] == [("number", "-1"), ("number", "6")]
    assert graph.nodes[graph.find("a")].gradient == -0.25
    assert [node.value for node in expression_graph("2 * 3").nodes] == [6]


WRONG = {
    "a.b": (1, "a.b"), "a + foo(1)": (5, "foo(1)"), "sin(a, b)": (1, "sin(a, b)"), "sin()": (1, "sin()"),
    "sin": (1, "sin"), "d": (1, "d"), "  a + d": (7, "d"), "maximum(a)": (1, "maximum(a)"),
    "sin(*a)": (5, "*a"), "a if a else b": (1, "a if a else b"), "True": (1, "True"), "None + a": (1, "None"),
    "1j * a": (1, "1j"), "not a": (1, "not a"), "a and b": (1, "a and b"), "a, b": (1, "a, b"), "()": (1, "()"),
    "a // b": (1, "a // b"), "+a": (1, "+a"), "a(b)": (1, "a(b)"), "(a)(b)": (1, "(a)(b)"), "2(a)": (1, "2(a)"),
    "a^2": (2, "^"), "a < b": (3, "<"), "a % b": (3, "%"), "a @ b": (3, "@"), "[a]": (1, "["),
    "lambda: a": (7, ":"), "a\n+ b": (1, "a"), "a\t": (2, "\\t"), "a # b": (3, "#"), "a + é": (5, "é"),
    "а + b": (1, "а"), "a\x00": (2, "\\x00"), "__import__('os')": (12, "'"), "𝐚": (1, "𝐚"), "a ２": (3, "２"),
    "...": (1, "..."), "await a": (1, ""), "a b": (1, ""), "2a": (1, "2a"), "a +": (1, ""), "(a": (1, "(a"),
    "a)+(a": (2, ")+(a"), "": (1, "nothing"), "yield": (1, ""), "a ** ": (1, ""), "0777": (1, ""), "1__0": (1, ""),
    " ;\n; ": (1, "nothing"), "a = b": (1, "'a'"), "exp = a": (1, "'exp'"), "u = a; v = u; u = v": (15, "'u'"),
    "u = v; v = a; u": (5, "'v'"), "u = u + 1": (5, "'u'"), "a; b": (1, "'a'"), "u = a; import os": (8, "'import os'"),
    "u = a; v = (u": (12, ""), "u, v = a": (1, "'u, v = a'"), "pass": (1, "pass"), "u = v = a": (1, "'u = v = a'"),
    "u = a\nv = u +* u": (14, ""), "u = a;  foo(u)": (9, "foo(u)"), "u += a": (1, "u"), "if = a": (4, ""),
    "u.v = a": (1, "u.v = a"), "u = 1 = a": (5, ""), "return a": (1, "return"), "u = a; exp(b=u)": (8, "exp(b=u)"),
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_whatever_else_is_a_sentence_with_its_place(text):
    column, got = WRONG[text]
    with pytest.raises(ValueError) as caught:
        expression_graph(text, a=1.0, b=2.0)
    said = str(caught.value)
    assert said.startswith("expression_graph: expected ") and ", got " in said and "; " in said and "\n" not in said
    assert got in said and "at column " in said
    if got and got != "nothing":
        assert f"at column {column};" in said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a + log(a - 1)", r"at column 5: log: expected a number above 0, got 0.0"),
        ("u = b;\n log(a - u) + 2", r"at column 9: log: expected a number above 0, got -1.0"),
        ("b / (a - 1)", r"at column 1: /: expected a divisor other than 0, got 2.0, 0.0"),
        ("9**9**9", r"at column 1: \*\*: expected at most 1.8e308"),
        ("a + 9**9**9**9**9", r"at column \d+: \*\*: expected at most 1.8e308"),
        ("1e999 + a", r"at column 1: number: expected at most 1.8e308"),
        ("a + " + "9" * 900, r"at column 5: number: expected at most 1.8e308, got int"),
        ("(a - 1) ** 0.5", r"the derivative of \*\*: expected a base above 0"),
        ("a" * 5000, f"at most {MAX_LENGTH} characters, got 5000 at column {MAX_LENGTH + 1}"),
        ("+".join("a" * 300), f"at most {MAX_NODES} nodes"),
        ("-" * 990 + "a", f"at most {MAX_NODES} nodes|fewer brackets"),  # as this Python's parser can
    ],
)
def test_numbers_that_are_not_there_and_texts_that_are_too_much(text, message):
    with pytest.raises(ValueError, match=message):
        expression_graph(text, a=1.0, b=2.0)


@pytest.mark.parametrize("raised", [MemoryError, RecursionError, ValueError])
def test_a_parser_that_gives_up_is_a_sentence(raised, monkeypatch):
    def give_up(*_, **__):
        raise raised("too much")

    with monkeypatch.context() as patch:
        patch.setattr(ast, "parse", give_up)
        with pytest.raises(ValueError) as caught:
            expression_graph("(a)", a=1.0)
    assert "fewer brackets in each other, got too many to be parsed at column 1; take" in str(caught.value)


def test_named_steps():
    """Syllabus 5.1, as it is written there: every step is one node, and its name is the label."""
    graph = expression_graph("d = f + 3; e = f*g\n b = d + e; c = e + 2;\n\na = b * c", f=4.0, g=2.0)
    seen = {node.label: (node.value, node.gradient) for node in graph.nodes if node.op != "number"}
    assert seen == {
        "f": (4, 60),
        "g": (2, 100),
        "d": (7, 10),
        "e": (8, 25),
        "b": (15, 10),
        "c": (10, 15),
        "a": (150, 1),
    }
    assert [path.product for path in graph.paths("f", "a")] == [10, 20, 30]
    short = expression_graph("d = f + 3; e = f*g; (d + e) * (e + 2)", f=4.0, g=2.0)
    assert [(n.value, n.gradient) for n in short.nodes] == [(n.value, n.gradient) for n in graph.nodes]
    assert [n.label for n in short.nodes if n.op not in ("input", "number")] == ["d", "e", "", "", ""]


def test_steps_that_make_no_node():
    """Another name for a node leaves it as it is; a step that nobody uses is not in the graph."""
    graph = expression_graph("u = a; v = u; k = 2*3; idle = exp(a); k * v * v", a=3.0)
    assert [(n.op, n.label) for n in graph.nodes] == [("number", "k"), ("input", "a"), ("*", ""), ("*", "")]
    assert graph.nodes[graph.find("a")].gradient == 36


def test_many_steps_are_many_nodes():
    steps = "; ".join(f"u{i} = u{i - 1} + u{i - 1}" for i in range(1, 41))
    graph = expression_graph(f"u0 = 1*a; {steps}", a=1.0)
    assert graph.nodes[graph.find("a")].gradient == 2**40 and graph.count_paths("a", "u40").paths == 2**40
    with pytest.raises(ValueError, match=f"at most {MAX_NODES} nodes, got more at column 597;"):
        expression_graph("; ".join(f"u{i} = a*a + a" for i in range(50)), a=1.0)


def test_steps_change_no_number():
    """A random expression cut into steps, against the same in one piece: values to the last bit."""
    rng = random.Random(3)
    for _ in range(50):
        u, v = random_expression(rng, 3), random_expression(rng, 3)
        whole = expression_graph(f"sin({u}) * ({v}) + a*c", **INPUTS)
        steps = expression_graph(f"u = {u}; v = {v}\nw = sin(u) * v; w + a*c", **INPUTS)
        assert [(n.op, n.value, n.gradient) for n in steps.nodes] == [(n.op, n.value, n.gradient) for n in whole.nodes]


def test_what_is_not_a_text_or_not_a_name():
    with pytest.raises(TypeError, match="expected a text, got bytes"):
        expression_graph(b"a", a=1.0)
    with pytest.raises(ValueError, match="expected other names for inputs, got sin"):
        expression_graph("sin(a)", a=1.0, sin=2.0)
    with pytest.raises(TypeError, match="expected one number, got 'x'"):
        expression_graph("a", a="x")
    assert expression_graph("text + self", text=1.0, self=2.0).nodes[-1].value == 3


HOSTILE = [
    "9**9**9", "9**9**9**9**9", "(" * 5000, "(" * 5000 + "a" + ")" * 5000, "(" * 400 + "a" + ")" * 400, "-" * 100000,
    "a" * 10**6, "[" * 999, "a**" * 330 + "a", "sin(" * 199 + "a" + ")" * 199, "__import__('os').system('x')",
    "().__class__.__bases__[0]", "a.__class__", "exp.__globals__", "(lambda: 0)()", "eval('1')", "{}{}{}", "f'{a}'",
    "a:=2", "\ud800", "\u202e a", "\x00", "1" * 999, "0x" + "f" * 900, "1e" + "9" * 900, "a,", "*a", "**a", "a;b",
    "(a for a in b)", "print(a)", "exp(exp(exp(exp(a))))", "0**-1", "log(0)", "a" + "+a" * 490, "a" + ".a" * 490,
    "a" + "(a)" * 300, "1if 1else 1", "0_0_", "1.e", "é" * 500, "💥", "\\", "a\\\n", "'" * 999, "#", "exp(a=1)",
    "a" + "()" * 490, "not " * 240 + "a", "a if " * 150 + "a", "lambda a: " * 90 + "a",
]  # fmt: skip


RUNS = {"exec", "open", "import", "os.system", "subprocess.Popen", "ctypes.dlopen"}  # what Python tells its auditors


@pytest.fixture
def auditor():
    """The events of anything being run, opened or imported while the test runs."""
    if not hasattr(sys, "audited_here"):
        sys.audited_here = [None]
        sys.addaudithook(lambda *told: sys.audited_here[0] is not None and sys.audited_here[0].append(told))
    sys.audited_here[0] = heard = []
    yield heard
    sys.audited_here[0] = None


def seconds(text):
    """The processor's time for one text; the best of a few, where the machine may have been busy."""
    times = []
    while not times or (min(times) > 0.05 and len(times) < 4):
        begin = time.process_time()
        with contextlib.suppress(ValueError):
            expression_graph(text, a=0.5, b=-2.0)
        times.append(time.process_time() - begin)
    return min(times)


def hostile_texts(count):
    """The known ones, heaps of odd characters, and many that are nearly right."""
    rng = random.Random(7)
    pieces = [*"()+-*/.,_ ab19e^=<>[]{}:;'\"\\\n\t@!%&|~#$é√", "**", "sin(", "maximum(", "exp", "__", "if", "lambda",
              "not", "1e9", "9**9", "print(1/0)", "import os", "𝐚", "\u200b"]  # fmt: skip
    near = [*"aabb11(-+*/),", "**", "sin(", "log(", " ", "maximum(", "u = ", "u", "; ", "\n"]
    yield from HOSTILE
    for _ in range((count - len(HOSTILE)) // 2):
        yield "".join(rng.choices(pieces, k=rng.randint(1, 60)))
    for i in range(count - len(HOSTILE) - (count - len(HOSTILE)) // 2):
        yield ("u = a*b; " if i % 3 == 0 else "") + "".join(rng.choices(near, k=rng.randint(1, 7)))


@pytest.mark.filterwarnings("ignore:invalid decimal literal")
def test_five_thousand_hostile_texts(auditor):
    """Each becomes a graph or a sentence, in a tenth of a second, and nothing is run."""
    outcomes = []
    texts = list(hostile_texts(5000))
    for text in texts:
        try:
            outcomes.append(len(expression_graph(text, a=0.5, b=-2.0).nodes) <= MAX_NODES)
        except ValueError as error:
            said = str(error)
            assert "expected" in said and "got" in said and ";" in said and len(said) < 700, said
            outcomes.append(False)
    assert len(texts) == 5000 and 150 < sum(outcomes) < len(texts) / 2
    assert "compile" in {event for event, _ in auditor}, "the parser is heard"
    assert {str(args[0]) for event, args in auditor if event in RUNS} <= {"<unknown>"}, "it looks there for the line"


@pytest.mark.filterwarnings("ignore:invalid decimal literal")
def test_none_of_them_takes_long():
    slow = {text[:50]: s for text in hostile_texts(5000) if (s := seconds(text)) > 0.1}
    assert slow == {}
