"""How time and memory grow: with examples, width, steps of a sequence, and runs of a sweep; and what an import costs.

A figure `samples` has a line for the milliseconds of a call, for the microseconds of one sample and training step, and
for the megabytes that XLA sets aside for the program's own values.  A cost per unit that grows is a surprise: for each
curve there is a goal for that of the largest size, over the least.
"""

from benchmarks.report import Goal, Report
from benchmarks.scale.curves import CURVES, Curve
from benchmarks.scale.imports import import_seconds

GROWTH = 2.0
IMPORT_S = 0.3


def run() -> Report:
    """All curves and the import, about two minutes."""
    figures, goals = {}, []
    for name, measure in CURVES.items():
        curve = measure()
        figures |= _lines(name, curve)
        goals.append(Goal(f"cost per unit, {name}: of the largest size over the least", _growth(curve), GROWTH))
    seconds = import_seconds()
    goals.append(Goal("importing nnlib after JAX, s", seconds["nnlib"], IMPORT_S))
    return Report({}, figures | {"import_s": seconds}, goals)


def _lines(name: str, curve: Curve) -> dict[str, dict[str, float]]:
    return {
        f"{name}: ms": {str(point.size): 1000 * point.seconds for point in curve},
        f"{name}: us each": {str(point.size): 1e6 * point.each_s for point in curve},
        f"{name}: MB": {str(point.size): point.megabytes for point in curve},
    }


def _growth(curve: Curve) -> float:
    return curve[-1].each_s / min(point.each_s for point in curve)
