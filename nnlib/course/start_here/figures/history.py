"""A timeline of ideas and of tools."""

from __future__ import annotations

from functools import cache

from nnlib.live import Line, Note, Plane, live, slider

from .events import IDEAS, TOOLS

__all__ = ["timeline"]

FIRST, LAST = 1940, 2024
EVENTS = sorted((*IDEAS, *TOOLS))


@cache
def _rows() -> dict[tuple, int]:
    """A row for every event, ideas above and tools below, so that no name runs into the next dot."""
    free: dict[int, float] = {}  # row -> the year from which on it is free
    rows = {}
    for event in EVENTS:
        candidates = range(0, 30) if event in TOOLS else range(30, 60)
        rows[event] = next(row for row in candidates if free.get(row, 0) <= event[0])
        free[rows[event]] = event[0] + 2.6 + 0.78 * len(event[1])
    gap = 30 - max(row for row in rows.values() if row < 30) - 3
    return {event: row - gap if row >= 30 else row for event, row in rows.items()}


@live(year=slider(1943, 2024, 2012))
def timeline(year):
    """All years at once; the line marks the chosen one, rings mark what was new then or last before."""
    rows = _rows()
    height = 2.0 * (max(rows.values()) + 2)
    places = [(event[0], 2.0 * rows[event] + 2) for event in EVENTS]
    latest = max(event[0] for event in EVENTS if event[0] <= year)
    ring = [i for i, event in enumerate(EVENTS) if event[0] == latest]
    return (
        (
            Plane(
                points=(places, [int(event in TOOLS) for event in EVENTS]),
                labels=[(*place, event[1]) for place, event in zip(places, EVENTS, strict=True)],
                lines=[Line([1.0, 0.0], -float(year), color="grey")],
                bounds=(FIRST, LAST + 14, 0, height),
                ring=ring,
                axes="x",
                title="ideas (blue squares) and tools (orange circles)",
            ),
            Note("\n".join(f"{EVENTS[i][1]}: {EVENTS[i][2]}" for i in ring), title=str(latest)),
        ),
    )
