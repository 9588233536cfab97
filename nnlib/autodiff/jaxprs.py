"""From a JAX function to its graph.

    graph = jaxpr_graph(lambda w, x: jnp.sum(jax.nn.relu(x @ w)), w, x)

JAX writes the function down as a list of equations, its jaxpr; here they are run one by one, forward and then back.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.dtypes import float0
from jax.extend.core import ClosedJaxpr, Jaxpr, JaxprEqn, Literal, jaxpr_as_fun

from nnlib.autodiff.graph import Graph, Node

__all__ = ["jaxpr_graph"]

CALLS = {"jit", "pjit", "closed_call", "core_call", "remat", "remat2", "checkpoint"}  # a jaxpr and nothing else
CUSTOM = {"custom_jvp_call", "custom_vjp_call", "custom_vjp_call_jaxpr"}  # a jaxpr, and a derivative of its own
LOOPS = {"scan", "while", "cond"}


def jaxpr_graph(f: Callable, *args: Any) -> Graph:
    """The graph of f(*args), with the value and the cotangent (d output / d node, of the same shape) of every node.

    args: arrays, numbers, or trees of them. f must give one real number. Edges between single numbers have their
    derivative. A function inside, such as `jax.nn.relu`, is one node, and `node.inside()` is its graph; where it has
    a derivative rule of its own, that graph has values only. A loop or a branch (scan, while, cond) is one node. An
    operation with several results is a node for each. ValueError: args or a result that are something else; an
    operation without a way back, such as a while loop.
    """
    leaves = [_array(leaf) for leaf in jax.tree.leaves(args)]
    closed = jax.make_jaxpr(f)(*args)
    kinds = [f"{aval.dtype}{list(aval.shape)}" for aval in closed.out_avals]
    if len(kinds) != 1 or kinds[0] not in ("float16[]", "bfloat16[]", "float32[]", "float64[]"):
        got = ", ".join(kinds) or "nothing"
        raise ValueError(f"jaxpr_graph: expected f to give one real number, got {got}; take a mean, or one entry")
    return _graph(closed, leaves, [jnp.ones((), closed.out_avals[0].dtype)])


def _array(leaf: Any) -> jax.Array:
    """A number or an array as JAX has it; anything else is a ValueError."""
    try:
        return jnp.asarray(leaf)
    except (TypeError, ValueError):
        what = f"{type(leaf).__name__} {str(leaf)[:40]!r}"
        raise ValueError(f"jaxpr_graph: expected numbers or arrays, got {what}; write it into f instead") from None


def _graph(closed: ClosedJaxpr, args: Sequence[Any], cotangents: Sequence[Any] | None) -> Graph:
    """The graph of a jaxpr at args; cotangents: those of its results, or None for a graph of values only."""
    nodes: list[Node] = []
    place: dict[Any, int] = {}  # the node of every variable
    steps: list[tuple] = []  # of every equation: its name and function, the nodes it reads and makes

    def add(op: str, label: str, value: Any, inputs: Sequence[int] = (), inside: Callable | None = None) -> int:
        nodes.append(Node(len(nodes), op, label, value, None, tuple(inputs), (None,) * len(inputs), inside))
        return len(nodes) - 1

    def read(atom: Any) -> int:
        if not isinstance(atom, Literal):
            return place[atom]
        return add("number", "" if np.ndim(atom.val) else f"{np.asarray(atom.val).item():.4g}", atom.val)

    for var, value in zip(closed.jaxpr.constvars, closed.consts, strict=True):
        place[var] = add("constant", "", value)
    names = getattr(closed.jaxpr.debug_info, "arg_names", None) or [""] * len(args)
    for var, name, value in zip(closed.jaxpr.invars, names, args, strict=True):
        place[var] = add("input", name or "", value)
    for eqn in closed.jaxpr.eqns:
        inputs = [read(atom) for atom in eqn.invars]
        outputs = range(len(nodes), len(nodes) + len(eqn.outvars))
        values = [nodes[i].value for i in inputs]
        run = _function(eqn)
        inside = partial(_open, nodes, eqn, inputs, outputs) if _folded(eqn) else None
        for var, value in zip(eqn.outvars, run(*values), strict=True):
            place[var] = add(eqn.primitive.name, _label(eqn), value, inputs, inside)
        steps.append((eqn.primitive.name, run, inputs, outputs))
    results = tuple(read(atom) for atom in closed.jaxpr.outvars)
    if cotangents is not None:
        _backward(nodes, steps, zip(results, cotangents, strict=True))
    return Graph(tuple(nodes), results)


@lru_cache(maxsize=256)  # the same equation again for the same function: what was compiled for it is found again
def _function(eqn: JaxprEqn) -> Callable:
    """An equation as a function of its inputs, each one on its own also where one variable stands twice."""
    kinds = [jax.ShapeDtypeStruct(atom.aval.shape, atom.aval.dtype) for atom in eqn.invars]
    new = jax.make_jaxpr(lambda *xs: xs)(*kinds).jaxpr
    alone = new.replace(eqns=[eqn.replace(invars=list(new.invars))], outvars=eqn.outvars, effects=eqn.effects)
    run = jaxpr_as_fun(ClosedJaxpr(alone, ()))
    return jax.jit(run) if eqn.primitive.name in LOOPS else run


def _backward(nodes: list[Node], steps: list[tuple], seeds: Any) -> None:
    """Reverse accumulation: every equation once, the last one first. Fills in gradients and derivatives."""
    flows = [node.op != "number" and _real(node.value) for node in nodes]
    zeros = [jnp.zeros_like(x) if _real(x) else np.zeros(np.shape(x), float0) for x in (node.value for node in nodes)]
    gradients: dict[int, Any] = {}

    def accumulate(pairs: Any) -> None:
        for i, cotangent in pairs:
            if flows[i] and cotangent is not None:
                gradients[i] = gradients[i] + cotangent if i in gradients else cotangent

    accumulate(seeds)
    for name, run, inputs, outputs in reversed(steps):
        if not any(i in gradients for i in outputs):
            continue
        values = [nodes[i].value for i in inputs]
        accumulate(zip(inputs, _pull(name, run, values, [gradients.get(i, zeros[i]) for i in outputs]), strict=True))
        if len(outputs) == 1 and zeros[outputs[0]].shape == ():
            slopes = zip(inputs, _pull(name, run, values, [zeros[outputs[0]] + 1]), strict=True)
            local = tuple(slope.item() if flows[i] and slope.shape == () else None for i, slope in slopes)
            nodes[outputs[0]] = replace(nodes[outputs[0]], derivatives=local)
    for i in range(len(nodes)):
        nodes[i] = replace(nodes[i], gradient=gradients.get(i, zeros[i]) if flows[i] else None)


def _real(value: Any) -> bool:
    return jnp.issubdtype(jnp.result_type(value), jnp.inexact)


def _pull(name: str, run: Callable, values: list, cotangents: list) -> tuple:
    """From the cotangents of an equation's results to those of its inputs."""
    try:
        return jax.vjp(run, *values)[1](cotangents)
    except (NotImplementedError, ValueError) as error:
        reason = str(error).splitlines()[0]
        way_back = "jaxpr_graph: expected operations with a way back"
        raise ValueError(f"{way_back}, got {name}: {reason}; leave it out") from error


