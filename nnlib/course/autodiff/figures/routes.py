"""Paths through a graph: the three of the worked one, and the million of twenty diamonds in a row."""

from __future__ import annotations

import numpy as np

from nnlib.autodiff import expression_graph
from nnlib.live import Curves, Graph, Note, Path, Plane, choice, live, numbers, player, predict, slider
from nnlib.live.numbers import plain

from .expressions import STEPS

__all__ = ["diamonds", "paths"]

WAYS = {"over d and b: c": "fdba", "over e and b: g c": "feba", "over e and c: g b": "feca"}


@live(
    inputs=numbers(f=4.0, g=2.0),
    path=choice({"no path": "", **WAYS}, "over e and c: g b", label="path from f to a"),
)
def paths(inputs, path):
    """The worked graph, one of its three paths from f to a, and the sum over all three."""
    graph = expression_graph(STEPS, **inputs)
    products = [plain(way.product) for way in graph.paths("f", "a")]
    total = plain(graph.nodes[graph.find("f")].gradient)
    said = f"c + g c + g b = {' + '.join(products)} = {total} = ∂a/∂f".replace("-", "−").replace("+ −", "− ")
    return ((Graph(graph, numbers=inputs, path=[graph.find(name) for name in path]), Note(said)),)


# --- diamonds ------------------------------------------------------------------------------------------------------

MOST = 20  # diamonds in a row
COUNTS = np.arange(1, MOST + 1)
HALF = 0.42  # of a diamond's height


def _zigzag(ups: list[int], start: int = 0) -> list[tuple[float, float]]:
    """A line through diamonds from number `start` on, above (1) or below (0) in each."""
    line = [(float(start), 0.0)]
    for i, up in enumerate(ups, start):
        line += [(i + 0.5, HALF if up else -HALF), (i + 1.0, 0.0)]
    return line


def _touched(k: int, edges: int) -> list[list[tuple[float, float]]]:
    """The last `edges` edges of k diamonds, one node at a time from the right."""
    whole, rest = divmod(edges, 4)
    lines = [_zigzag([up] * whole, k - whole) for up in (1, 0)] if whole else []
    right, left = float(k - whole), float(k - whole - 1)
    way = [[(right, 0.0), (right - 0.5, HALF)], [(right, 0.0), (right - 0.5, -HALF)], [(left + 0.5, HALF), (left, 0.0)]]
    return lines + way[:rest]


def _by_path(k: int, step: int) -> tuple[list, str]:
    """The path of this step, as its lines and in words."""
    number = min(step + 1, 2**k)
    lines = [_zigzag([((number - 1) >> i) & 1 for i in range(k)])]
    done = " That was the last." if number == 2**k else ""
    return lines, f"Path {number:,} of {2**k:,}; {2 * k * number:,} edges walked.{done}"


def _by_node(k: int, step: int) -> tuple[list, str]:
    """The edges that have been used after this step, as lines and in words."""
    edges = min(step + 1, 4 * k)
    done = " Finished: every gradient is known." if edges == 4 * k else ""
    return _touched(k, edges), f"Edge {edges} of {4 * k}.{done}"


@live(
    guess=predict(
        "A node splits in two and joins again: that is a diamond, and there are two paths through it. How many paths "
        "are there through twenty diamonds in a row?",
        ["40", "80", "400", "about a million"],
        "about a million",
        "two ways at each of 20 forks, which are 2²⁰ = 1,048,576 paths.",
    ),
    diamonds=slider(1, MOST, 3),
    walk=choice({"path by path": _by_path, "node by node": _by_node}),
    step=player(4 * MOST, fps=5, label="step"),
)
def diamonds(diamonds, walk, step):
    """Diamonds in a row: to walk every path, or to go backward one node at a time."""
    lines, said = walk(diamonds, step)
    row = [Path(_zigzag([up] * diamonds), color="grey") for up in (1, 0)]
    lit = [Path(line, color="orange") for line in lines]
    ends = [(-0.75, 0.0, "x"), (diamonds + 0.05, 0.0, "y")]  # beside the tips
    plane = Plane(paths=row + lit, labels=ends, bounds=(-1.1, MOST + 1.1, -0.9, 0.9))
    here = {"_paths": ([diamonds], [2**diamonds]), "_edges": ([diamonds], [4 * diamonds])}
    curves = Curves(
        paths=(COUNTS, 2.0**COUNTS),
        edges=(COUNTS, 4.0 * COUNTS),
        **here,
        colors={"paths": "orange", "edges": "ink", "_paths": "orange", "_edges": "ink"},
        log=True,
        xlabel="diamonds",
    )
    return ((plane, curves, Note(f"{2**diamonds:,} paths, {4 * diamonds} edges. {said}")),)
