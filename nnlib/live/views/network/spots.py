"""Where on the lines between two layers the numbers stand, so that none covers another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

__all__ = ["EDGE", "columns", "spots"]

EDGE = 0.7  # em between a unit and the nearest number on a line


def columns(n: int, m: int) -> int:
    """In how many columns the numbers between n and m units stand; as few as keep them apart."""
    return min(n, m) + (n != m and min(n, m) > 1)


@lru_cache(maxsize=256)
def spots(left: tuple, right: tuple, gap: float, size: tuple[float, float]) -> Mapping[tuple[int, int], float]:
    """How far along each line (i, j) its numbers stand, as a share of the gap: in columns, no two over each other.

    Found by trying: from four beginnings each line in turn takes the column where it covers the fewest lines.
    """
    lines = [(i, j) for i in range(len(left)) for j in range(len(right))]
    count = columns(len(left), len(right))
    room = gap - 2 * EDGE - size[0]
    places_along = [0.5 + room / gap * (k / (count - 1) - 0.5) if count > 1 else 0.5 for k in range(count)]
    starts = [lambda i, j: i, lambda i, j: j, lambda i, j: j - i, lambda i, j: i + j]
    found = []
    for start in starts:
        places = {(i, j): places_along[start(i, j) % count] for i, j in lines}
        for _ in range(4):
            for line in lines:
                places[line] = min(places_along, key=lambda t: _cost(line, t, places, left, right, gap, size))
        found.append((sum(_cost(line, places[line], places, left, right, gap, size) for line in lines), places))
    return min(found, key=lambda pair: pair[0])[1]


def _cost(line, share: float, places, left, right, gap: float, size: tuple[float, float]) -> float:
    """100 for every number that would be covered, 1 for every line that would run under it, little for the way off."""

    def at(other, t):
        return left[other[0]] + t * (right[other[1]] - left[other[0]])

    y, reach = at(line, share), size[0] / 2 / gap
    cost = 0.2 * abs(share - 0.5)
    for other, place in places.items():
        if other == line:
            continue
        if abs(place - share) * gap < size[0] and abs(at(other, place) - y) < size[1]:
            cost += 100
        ends = at(other, share - reach) - y, at(other, share + reach) - y
        cost += min(ends) < size[1] / 2 and max(ends) > -size[1] / 2
    return cost
