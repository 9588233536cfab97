"""Recurrent networks on the adding problem, for the benchmarks `lstm` and `gru`.

2 inputs, 64 units, 1 output at the last of 50 steps: mini-batches of 64, Adam (learning rate 0.01), 4 epochs of 1024
sequences; everyone starts from the same weights and shuffles on its own.  The loss falls from 1.2 to 1/6, which is what
the best constant answer has: enough to see that all do the same, and short.  Compiling is not counted.

`wide_inputs` has the same with 64 inputs, 62 of which are noise.
"""

from benchmarks.contest import Rules, contest
from benchmarks.peers import present
from benchmarks.recurrent.problem import adding
from benchmarks.report import Report
from benchmarks.timing import take_turns

RULES = Rules(trained=0.25, most={"pytorch": 1.0, "pytorch_1": 1.0})
WIDE, WIDE_BUDGET_S = 64, 10.0


def run(cell: str) -> Report:
    """Time all who are there with cells of this kind, "lstm" or "gru"; 64 inputs are a figure beside it."""
    report = contest(__name__, adding(cell), "raw_scan", RULES)
    return Report(report.results, report.figures | {"wide_inputs": _wide(cell)}, report.goals)


def _wide(cell: str) -> dict[str, float]:
    """Ours and PyTorch, with 64 inputs: the median seconds, and the ratios."""
    problem = adding(cell, WIDE)
    ours, *others = present(__name__, ("ours", "pytorch"))
    contenders = [ours.contender(problem), *(one for module in others for one in module.contenders(problem))]
    medians = {name: of.summary().median_s for name, of in take_turns(contenders, WIDE_BUDGET_S).items()}
    ratios = {f"ours / {name}": medians["ours"] / s for name, s in medians.items() if name != "ours"}
    return {f"{name}_s": s for name, s in medians.items()} | ratios
