"""A small network, trained for a thousand steps: what one movement of a slider costs.

Full-batch Adam (learning rate 0.03), a 2-16-16-1 tanh network, binary cross-entropy on logits, two spirals of 300
points; everyone starts from the same weights (scikit-learn draws its own from the same distribution).  Timed is the
training alone, from a model that is ready to the last loss as a Python float.  Compiling is not counted.
"""

from benchmarks.contest import PEERS, Rules, contest
from benchmarks.report import Report
from benchmarks.small_mlp.problem import two_spirals

# The loss begins at about 0.7.
RULES = Rules(trained=0.01, most={"raw_scan": 1.1}, peers=("sklearn", *PEERS), budget_s=60.0)


def run() -> Report:
    """Time all who are there, check that each has learned the spirals in every run, and report."""
    return contest(__name__, two_spirals(), "raw_scan", RULES)
