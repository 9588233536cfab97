"""The last step of a graph's layout: boxes from left to right, edges bent, and a free place for every label.  In em."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Box", "Layout", "Route", "drawn"]

GAP = 4.4  # between layers, at least
LABEL = (3.5, 1.25)  # room for one number on an edge
SPOTS = (0.5, 0.36, 0.64, 0.24, 0.76, 0.43, 0.57, 0.15, 0.85)


@dataclass(frozen=True)
class Box:
    """A rectangle by its middle."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return (
            abs(self.x - other.x) * 2 < self.width + other.width
            and abs(self.y - other.y) * 2 < self.height + other.height
        )


@dataclass(frozen=True)
class Route:
    """An edge: its corners, pairwise the ends of a bend and of a straight piece; and the room of its label."""

    corners: tuple[tuple[float, float], ...]
    label: Box


@dataclass(frozen=True)
class Layout:
    """The boxes of the nodes, the routes of the edges, and the size of the whole."""

    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]
    width: float
    height: float


def drawn(count: int, sizes: list, rows: list, widths: list, y: dict, chains: list, ports: list) -> Layout:
    """From left to right: a layer's boxes, then the gap after it, as wide as its labels need."""
    depth = {i: d for d, row in enumerate(rows) for i in row}
    boxes: dict[int, Box] = {}
    corners: list[list] = [[] for _ in chains]
    labels: dict[int, Box] = {}
    left = 0.0
    for d, row in enumerate(rows):
        right = left + widths[d]
        # what is small, as a number is, stands at the side of its use
        room = {i: sizes[i][0] if sizes[i][0] < 0.6 * widths[d] else widths[d] for i in row}
        boxes |= {i: Box(right - room[i] / 2, y[i], *sizes[i]) for i in row}
        crossing = [k for k, c in enumerate(chains) if depth[c[0]] <= d < depth[c[-1]]]
        bends = {k: _bend(chains[k], d - depth[chains[k][0]], y, ports[k]) for k in crossing}
        own = {k: bends[k] for k in crossing if depth[chains[k][0]] == d}
        gap, found = _labelled(own, right)
        labels |= found
        for k in crossing:
            corners[k] += [(right, bends[k][0]), (right + gap, bends[k][1])]
        left = right + gap
    routes = tuple(Route(_whole(boxes, c, corners[k], ports[k]), labels[k]) for k, c in enumerate(chains))
    tall = max(box.y + box.height / 2 for box in boxes.values())
    return Layout(tuple(boxes[i] for i in range(count)), routes, right, tall)


def _bend(chain: list[int], step: int, y: dict, port: tuple[float, float]) -> tuple[float, float]:
    """The heights between which an edge bends in a gap."""
    first = port[0] if step == 0 else y[chain[step]]
    return first, port[1] if step + 2 == len(chain) else y[chain[step + 1]]


def _whole(boxes: dict, chain: list[int], corners: list, port: tuple[float, float]) -> tuple:
    """The corners with the ends at the boxes' edges."""
    source, target = boxes[chain[0]], boxes[chain[-1]]
    start, end = (source.x + source.width / 2, port[0]), (target.x - target.width / 2, port[1])
    return (start, *corners, end)


def _labelled(bends: dict[int, tuple[float, float]], left: float) -> tuple[float, dict[int, Box]]:
    """The width of a gap in which every label finds a place on its edge and on no other label; and the places."""
    gap = GAP
    while True:
        found: dict[int, Box] = {}
        for k, bend in bends.items():
            spots = (_on(bend, t, left, gap) for t in SPOTS)
            free = (box for box in spots if not any(box.meets(other) for other in found.values()))
            if (box := next(free, None)) is None:
                break
            found[k] = box
        if len(found) == len(bends):
            return gap, found
        gap += 1.6


def _on(bend: tuple[float, float], t: float, left: float, gap: float) -> Box:
    """The label at share t of the gap, on the bend (level at both ends, as 3t^2 - 2t^3 is)."""
    free = gap - LABEL[0] - 0.5  # the label stays within the gap
    x = left + 0.25 + LABEL[0] / 2 + t * free
    share = (x - left) / gap
    rise = _height_at(share)
    return Box(x, bend[0] + (bend[1] - bend[0]) * rise, *LABEL)


def _height_at(share: float) -> float:
    """How far a cubic with level ends, whose handles lie in the middle, has risen at a share of its width."""
    low, high = 0.0, 1.0
    for _ in range(20):  # x(t) = 3/2 t (1-t)^2 + 3/2 t^2 (1-t) + t^3
        t = (low + high) / 2
        low, high = (t, high) if 1.5 * t * (1 - t) + t**3 < share else (low, t)
    return 3 * t**2 - 2 * t**3
