"""scikit-learn's multilayer perceptron, which loops in NumPy; told never to stop early."""

import warnings

from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks.small_mlp.problem import WIDTHS, Problem
from benchmarks.timing import Contender


def contender(problem: Problem) -> Contender:
    def prepare() -> MLPClassifier:
        return MLPClassifier(
            WIDTHS[1:-1], activation="tanh", solver="adam", alpha=0.0, learning_rate_init=problem.learning_rate,
            batch_size=len(problem.X), max_iter=problem.steps, tol=0.0, n_iter_no_change=problem.steps, random_state=0,
        )  # fmt: skip

    def train(model: MLPClassifier) -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # that it did not stop early is what we want
            model.fit(problem.X, problem.y)
        return float(model.loss_)

    return Contender("sklearn", train, prepare)
