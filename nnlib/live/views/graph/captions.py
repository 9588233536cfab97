"""How the parts of a computation graph are called and said: headings, numbers, and sentences for nodes and edges."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from nnlib.autodiff import Graph

from ...numbers import plain

__all__ = ["Captions", "short"]

SIGNS = {"+": " + ", "-": " − ", "*": " · ", "/": " / ", "add": " + ", "sub": " − ", "mul": " · ", "div": " / "}
SIGNS |= {"dot_general": " @ ", "**": " ^ ", "pow": " ^ "}
WORDS = {"reduce_sum": "sum", "reduce_max": "maximum", "max": "maximum", "broadcast_in_dim": "repeat"}
WORDS |= {"convert_element_type": "convert", "integer_pow": "power", "logistic": "sigmoid", "select_n": "select"}
WORDS |= {"stop_gradient": "stopped", "ne": "differs", "custom_jvp_call": "own rule"}
LEAVES = ("input", "number", "constant")
FEW = 6  # entries of an array that are written out


def short(value: float) -> str:
    """At most seven signs, with a true minus."""
    text = plain(float(value), 3)
    if len(text) > 7 or 1e5 <= abs(value) < np.inf:
        text = plain(float(value), 2) if "e" in text else f"{value:.1e}".replace("e-0", "e-").replace("e+0", "e")
        text = text.replace("e+", "e")
    return {"not a number": "nan", "infinite": "∞", "minus infinite": "−∞"}.get(text, text).replace("-", "−")


def times(a: str, b: str) -> str:
    """A product in signs; a negative second factor in brackets."""
    return f"{a} · ({b})" if b.startswith("−") else f"{a} · {b}"


def plus(terms: list[str]) -> str:
    """A sum in signs; a negative number that is not the first in brackets: "2 + (−3) · 4"."""
    first, *others = terms
    return " + ".join([first, *(re.sub(r"^(−[^ ]+)", r"(\1)", term) for term in others)])


class Captions:
    """The words for one graph."""

    def __init__(self, graph: Graph):
        self.graph = graph
        self.names = _names(graph)
        self.output = self.names[graph.outputs[0]]
        self.users: list[list[tuple[int, float | None]]] = [[] for _ in graph.nodes]
        for edge in graph.edges:
            self.users[edge.source].append((edge.target, edge.derivative))

    def heading(self, i: int) -> str:
        """What stands at the top of a box: "e = f · g"."""
        node = self.graph.nodes[i]
        return self.names[i] if node.op in LEAVES else f"{self.names[i]} = {self.operation(i)}"

    def operation(self, i: int, numbers: bool = False) -> str:
        """What a node does, with the names of its inputs, or with their values: "f · g", "4 · 2"."""
        node = self.graph.nodes[i]
        given = [self.value(self.graph.nodes[j].value) if numbers else self.names[j] for j in node.inputs]
        if node.inside is not None and node.label:
            return f"{node.label}({', '.join(given)})"
        if node.op in SIGNS:
            first, *others = given
            first = f"({first})" if node.op in ("**", "pow") and first.startswith("−") else first
            return SIGNS[node.op].join([first, *(f"({g})" if g.startswith("−") else g for g in others)])
        if node.op == "neg":
            return f"−({given[0]})" if given[0].startswith("−") else f"−{given[0]}"
        return f"{WORDS.get(node.op, node.op.replace('_', ' '))}({', '.join(given)})"

    def by(self, i: int) -> str:
        """The derivative of the result by a node, as a sign: "∂a/∂e"."""
        return f"∂{self.output}/∂{self.names[i]}"

    # --- numbers -------------------------------------------------------------------------------------------------

    @staticmethod
    def value(value: Any) -> str:
        """A number, or the shape of an array in brackets: "(3)" is three numbers."""
        if value is None:
            return ""
        shape = np.shape(value)
        return str(shape) if shape else short(np.asarray(value).item())

    @staticmethod
    def whole(value: Any) -> str:
        """A number, or a small array with its entries."""
        if np.ndim(value) == 0 or np.size(value) > FEW:
            return Captions.value(value)
        entries = np.array2string(np.asarray(value, float), separator=", ", formatter={"float_kind": short})
        return entries.replace("\n", "")

    # --- sentences -----------------------------------------------------------------------------------------------

    def forward(self, i: int) -> str:
        """How a node gets its value: "e = f · g = 4 · 2 = 8"."""
        node = self.graph.nodes[i]
        single = not np.ndim(node.value) and not any(np.ndim(self.graph.nodes[j].value) for j in node.inputs)
        steps = [self.heading(i)]
        if node.op not in LEAVES and single and node.inside is None:
            steps.append(self.operation(i, numbers=True))
        value = self.whole(node.value)
        return " = ".join([*steps, *([value] if value != steps[-1] else [])])

    def backward(self, i: int, before: dict[int, float]) -> str:
        """What a node hands on to its inputs: "b hands its 10 on: ∂a/∂d = 10 · 1 = 10".

        before: what the inputs have received so far; changed to what they have afterwards.
        """
        node, said = self.graph.nodes[i], []
        for j, d in zip(node.inputs, node.derivatives, strict=True):
            if self.graph.nodes[j].gradient is None:
                continue
            if d is None or node.gradient is None:
                gradient = self.graph.nodes[j].gradient
                said.append(f"{self.by(j)} {self.value(gradient)}" if np.ndim(gradient) else self.by(j))
                continue
            part, old = times(short(node.gradient), short(d)), before.get(j)
            terms = [part] if old is None else [short(old), part]
            before[j] = (old or 0.0) + float(node.gradient) * d
            said.append(f"{self.by(j)} = {plus(terms)} = {short(before[j])}")
        hands = "" if node.gradient is None or np.ndim(node.gradient) else f" its {short(node.gradient)}"
        return f"{self.names[i]} hands{hands} on: {', '.join(said)}" if said else f"{self.names[i]} hands nothing on"

    def about(self, i: int) -> tuple[str, str]:
        """What can be said of a node when it is pointed at: of its value, and of its gradient, as a sum."""
        node, said = self.graph.nodes[i], self.forward(i)
        if node.gradient is None:
            return said, ""
        if i in self.graph.outputs:
            return said, f"{self.by(i)} = 1"
        parts = [(self.graph.nodes[j].gradient, d) for j, d in self.users[i]]
        if any(d is None or g is None or np.ndim(g) for g, d in parts) or not parts:
            return said, f"{self.by(i)}: {self.whole(node.gradient)}"
        total = plus([times(short(g), short(d)) for g, d in parts])
        return said, f"{self.by(i)} = {total} = {short(node.gradient)}"

    def edge(self, source: int, target: int, derivative: float | None) -> tuple[str, str]:
        """The local derivative on an edge, and what it carries back."""
        a, b = self.names[source], self.names[target]
        if self.graph.nodes[source].gradient is None:
            return f"{a} goes into {b}; it is given, and no gradient flows back to it", ""
        if derivative is None:
            return f"from {a} to {b}: no single number, the derivative of many numbers by many", ""
        gradient = self.graph.nodes[target].gradient
        carried = times(short(gradient), short(derivative))
        return f"∂{b}/∂{a} = {short(derivative)}", f"it carries back {carried} = {short(gradient * derivative)}"

    def path(self, ids: tuple[int, ...], derivatives: list[float | None]) -> str:
        """A path and the product along it."""
        way = " → ".join(self.names[i] for i in ids)
        if any(d is None for d in derivatives):
            return way
        product = " · ".join(f"({short(d)})" if d < 0 else short(d) for d in derivatives)
        return f"{way}:  {product} = {short(float(np.prod(derivatives)))}"


def _names(graph: Graph) -> list[str]:
    """What every node is called: by its label, numbers by themselves, and the others v₁, v₂, ...; the result y."""
    taken = {node.label for node in graph.nodes}
    names, count = [], 0
    for node in graph.nodes:
        if node.label and node.inside is None:
            names.append(node.label.replace("-", "−") if node.op == "number" else node.label)
        elif node.op in LEAVES:
            names.append(node.op if np.ndim(node.value) else short(node.value))
        elif node.id in graph.outputs:
            names.append(next(name for name in ("y", "out", "result", "the result") if name not in taken))
        else:
            count += 1
            names.append("v" + "".join("₀₁₂₃₄₅₆₇₈₉"[int(digit)] for digit in str(count)))
    return names