def _folded(eqn: JaxprEqn) -> ClosedJaxpr | None:
    """The jaxpr inside, where that is all there is to the equation."""
    inner = eqn.params.get("jaxpr", eqn.params.get("call_jaxpr")) if eqn.primitive.name in CALLS | CUSTOM else None
    return ClosedJaxpr(inner, ()) if isinstance(inner, Jaxpr) else inner


def _label(eqn: JaxprEqn) -> str:
    """The name of the function that was called; for a custom rule, of the one function inside."""
    inner = _folded(eqn)
    alone = inner is not None and len(inner.jaxpr.eqns) == 1
    return str(eqn.params.get("name") or (_label(inner.jaxpr.eqns[0]) if alone else "")).strip("_")


def _open(nodes: list[Node], eqn: JaxprEqn, inputs: Sequence[int], outputs: Sequence[int]) -> Graph:
    """The graph inside a node: values only where a custom rule takes the place of its parts' derivatives."""
    gradients = [nodes[i].gradient for i in outputs]
    hidden = eqn.primitive.name in CUSTOM or all(gradient is None for gradient in gradients)
    graph = _graph(_folded(eqn), [nodes[i].value for i in inputs], None if hidden else gradients)
    work = [node for node in graph.nodes if node.inputs]
    if len(work) == 1 and work[0].inside is not None:  # nothing but one more cover
        graph = graph.open([str(work[0].id)])
        graph = replace(graph, nodes=tuple(replace(node, key="") for node in graph.nodes))
    return graph
