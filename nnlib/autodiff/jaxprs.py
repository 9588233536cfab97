"""From a JAX function to its graph: its jaxpr, run one equation at a time, forward and then back.

graph = jaxpr_graph(lambda w, x: jnp.sum(jax.nn.relu(x @ w)), w, x)
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.extend.core import ClosedJaxpr, Jaxpr, JaxprEqn, Literal, jaxpr_as_fun

from nnlib.autodiff.graph import Graph, Node

__all__ = ["jaxpr_graph"]

CALLS = {"jit", "pjit", "closed_call", "core_call", "remat", "remat2", "checkpoint"}  # a jaxpr and nothing else
CUSTOM = {"custom_jvp_call", "custom_vjp_call", "custom_vjp_call_jaxpr"}  # a jaxpr, and a derivative of its own


class Step(NamedTuple):
    """One equation, its function of the inputs' values, and the nodes that it reads and makes."""

    eqn: JaxprEqn
    run: Callable
    inputs: list[int]
    outputs: list[int]


def jaxpr_graph(f: Callable, *args: Any) -> Graph:
    """The graph of f(*args), with the value and the cotangent (d output / d node, of the same shape) of every node.

    args: arrays, numbers, or trees of them. f must give one real number. Edges between single numbers have their
    derivative. A function inside, such as `jax.nn.relu`, is one node, and `node.inside()` is its graph; where it has
    a derivative rule of its own, that graph has values only. A loop or a branch (scan, while, cond) is one node. An
    operation with several results is a node for each.
    """
    closed = jax.make_jaxpr(f)(*args)
    kinds = [f"{aval.dtype}{list(aval.shape)}" for aval in closed.out_avals]
    if len(kinds) != 1 or kinds[0] not in ("float16[]", "bfloat16[]", "float32[]", "float64[]"):
        raise ValueError(
            f"jaxpr_graph: expected f to give one real number, got {', '.join(kinds) or 'nothing'}; take a "
            "mean, a sum, or one entry"
        )
    leaves = [jnp.asarray(leaf) for leaf in jax.tree.leaves(args)]
    return _graph(closed, leaves, [jnp.ones((), closed.out_avals[0].dtype)])


def _graph(closed: ClosedJaxpr, args: Sequence[Any], cotangents: Sequence[Any] | None) -> Graph:
    """The graph of a jaxpr at args; cotangents: those of its results, or None for a graph of values only."""
    nodes: list[Node] = []
    place: dict[Any, int] = {}  # the node of every variable
    steps: list[Step] = []

    def add(op: str, label: str, value: Any, inputs: Sequence[int] = ()) -> int:
        nodes.append(Node(len(nodes), op, label, value, None, tuple(inputs), (None,) * len(inputs)))
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
        values = [nodes[i].value for i in inputs]
        run = _function(eqn, values)
        outputs = [add(eqn.primitive.name, _label(eqn), y, inputs) for y in run(*values)]
        place |= zip(eqn.outvars, outputs, strict=True)
        steps.append(Step(eqn, run, inputs, outputs))
    results = tuple(read(atom) for atom in closed.jaxpr.outvars)
    if cotangents is not None:
        _backward(nodes, steps, zip(results, cotangents, strict=True))
    for step in steps:
        inside = _inside(step, nodes)
        for i in step.outputs:
            nodes[i] = replace(nodes[i], inside=inside)
    return Graph(tuple(nodes), results)


def _function(eqn: JaxprEqn, values: Sequence[Any]) -> Callable:
    """An equation as a function of its inputs, each one on its own also where one variable stands twice."""
    new = jax.make_jaxpr(lambda *xs: xs)(*values).jaxpr
    alone = eqn.replace(invars=list(new.invars))
    return jaxpr_as_fun(ClosedJaxpr(new.replace(eqns=[alone], outvars=eqn.outvars, effects=eqn.effects), ()))


def _backward(nodes: list[Node], steps: list[Step], seeds: Any) -> None:
    """Reverse accumulation: every equation once, the last one first. Fills in gradients and derivatives."""
    gradients: dict[int, Any] = {}

    def accumulate(i: int, cotangent: Any) -> None:
        if _flows(nodes[i]) and cotangent is not None:
            gradients[i] = gradients[i] + cotangent if i in gradients else cotangent

    for i, cotangent in seeds:
        accumulate(i, cotangent)
    for step in reversed(steps):
        if not any(i in gradients for i in step.outputs):
            continue
        pull = _pullback(step, nodes)
        for i, cotangent in zip(
            step.inputs, pull([gradients.get(i, _zero(nodes[i])) for i in step.outputs]), strict=True
        ):
            accumulate(i, cotangent)
        if len(step.outputs) == 1 and np.shape(nodes[step.outputs[0]].value) == ():
            slopes = zip(step.inputs, pull([jnp.ones_like(nodes[step.outputs[0]].value)]), strict=True)
            local = tuple(d.item() if _flows(nodes[i]) and d.shape == () else None for i, d in slopes)
            nodes[step.outputs[0]] = replace(nodes[step.outputs[0]], derivatives=local)
    for i, node in enumerate(nodes):
        nodes[i] = replace(node, gradient=gradients.get(i, _zero(node)) if _flows(node) else None)


def _pullback(step: Step, nodes: list[Node]) -> Callable:
    """From the cotangents of an equation's results to those of its inputs."""

    def pull(cotangents: list) -> tuple:
        try:
            return jax.vjp(step.run, *(nodes[i].value for i in step.inputs))[1](cotangents)
        except (NotImplementedError, ValueError) as error:
            raise ValueError(
                f"jaxpr_graph: expected operations that can be taken backward, got {step.eqn.primitive.name}: "
                f"{str(error).splitlines()[0]}; leave it out"
            ) from error

    return pull


def _flows(node: Node) -> bool:
    """Whether a gradient can arrive here."""
    return node.op != "number" and jnp.issubdtype(jnp.result_type(node.value), jnp.inexact)


def _zero(node: Node) -> Any:
    real = jnp.issubdtype(jnp.result_type(node.value), jnp.inexact)
    return jnp.zeros_like(node.value) if real else np.zeros(np.shape(node.value), jax.dtypes.float0)


def _folded(eqn: JaxprEqn) -> ClosedJaxpr | None:
    """The jaxpr inside, where that is all there is to the equation."""
    inner = eqn.params.get("jaxpr", eqn.params.get("call_jaxpr")) if eqn.primitive.name in CALLS | CUSTOM else None
    return ClosedJaxpr(inner, ()) if isinstance(inner, Jaxpr) else inner


def _label(eqn: JaxprEqn) -> str:
    """The name of the function that was called; for a custom rule, of the one function inside."""
    inner = _folded(eqn)
    alone = inner is not None and len(inner.jaxpr.eqns) == 1
    return str(eqn.params.get("name") or (_label(inner.jaxpr.eqns[0]) if alone else "")).strip("_")


def _inside(step: Step, nodes: list[Node]) -> Callable[[], Graph] | None:
    inner = _folded(step.eqn)
    gradients = [nodes[i].gradient for i in step.outputs]
    hidden = step.eqn.primitive.name in CUSTOM or all(gradient is None for gradient in gradients)
    return inner and partial(_graph, inner, [nodes[i].value for i in step.inputs], None if hidden else gradients)
