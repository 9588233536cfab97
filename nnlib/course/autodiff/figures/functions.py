"""JAX functions as graphs: some of the next chapters', and the learner's own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.autodiff import jaxpr_graph
from nnlib.course.common.learner import Failed, NotBack, in_time
from nnlib.live import Graph, Live, Note, choice, live, numbers, opened, player
from nnlib.live.views import View

__all__ = ["jax_function", "show"]


def dense_and_loss(x, w, b, d):
    """One unit and its squared error."""
    y = jnp.tanh(w @ x + b)
    return jnp.square(y - d)


def softmax_cross_entropy(z, d):
    """The surprise at the right class, of three."""
    return -jnp.sum(d * jax.nn.log_softmax(z))


@jax.jit
def layer(x, W, b):
    """A layer; as a compiled function it is one node, which can be opened."""
    return jnp.tanh(x @ W + b)


def two_layers(x, W, b, V, c, d):
    """Two layers of two units and one, and the squared error."""
    y = layer(layer(x, W, b), V, c)
    return jnp.sum(jnp.square(y - d))


X = np.array([1.0, -0.5], np.float32)
FUNCTIONS = {
    "a unit and its loss": (dense_and_loss, X, np.array([0.8, 0.4], np.float32), np.float32(0.1), np.float32(1.0)),
    "softmax cross-entropy": (softmax_cross_entropy, np.array([2.0, 1.0, -1.0], np.float32), np.array([0, 1.0, 0])),
    "two layers": (
        two_layers, X, np.array([[0.6, -0.4], [0.2, 0.9]], np.float32), np.array([0.1, 0.0], np.float32),
        np.array([[0.7], [-1.1]], np.float32), np.array([0.2], np.float32), np.array([1.0], np.float32),
    ),
}  # fmt: skip
REASONS = {  # what JAX's own errors mean
    jax.errors.TracerBoolConversionError: "a Python `if`, `while` or `and` asks for a value, and while JAX writes the "
    "diary there is none yet; use jnp.where",
    jax.errors.TracerArrayConversionError: "a NumPy function got what only JAX can read; use the one of jnp",
    jax.errors.ConcretizationTypeError: "a Python function asks for a value, and while JAX writes the diary there is "
    "none yet; use the one of jnp",
}


@live(function=choice(list(FUNCTIONS), "two layers"), open=opened(), time=player(fps=2))
def jax_function(function, open):
    """The graph of a JAX function, every array one node; a function inside can be opened."""
    f, *args = FUNCTIONS[function]
    return Graph(jaxpr_graph(f, *args), opened=open)


def show(f: Callable, *args: Any) -> Live:
    """The graph of f(*args) for a JAX function, to be opened and stepped: `show(loss, w, b)`.

    Arguments that are single numbers can be dragged in it. What cannot be drawn is said in a sentence.
    """
    try:
        view, late = _graph(f, args), False
    except Failed as failed:
        view, late = _why_not(failed), isinstance(failed, NotBack)  # what does not come back is not tried again
    folded = isinstance(view, Graph) and any(node.inside for node in view.graph.nodes)
    single = _single(f, args)
    controls = ({"open": opened()} if folded else {}) | ({"inputs": numbers(**single)} if single else {})
    name = getattr(f, "__name__", "function").strip("<>").replace("_", " ")

    @live(time=player(fps=2), name=name, **controls)
    def picture(open=(), inputs=None):
        return view if late else _drawn(f, args, open, inputs)

    return picture


def _drawn(f: Callable, args: tuple, open: Any, inputs: Mapping[str, float] | None) -> View:
    """The graph, or why there is none."""
    try:
        return _graph(f, args, open, inputs)
    except Failed as failed:
        return _why_not(failed)


def _graph(f: Callable, args: tuple, open: Any = (), inputs: Mapping[str, float] | None = None) -> Graph:
    given = dict(zip(_names(f, args), args, strict=False)) | dict(inputs or {})
    return in_time(lambda: Graph(jaxpr_graph(f, *(given.values() if given else args)), opened=open, numbers=inputs))


def _why_not(failed: Failed) -> Note:
    error = failed.__cause__ or failed
    known = next((reason for kind, reason in REASONS.items() if isinstance(error, kind)), str(error))
    reason = known.removeprefix("jaxpr_graph: ").split("\n")[0]
    title = "" if error is failed else type(error).__name__
    return Note(f"This function cannot be drawn: {reason[:300]}", tone="bad", title=title)


def _names(f: Callable, args: tuple) -> list[str]:
    """The parameters' names, one for each argument; none if they cannot be told."""
    try:
        parameters = inspect.signature(f).parameters.values()
    except (TypeError, ValueError):
        return []
    named = [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    return named[: len(args)] if len(named) >= len(args) else []


def _single(f: Callable, args: tuple) -> dict[str, float]:
    """The arguments that are one real number, by name."""
    pairs = zip(_names(f, args), args, strict=False)
    return {name: float(x) for name, x in pairs if isinstance(x, (float, np.floating, jax.Array)) and _real(x)}


def _real(x: Any) -> bool:
    return np.ndim(x) == 0 and jnp.issubdtype(jnp.result_type(x), jnp.floating)
