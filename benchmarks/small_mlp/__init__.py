"""A small network, trained for a thousand steps: what one movement of a slider costs.

Full-batch Adam (learning rate 0.03), a 2-16-16-1 tanh network, binary cross-entropy on logits, two spirals of 300
points; everyone starts from the same weights (scikit-learn draws its own from the same distribution).  Timed is the
training alone, from a model that is ready to the last loss as a Python float.  Compiling is not counted.
"""

import math

from benchmarks.peers import present
from benchmarks.report import Report
from benchmarks.small_mlp import ours, raw_scan
from benchmarks.small_mlp.problem import two_spirals
from benchmarks.timing import Taken, take_turns

PEERS = ("sklearn", "pytorch", "equinox", "flax")
TRAINED = 0.01  # the loss begins at about 0.7
BUDGET_S = 60.0


def run() -> Report:
    """Time all who are there, check that each has learned the spirals in every run, and report."""
    problem = two_spirals()
    modules = [ours, raw_scan, *present(__name__, PEERS)]
    taken = take_turns([module.contender(problem) for module in modules], BUDGET_S)
    for name, of in taken.items():
        check_trained(name, of.values)
    return Report({name: of.summary() for name, of in taken.items()}, _figures(modules, taken))


def check_trained(name: str, losses: list[float], most: float = TRAINED) -> None:
    """Nobody wins by not working.  Raises ValueError if a run ended with a loss that is too high, or none at all."""
    worst = max(losses, key=lambda loss: math.inf if math.isnan(loss) else loss)
    if not worst <= most:
        raise ValueError(
            f"{name}: expected every run to end with a loss of at most {most}, got {worst:.4g}; "
            "its time counts for nothing until it trains"
        )


def _figures(modules: list, taken: dict[str, Taken]) -> dict:
    figures = {
        "final_loss": {name: of.values[-1] for name, of in taken.items()},
        "first_call_s": {name: of.first_s for name, of in taken.items()},
    }
    for module in modules:
        figures |= getattr(module, "figures", dict)()
    return figures
