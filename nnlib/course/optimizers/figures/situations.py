"""Races worth seeing: settings of the race's controls, each with what they show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nnlib.course.common.optimizers import KINDS, START
from nnlib.course.common.surfaces import SURFACES, Surface

from .real import FLOWERS

__all__ = ["SITUATIONS"]


def situation(
    surface: Surface, start: tuple[float, float], on: str, says: str, noise: float = 0.0, **other: Mapping[str, float]
) -> Mapping[str, Any]:
    """A surface, a start, and who runs, with the numbers that the rows start with or with others."""
    runners = {name: START[name] | other.get(name, {}) if name in on.split() else None for name in KINDS}
    return {"surface": surface, "start": start, "noise": noise, "yours": False, "says": says} | runners


_VALLEY, _SADDLE, _FOUR = (SURFACES[name] for name in ("Rosenbrock's valley", "saddle", "four minima"))
SITUATIONS = {
    "bent valley": situation(
        _VALLEY, (-1.2, 1.0), "sgd momentum adam", "Adam is below 0.001 after 404 steps, momentum nearly"
    ),
    "plateau": situation(
        SURFACES["plateau"], (-2.95, 2.75), "sgd momentum adam", "hardly a slope: only steps that are scaled get away"
    ),
    "ridge": situation(_SADDLE, (-1.6, 0.0), "sgd momentum adam", "all three stop at the saddle"),
    "ridge with noise": situation(
        _SADDLE, (-1.6, 0.0), "sgd momentum adam", "a little noise, and all three leave it", noise=0.05
    ),
    "Newton": situation(_SADDLE, (-1.6, 0.3), "sgd newton", "Newton goes to the saddle and stays there"),
    "two minima": situation(_FOUR, (0.2, -1.0), "sgd adam", "from one place to different minima"),
    "flowers": situation(
        FLOWERS, (-5.0, 5.0), "sgd momentum adam",
        "real data, and a plateau: a velocity helps, and Adam recalls the slope"
    ),
    "flowers, b = 0.9": situation(
        FLOWERS, (-5.0, 5.0), "sgd momentum adam",
        "with b = 0.9 Adam forgets the slope, and is down first", adam={"b": 0.9}
    ),
}  # fmt: skip
