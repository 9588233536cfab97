"""Where the nodes of a graph stand: in layers from left to right, few edges crossing, no label on another.

The usual four steps (Sugiyama, Tagawa and Toda 1981): an edge that spans several layers gets a stop in each; within
the layers, everything is put in the order of its neighbours' middles; heights are the nearest to the neighbours' that
keep the distances (an isotonic regression); then edges are bent and their labels find a free place.  All lengths in em.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache

from .routes import Layout, drawn

__all__ = ["layered"]

BETWEEN, STOP = 1.0, 1.5  # between boxes of a layer, the height of an edge that passes
SWEEPS = 10


@lru_cache(maxsize=64)
def layered(
    sizes: tuple[tuple[float, float], ...],
    layers: tuple[tuple[int, ...], ...],
    edges: tuple[tuple[int, int], ...],
) -> Layout:
    """Places nodes of these sizes (width, height); edges lead from an earlier layer to a later one."""
    sizes, rows, chains = _with_stops(list(sizes), [list(layer) for layer in layers], edges)
    links = [pair for chain in chains for pair in itertools.pairwise(chain)]
    before, after = _neighbours(len(sizes), links)
    rows = _ordered(rows, before, after)
    heights = _heights(rows, sizes, before, after)
    ports = _ports(chains, heights, sizes)
    widths = [max((sizes[i][0] for i in row), default=0.0) for row in rows]
    return drawn(len(layers) and sum(map(len, layers)), sizes, rows, widths, heights, chains, ports)


def _with_stops(sizes: list, rows: list[list[int]], edges: Sequence) -> tuple[list, list[list[int]], list[list[int]]]:
    """Every edge as a chain of nodes, one in each layer that it crosses; the stops are added to sizes and rows."""
    depth = {i: d for d, row in enumerate(rows) for i in row}
    chains = []
    for source, target in edges:
        chain = [source]
        for d in range(depth[source] + 1, depth[target]):
            sizes.append((0.0, STOP))
            rows[d].append(len(sizes) - 1)
            chain.append(len(sizes) - 1)
        chains.append([*chain, target])
    return sizes, rows, chains


def _neighbours(count: int, links: Sequence) -> tuple[list[list[int]], list[list[int]]]:
    before: list[list[int]] = [[] for _ in range(count)]
    after: list[list[int]] = [[] for _ in range(count)]
    for a, b in links:
        before[b].append(a)
        after[a].append(b)
    return before, after


# --- the order within the layers ---------------------------------------------------------------------------------


def _ordered(rows: list[list[int]], before: list, after: list) -> list[list[int]]:
    """Sweeps to and fro, each layer in the order of its neighbours' mean places; the best one seen."""
    best, fewest = rows, _crossings(rows, after)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        forward = sweep % 2 == 0
        rows = [list(row) for row in rows]
        for d in range(1, len(rows)) if forward else range(len(rows) - 2, -1, -1):
            place = {i: p for p, i in enumerate(rows[d - 1 if forward else d + 1])}
            near = before if forward else after
            own = {i: p for p, i in enumerate(rows[d])}
            middle = {i: _mean([place[j] for j in near[i]], own[i]) for i in rows[d]}
            rows[d].sort(key=middle.__getitem__)
        if (crossings := _crossings(rows, after)) < fewest:
            best, fewest = rows, crossings
    return best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(rows: list[list[int]], after: list) -> int:
    """How many pairs of edges cross between neighbouring layers."""
    total = 0
    for row, following in itertools.pairwise(rows):
        place = {i: p for p, i in enumerate(following)}
        ends = [p for i in row for p in sorted(place[j] for j in after[i])]
        total += sum(ends[i] > later for i in range(len(ends)) for later in ends[i + 1 :])
    return total


# --- heights -----------------------------------------------------------------------------------------------------


def _heights(rows: list[list[int]], sizes: list, before: list, after: list) -> dict[int, float]:
    """The middle of each node: as near to the mean of its neighbours as the distances in its layer allow."""
    y: dict[int, float] = {}
    for row in rows:
        top = 0.0
        for i in row:
            y[i] = top + sizes[i][1] / 2
            top += sizes[i][1] + BETWEEN
    for sweep in range(SWEEPS):
        near = (before, after)[sweep % 2]
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            wanted = [_mean([y[j] for j in near[i]], y[i]) for i in row]
            y.update(zip(row, _kept_apart(wanted, [sizes[i][1] for i in row]), strict=True))
    least = min(y[i] - sizes[i][1] / 2 for i in y)
    return {i: v - least for i, v in y.items()}


def _kept_apart(wanted: list[float], tall: list[float]) -> list[float]:
    """The heights nearest to the wanted ones, in this order and the distance apart (pool adjacent violators)."""
    offsets = [0.0]
    for a, b in itertools.pairwise(tall):
        offsets.append(offsets[-1] + (a + b) / 2 + BETWEEN)
    pools: list[list[float]] = []  # [mean, count]
    for want, offset in zip(wanted, offsets, strict=True):
        pools.append([want - offset, 1])
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            mean, count = pools.pop()
            pools[-1] = [(pools[-1][0] * pools[-1][1] + mean * count) / (pools[-1][1] + count), pools[-1][1] + count]
    level = [mean for mean, count in pools for _ in range(int(count))]
    return [mean + offset for mean, offset in zip(level, offsets, strict=True)]


def _ports(chains: list[list[int]], y: dict[int, float], sizes: list) -> list[tuple[float, float]]:
    """Where each edge leaves its source and enters its target: apart, in the order of where they come from."""
    starts, ends = {}, {}
    for ways, end, side in ((starts, 0, 1), (ends, -1, -2)):
        for node in {chain[end] for chain in chains}:
            own = sorted((y[c[side]], k) for k, c in enumerate(chains) if c[end] == node)
            step = min(0.55, 0.7 * sizes[node][1] / len(own)) if end else 0.16
            ways.update({k: y[node] + step * (n - (len(own) - 1) / 2) for n, (_, k) in enumerate(own)})
    return [(starts[k], ends[k]) for k in range(len(chains))]
