"""A network's units and weights as circles and lines."""

from __future__ import annotations

from itertools import pairwise

from nnlib.live import Note, Path, Plane, live, slider

__all__ = ["architecture"]


@live(units=slider(1, 16, 4, label="units in a hidden layer"))
def architecture(units):
    """The units of a network as circles, its weights as lines; and how many numbers that makes."""
    widths = (2, units, units, 1)
    places = [[(layer, 2 * (row + 0.5) / n) for row in range(n)] for layer, n in enumerate(widths)]
    lines = [Path([a, b], color="grey") for left, right in pairwise(places) for a in left for b in right]
    names = ("x₁, x₂", "hidden layer 1", "hidden layer 2", "answer")
    labels = [(layer - 0.3, -0.2, name) for layer, name in enumerate(names)]
    dots = [place for layer in places for place in layer]
    sums = [f"{a}·{b} weights + {b} bias{'es' * (b != 1)}" for a, b in pairwise(widths)]
    count = sum(a * b + b for a, b in pairwise(widths))
    return (
        Plane(
            points=(dots, [int(layer == 3) for layer, _ in dots]),
            paths=lines,
            labels=labels,
            bounds=(-0.4, 3.5, -0.4, 2.1),
        ),
        [Note("\n".join([*sums, f"together {count} numbers"]), title=f"2-{units}-{units}-1")],
    )
