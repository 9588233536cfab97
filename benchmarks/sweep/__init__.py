"""A sweep: 32 learning rates times 4 seeds of the small network, 1000 steps each, in one call; times are for one run.

The network, the points and the steps are those of `small_mlp`.  `single` is one run by itself, and so is PyTorch's; all
others train the 128 networks at once.
"""

from benchmarks.contest import PEERS, Rules, contest
from benchmarks.report import Report
from benchmarks.sweep.problem import RATES, SEEDS, rates_and_seeds

RUNS = len(RATES) * SEEDS
# What is checked is the best run's loss, which begins at about 0.7.
RULES = Rules(
    trained=0.01, most={"single": 1.0}, peers=("single", *PEERS),
    runs=dict.fromkeys(("ours", "raw_vmap", "equinox", "flax"), RUNS),
)  # fmt: skip


def run() -> Report:
    """Time all who are there, check that the best of the runs has learned, and report."""
    return contest(__name__, rates_and_seeds(), "raw_vmap", RULES)
