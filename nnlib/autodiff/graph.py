"""A computation graph, written down: what was computed, every value and gradient, and the paths between them.

    graph = value_graph(a, f=f, g=g)
    sum(path.product for path in graph.paths("f", graph.outputs[0]))        # da/df

A plain description that is never changed: a view draws it, and nothing here knows how.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from nnlib.autodiff.engine import Value

__all__ = ["Edge", "Graph", "Node", "Path", "PathCount", "value_graph"]


@dataclass(frozen=True, eq=False)
class Node:
    """One step of the computation, or something it begins with: op "input", "number", "constant" (an array).

    label: the name that it has in the text or the program, or "".
    """

    id: int  # its place in graph.nodes
    op: str
    label: str
    value: Any  # a float, or an array
    gradient: Any  # d output / d this, of the value's shape; None for numbers and whatever is not real
    inputs: tuple[int, ...] = ()  # ids; the same one twice in x * x
    derivatives: tuple[float | None, ...] = ()  # d this / d input; None where that is no single number
    inside: "Callable[[], Graph] | None" = None  # opens a node in which a whole graph is folded up
    key: str = ""  # its name when others are opened: its id, or that within an opened node, as in "3.5"


class Edge(NamedTuple):
    """The way from an input to a result (source and target, by id), and on it the derivative d target / d source."""

    source: int
    target: int
    derivative: float | None


class Path(NamedTuple):
    """A way through the graph: its nodes, by id, and the product of the derivatives on it (None where one is None)."""

    nodes: tuple[int, ...]
    product: float | None


class PathCount(NamedTuple):
    """How many paths there are, and how many edges were walked to count them: see `Graph.count_paths`."""

    paths: int
    edges: int


@dataclass(frozen=True, eq=False)
class Graph:
    """The nodes in topological order, inputs before results; outputs: the ids of the results of the whole.

    Where a method asks for a node (name, source, target), its id or its label will do; what fits none, or several, is a
    ValueError.
    """

    nodes: tuple[Node, ...]
    outputs: tuple[int, ...]

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Every edge, in the order of the results; x * x has two."""
        return tuple(Edge(i, n.id, d) for n in self.nodes for i, d in zip(n.inputs, n.derivatives, strict=True))

    def open(self, keys: Collection[str]) -> "Graph":
        """The graph with the folded nodes of these keys opened: `graph.open(["3", "3.5"])`. Other keys do nothing."""
        nodes: list[Node] = []
        place: dict[int, int] = {}  # ids here -> ids there
        opened: dict[int, list[int]] = {}  # by what is inside -> where its results are

        def add(node: Node, key: str, inputs: Collection[int]) -> int:
            nodes.append(replace(node, id=len(nodes), key=key, inputs=tuple(inputs)))
            return nodes[-1].id

        for node in self.nodes:
            key, inputs = node.key or str(node.id), [place[i] for i in node.inputs]
            if node.inside is None or key not in keys:
                place[node.id] = add(node, key, inputs)
                continue
            results = opened.get(id(node.inside)) or self._splice(node, key, keys, inputs, add)
            opened[id(node.inside)] = results[1:]  # the next node of the same call is its next result
            place[node.id] = results[0]
            if nodes[results[0]].gradient is None:  # behind a rule of its own; but of the whole it is known
                nodes[results[0]] = replace(nodes[results[0]], gradient=node.gradient)
        return Graph(tuple(nodes), tuple(place[i] for i in self.outputs))

    @staticmethod
    def _splice(node: Node, key: str, keys: Collection[str], inputs: list[int], add: Callable) -> list[int]:
        """Adds what is inside a node, between its inputs and its results; the ids of these."""
        start = f"{key}."
        inner = node.inside().open([k[len(start) :] for k in keys if k.startswith(start)])
        outside, place = iter(inputs), {}
        for part in inner.nodes:
            if part.op == "input":
                place[part.id] = next(outside)
            else:
                place[part.id] = add(part, start + (part.key or str(part.id)), [place[i] for i in part.inputs])
        return [place[i] for i in inner.outputs]

    def find(self, name: int | str) -> int:
        """The id of the node whose label (or id) is name."""
        found = [node.id for node in self.nodes if name in (node.label, node.id)]
        if len(found) != 1:
            labels = ", ".join(sorted({node.label for node in self.nodes} - {""}))
            raise ValueError(f"Graph: expected the label or id of one node, got {name!r}; the labels are {labels}")
        return found[0]

    def layers(self) -> tuple[tuple[int, ...], ...]:
        """The ids by depth, the longest way from a leaf; a number stands just before its use."""
        depth: list[int] = []
        for node in self.nodes:
            depth.append(1 + max((depth[i] for i in node.inputs), default=-1))
        for edge in self.edges:
            if self.nodes[edge.source].op == "number":
                depth[edge.source] = depth[edge.target] - 1
        layers: list[list[int]] = [[] for _ in range(max(depth) + 1)]
        for i, d in enumerate(depth):
            layers[d].append(i)
        return tuple(map(tuple, layers))

    def between(self, source: int | str, target: int | str) -> list[Edge]:
        """The edges on paths from source to target, along which a gradient flows back; in topological order."""
        real = [node.gradient is not None for node in self.nodes]
        edges = [edge for edge in self.edges if real[edge.source] and real[edge.target]]
        reached, leading = {self.find(source)}, {self.find(target)}
        for edge in edges:
            reached |= {edge.target} if edge.source in reached else set()
        for edge in reversed(edges):
            leading |= {edge.source} if edge.target in leading else set()
        return [edge for edge in edges if edge.source in reached and edge.target in leading]

    def count_paths(self, source: int | str, target: int | str) -> PathCount:
        """The number of paths from source to target, by one walk along every edge instead of one along every path."""
        edges = self.between(source, target)
        ways = {self.find(source): 1}
        for edge in edges:
            ways[edge.target] = ways.get(edge.target, 0) + ways[edge.source]
        return PathCount(ways.get(self.find(target), 0), len(edges))

    def paths(self, source: int | str, target: int | str) -> Iterator[Path]:
        """The paths, one by one, whose products sum to d target / d source. k diamonds in a row have 2^k."""
        onward: dict[int, list[Edge]] = {}
        for edge in reversed(self.between(source, target)):
            onward.setdefault(edge.source, []).append(edge)
        end = self.find(target)
        todo = [Path((self.find(source),), 1.0)]
        while todo:
            nodes, product = todo.pop()
            if nodes[-1] == end:
                yield Path(nodes, product)
            for edge in onward.get(nodes[-1], []):
                known = product is not None and edge.derivative is not None
                todo.append(Path((*nodes, edge.target), product * edge.derivative if known else None))


def value_graph(output: Value, /, **names: Value) -> Graph:
    """The graph of all that led to a `Value`, with names (label=value) for some: value_graph(y, x=x).

    Calls `output.backward()`, so gradients here and in the values are those of this output. Its errors are errors here;
    an output that is no `Value` is a TypeError.
    """
    if not isinstance(output, Value):
        raise TypeError(f"value_graph: expected a Value, got {type(output).__name__}; begin with x = Value(2.0)")
    output.backward()
    order = output.ancestors()
    place = {x: i for i, x in enumerate(order)}
    labels = {x: f"{x.value:g}" for x in order if x.op == "number"} | {x: name for name, x in names.items()}
    nodes = [
        Node(
            place[x], x.op, labels.get(x, ""), x.value, None if x.op == "number" else x.grad,
            tuple(place[source] for source in x.inputs), tuple(x.local_derivatives()),
        )
        for x in order
    ]  # fmt: skip
    return Graph(tuple(nodes), (len(order) - 1,))
