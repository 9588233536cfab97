"""One task, ours and everyone who is there: timed in turns, checked to have learned, and held to the goals."""

import math
import statistics
from typing import Any, NamedTuple

from benchmarks.peers import present
from benchmarks.report import Goal, Report
from benchmarks.timing import Taken, summary, take_turns

PEERS = ("pytorch", "equinox", "flax")
BUDGET_S = 30.0
COMPILING_S = 3.0  # the goal for ours: what the first call takes more than later ones


class Rules(NamedTuple):
    """trained: the loss that every call must reach; most: ours / peer at most, for some names of contenders.

    runs: how many runs a contender makes in one call, where it is not one; its times are divided by that.
    """

    trained: float
    most: dict[str, float]
    peers: tuple[str, ...] = PEERS
    budget_s: float = BUDGET_S
    runs: dict[str, int] = {}  # noqa: RUF012  nobody writes into it


def contest(package: str, task: Any, raw: str, rules: Rules) -> Report:
    """Time `ours`, the module `raw` (JAX without a library) and the peers that are installed, all in `package`.

    A module has `contender(task)`, or `contenders(task)` where it comes in several forms; and `figures()` if it
    has anything else to say.  Raises ValueError if one of them has not learned.
    """
    modules = list(present(package, ("ours", raw, *rules.peers)))
    contenders = [one for module in modules for one in _contenders(module, task)]
    taken = take_turns(contenders, rules.budget_s)
    for name, of in taken.items():
        check_trained(name, of.values, rules.trained)
    times = {name: summary([s / rules.runs.get(name, 1) for s in of.seconds]) for name, of in taken.items()}
    report = Report(times, _figures(modules, taken))
    return Report(report.results, report.figures, _goals(report, taken["ours"], rules.most))


def check_trained(name: str, losses: list[float], most: float) -> None:
    """Nobody wins by not working.  Raises ValueError if a run ended with a loss that is too high, or none at all."""
    worst = max(losses, key=lambda loss: math.inf if math.isnan(loss) else loss)
    if not worst <= most:
        raise ValueError(
            f"{name}: expected every run to end with a loss of at most {most}, got {worst:.4g}; "
            "its time counts for nothing until it trains"
        )


def _contenders(module: Any, task: Any) -> list:
    return module.contenders(task) if hasattr(module, "contenders") else [module.contender(task)]


def _figures(modules: list, taken: dict[str, Taken]) -> dict:
    figures = {
        "final_loss": {name: of.values[-1] for name, of in taken.items()},
        "first_call_s": {name: of.first_s for name, of in taken.items()},
        "processor_s": {name: statistics.median(of.processor_s) for name, of in taken.items()},  # a call, all threads
    }
    for module in modules:
        figures |= getattr(module, "figures", dict)()
    return figures


def _goals(report: Report, ours: Taken, most: dict[str, float]) -> list[Goal]:
    ratios = report.ratios()
    goals = [Goal(f"ours / {name}", ratios[name], bar) for name, bar in most.items() if name in ratios]
    compiling = ours.first_s - ours.summary().median_s
    return [*goals, Goal("compiling of ours: the first call less a later one, s", compiling, COMPILING_S)]
