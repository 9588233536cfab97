"""A computation graph: values and gradients on the nodes, local derivatives on the edges."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnlib.autodiff import Graph as Computation
from nnlib.autodiff import Node

from ..style import WIDTH
from ..view import Put, Sheet, View
from .captions import LEAVES, Captions, short
from .layered import layered
from .moments import moments
from .routes import Layout
from .still import draw

__all__ = ["Graph"]

NARROW, BOX, LINE = 1.0, 9.6, 0.54  # em: padding of a box, its least width, the width of a letter
BOLD = 0.75  # em: the width of a bold figure
NUMBER_HEIGHT, HEIGHT = 1.8, 3.4


@dataclass(frozen=True, eq=False)
class Graph(View):
    """An `nnlib.autodiff.Graph`, in layers from left to right: `Graph(expression_graph("a*b + b", a=2.0, b=1.0))`.

    numbers: what `numbers(...)` gave the function; leaves with these names can then be dragged and typed.
    opened: what `opened()` gave it; a click opens a folded node.  path: the ids of nodes along a way through the graph,
    which is highlighted, with the product of its derivatives.
    A `player()` that the function does not name steps forward through the nodes and then backward: each hands its
    gradient, times the local derivative, on to its inputs, where it is added to what is there.
    Raises TypeError if `graph` is none of `nnlib.autodiff`, and ValueError if `path` does not lead along its edges.
    """

    graph: Computation
    numbers: Mapping[str, float] | None = None
    opened: Collection[str] | None = None
    path: Sequence[int] = ()
    title: str = ""

    def __post_init__(self):
        if not isinstance(self.graph, Computation):
            got = type(self.graph).__name__
            raise TypeError(
                f"Graph: expected an nnlib.autodiff.Graph, got {got}; such as expression_graph('a*b', a=1, b=2)"
            )
        if self.opened:
            object.__setattr__(self, "graph", self.graph.open(self.opened))
        object.__setattr__(self, "path", tuple(int(i) for i in self.path))
        self._steps_of_path()

    # --- geometry ------------------------------------------------------------------------------------------------

    def layout(self) -> Layout:
        """Where everything stands, in em; the same for every value of the inputs."""
        captions = Captions(self.graph)
        sizes = tuple(_size(node, captions.heading(node.id)) for node in self.graph.nodes)
        pairs = tuple((edge.source, edge.target) for edge in self.graph.edges)
        return layered(sizes, self.graph.layers(), pairs)

    @property
    def aspect(self) -> float:
        """Width over height, for the still."""
        layout = self.layout()
        return (layout.width + 1) / (layout.height + 4)

    # --- on the wire ---------------------------------------------------------------------------------------------

    def wire(self, put: Put) -> dict:
        captions, layout = Captions(self.graph), self.layout()
        routes = zip(self.graph.edges, layout.routes, strict=True)
        path = self._steps_of_path()
        return {
            "size": [layout.width, layout.height],
            "nodes": [self._node(n, captions, layout) for n in self.graph.nodes],
            "edges": [
                {"from": e.source, "to": e.target, "text": "" if e.derivative is None else short(e.derivative),
                 "corners": [_rounded(c) for c in r.corners], "at": _rounded((r.label.x, r.label.y)),
                 "says": list(captions.edge(*e))} for e, r in routes
            ],
            "moments": moments(self.graph, captions), "path": path, "pathSays": self._path_says(captions, path),
            "numbers": getattr(self.numbers, "source", ""),
            "opened": getattr(self.opened, "source", ""),
        }  # fmt: skip

    def _node(self, node: Node, captions: Captions, layout: Layout) -> dict:
        box = layout.boxes[node.id]
        known = getattr(self.numbers, "source", "") and node.op == "input" and node.label in self.numbers
        return {
            "box": _rounded((box.x, box.y, box.width, box.height)), "kind": _kind(node),
            "heading": captions.heading(node.id), "value": captions.value(node.value),
            "gradient": captions.value(node.gradient), "says": list(captions.about(node.id)),
            "number": node.label if known else "", "key": node.key or str(node.id),
        }  # fmt: skip

    # --- paths ---------------------------------------------------------------------------------------------------

    def _steps_of_path(self) -> list[int]:
        """The edges along `path`, by their place in `graph.edges`.  Raises ValueError where there is none."""
        places = {(e.source, e.target): k for k, e in reversed(list(enumerate(self.graph.edges)))}
        steps = list(zip(self.path, self.path[1:], strict=False))
        if missing := [step for step in steps if step not in places]:
            raise ValueError(
                f"Graph: expected a path along edges, got {missing[0]}, which is none; see graph.paths(...)"
            )
        return [places[step] for step in steps]

    def _path_says(self, captions: Captions, path: list[int]) -> str:
        return captions.path(self.path, [self.graph.edges[k].derivative for k in path]) if path else ""

    def words(self) -> str:
        captions, nodes = Captions(self.graph), self.graph.nodes
        out = nodes[self.graph.outputs[0]]
        leaves = [n for n in nodes if n.op == "input" and n.gradient is not None]
        slopes = [f"{captions.by(n.id)} = {captions.value(n.gradient)}" for n in leaves[:8] if n.id != out.id]
        counted = f"{len(nodes)} {'node' if len(nodes) == 1 else 'nodes'}, result {captions.value(out.value)}"
        way = self._path_says(captions, self._steps_of_path())
        said = ", ".join([counted, *slopes, *([way] if way else [])])
        return f"{self.title or 'Graph'}: {said}."

    def still(self, ax) -> None:
        draw(self, ax)

    def still_height(self, sheet: Sheet) -> float:
        """As wide as the page, and as tall as that makes it."""
        return min(WIDTH / max(self.aspect, 2.2), 5.0) + 1.6 * (sheet.tall > 1)


def _size(node: Node, heading: str) -> tuple[float, float]:
    """The box of a node, wide enough for its heading, and for a value and a gradient of any length."""
    shape = Captions.value(node.value) if np.ndim(node.value) else ""
    width = LINE * len(heading) + 2 * NARROW + 1.6 * (_kind(node) == "folded" or "." in node.key)  # room for its sign
    if _kind(node) == "number":
        return max(2.4, width - NARROW), NUMBER_HEIGHT
    return max(BOX, width, 2 * BOLD * len(shape) + NARROW), HEIGHT


def _kind(node: Node) -> str:
    if node.op == "number" and np.ndim(node.value) == 0:
        return "number"
    return "folded" if node.inside is not None else "leaf" if node.op in LEAVES else "operation"


def _rounded(numbers: Sequence[float]) -> list[float]:
    return [round(float(v), 3) for v in numbers]
