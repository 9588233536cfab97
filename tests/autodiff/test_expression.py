"""Typed expressions: against Python and JAX where they are right, and quickly refused where they are not."""

import math
import random
import time

import jax
import jax.numpy as jnp
import pytest

from nnlib.autodiff import Value, expression_graph
from nnlib.autodiff.expression import FUNCTIONS, MAX_LENGTH, MAX_NODES
from tests.helpers import central_difference, float64

INPUTS = {"a": 1.3, "b": -0.7, "c": 0.4}
IN_JAX = {name: getattr(jnp, name, None) or getattr(jax.nn, name) for name in FUNCTIONS}


class Names(dict):
    """The functions of an expression as methods, for the engine: sin(x) is x.sin()."""

    def __missing__(self, name):
        if name not in FUNCTIONS:
            raise KeyError(name)
        return lambda x, *rest: getattr(x if isinstance(x, Value) else Value(x), name)(*rest)


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
    rng, worst, kept = random.Random(5), {"engine": 0.0, "jax": 0.0, "differences": 0.0}, 0
    with float64():
        while kept < 200:
            text = random_expression(rng, 4)
            used = [name for name in INPUTS if name in text.replace("cos", "").replace("tanh", "")]
            used = [n for n in used if any(node.label == n for node in graph_of(text).nodes)]
            if not used or len(text) < 12:
                continue
            graph = graph_of(text)
            gradient = [graph.nodes[graph.find(name)].gradient for name in used]
            if max(map(abs, gradient)) > 1e4:
                continue  # too steep for differences
            kept += 1
            code = compile(text, "test", "eval")

            def in_jax(x, code=code, used=used):
                return 1.0 * eval(code, {**IN_JAX, **dict(zip(used, x, strict=True))})

            point = jnp.array([INPUTS[name] for name in used])
            values = {name: Value(INPUTS[name]) for name in used}
            y = eval(code, {"__builtins__": {}}, Names(values))
            y.backward()
            value = float(in_jax(point))
            assert graph.nodes[-1].value == pytest.approx(value, rel=1e-12, abs=1e-12)
            assert y.value == graph.nodes[-1].value
            ways = {
                "engine": [values[name].grad for name in used],
                "jax": jax.grad(in_jax)(point),
                "differences": central_difference(in_jax, point),
            }
            for way, other in ways.items():
                for ours, theirs in zip(gradient, other, strict=True):
                    worst[way] = max(worst[way], abs(ours - float(theirs)) / max(1, abs(ours)))
    print(worst)
    assert worst["engine"] < 1e-12 and worst["jax"] < 1e-11 and worst["differences"] < 1e-6


def graph_of(text):
    return expression_graph(text, **INPUTS)
