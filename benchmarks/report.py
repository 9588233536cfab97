"""What a benchmark found, as a table for people and as JSON for programs."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

from benchmarks.timing import Summary


class Goal(NamedTuple):
    """What a figure should not exceed."""

    says: str
    got: float
    most: float

    @property
    def met(self) -> bool:
        return self.got <= self.most

    def __str__(self) -> str:
        return f"{'met' if self.met else 'NOT MET':<8} {self.says}: {_short(self.got)}, at most {_short(self.most)}"


@dataclass(frozen=True)
class Report:
    """results: the times of each contender, `ours` among them; figures: other numbers by name; goals: for both."""

    results: dict[str, Summary]
    figures: dict[str, Any] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)

    def ratios(self) -> dict[str, float]:
        """ours / peer for every peer: below 1, ours is faster.  None where nobody was timed beside another."""
        if "ours" not in self.results:
            return {}
        ours = self.results["ours"].median_s
        return {name: ours / peer.median_s for name, peer in self.results.items() if name != "ours"}


def machine() -> str:
    """The machine in few words: processors, system, versions; nothing that tells whose it is."""
    try:
        jax = f"jax {version('jax')}"
    except PackageNotFoundError:
        jax = "no jax"
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} CPUs, {system}, Python {platform.python_version()}, {jax}"


def as_json(name: str, report: Report) -> dict[str, Any]:
    """The report as one JSON object."""
    return {
        "name": name,
        "machine": machine(),
        "results": {contender: times._asdict() for contender, times in report.results.items()},
        "ratio": report.ratios(),
        "figures": report.figures,
        "goals": [goal._asdict() | {"met": goal.met} for goal in report.goals],
    }


def as_table(name: str, report: Report) -> str:
    """The report as text: a line for each contender, the fastest first, then figures and goals."""
    lines = [f"{name}  ({machine()})"]
    if report.results:
        lines += ["", *_times(report)]
    if report.figures:
        lines += ["", *_figures(report.figures)]
    if report.goals:
        lines += ["", *map(str, report.goals)]
    return "\n".join(lines) + "\n"


def _times(report: Report) -> Iterator[str]:
    ratios = report.ratios()
    yield f"{'':<12}{'median':>10}   {'min .. max':<24}{'runs':>5}{'ours / it':>12}"
    for name, times in sorted(report.results.items(), key=lambda item: item[1].median_s):
        spread = f"{_ms(times.min_s)} .. {_ms(times.max_s)}"
        ratio = f"{ratios[name]:.3f}" if name in ratios else ""
        yield f"{name:<12}{_ms(times.median_s):>10}   {spread:<24}{times.runs:>5}{ratio:>12}"


def _figures(figures: dict[str, Any]) -> Iterator[str]:
    for name, value in figures.items():
        inside = ", ".join(f"{key} {_short(part)}" for key, part in value.items()) if isinstance(value, dict) else ""
        yield f"{name}: {inside or _short(value)}"


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"


def _short(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
