"""What the perceptron can and cannot do: the bound on its mistakes, XOR, and measured data."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import jax
import numpy as np

from nnlib.data import Table, blobs, breast_cancer, gate, iris, shuffle, train_test_split
from nnlib.live import Curves, Line, Note, Plane, button, choice, film, live, player, slider
from nnlib.perceptron import margin, mistake_bound, perceptron, radius, separate, train_perceptron, untrained

from .planes import SHARP, answers

__all__ = ["bound", "real_data", "xor"]

# --- how many mistakes at most -----------------------------------------------------------------------------------

GAPS = np.linspace(1.5, 5.0, 15)


def _apart(gap: float) -> tuple[np.ndarray, np.ndarray]:
    """Two clouds of 15 points away from the origin, in mixed order."""
    X, d = blobs(jax.random.key(8), 30, noise=0.4, distance=gap)
    return shuffle(jax.random.key(1), np.asarray(X) + np.array([1.5, -0.5], np.float32), np.asarray(d))


class Bound(NamedTuple):
    """Of one data set: its radius, its widest margin, Novikoff's bound, and the mistakes that were made."""

    radius: float
    margin: float
    most: float
    made: int


@cache
def _bound(gap: float) -> Bound:
    X, d = _apart(gap)
    best = separate(X, d)
    run = train_perceptron(untrained(2), X, d, 300)
    most = mistake_bound(X, d, best.w, best.b)
    return Bound(float(radius(X)), float(margin(X, d, best.w, best.b)), float(most), int(run.mistake.sum()))


@live(gap=slider(1.5, 5.0, 2.0, step=0.25, label="distance of the clouds"))
def bound(gap):
    """Mistakes until the perceptron has learned, and how many it can make at most."""
    X, d = _apart(gap)
    best, here = separate(X, d), _bound(gap)
    all_gaps = [_bound(float(g)) for g in GAPS]
    note = (
        f"R = {here.radius:.2f}, γ = {here.margin:.3f}: at most (R/γ)² = {here.most:.0f} mistakes. Made: {here.made}."
    )
    return (
        Plane(points=(X, d), lines=[Line(best.w, best.b)], bounds=(-2, 5, -4, 3), title="the line of widest margin"),
        Curves(
            bound=(GAPS, [b.most for b in all_gaps]),
            mistakes=(GAPS, [b.made for b in all_gaps]),
            _here=([gap], [here.made]),
            colors={"bound": "grey", "mistakes": "ink", "_here": "orange"},
            log=True,
            xlabel="distance of the clouds",
        ),
        Note(note),
    )


# --- what it cannot do -------------------------------------------------------------------------------------------


@live(
    table=choice(["XOR", "AND", "OR", "NAND"], label="gate"),
    order=choice(["the same in every pass", "random"]),
    time=player(fps=4, label="pass"),
)
def xor(table, order):
    """Forty passes over a truth table: the line, and the mistakes in each pass."""
    X, d = gate(table)
    key = None if order != "random" else jax.random.key(1)
    run = train_perceptron(untrained(2), X, d, 40, key=key)
    line = Line(film(np.asarray(run.w)[4::4]), film(np.asarray(run.b)[4::4]))
    mistakes = np.asarray(run.mistakes_per_epoch)
    return (
        Plane(points=(X, d), lines=[line], bounds=(-0.6, 1.6, -0.6, 1.6)),
        Curves(mistakes=(np.arange(1, 41), mistakes), xlabel="passes", ylabel="mistakes", ylim=(0, 4.4), cursor=True),
        Note("It has learned." if mistakes[-1] == 0 else "It is still making mistakes."),
    )


# --- real data ---------------------------------------------------------------------------------------------------

PETALS, SEPALS = (("petal length (cm)", "petal width (cm)"), ("sepal length (cm)", "sepal width (cm)"))
FRAME = (-2.4, 2.4, -2.4, 2.4)
PAIRS: dict[str, Callable[[], Table]] = {
    "iris petals: setosa, versicolor": lambda: iris(PETALS, ("setosa", "versicolor")),
    "iris sepals: setosa, versicolor": lambda: iris(SEPALS, ("setosa", "versicolor")),
    "iris petals: versicolor, virginica": lambda: iris(PETALS, ("versicolor", "virginica")),
    "breast tumours: benign, malignant": breast_cancer,
}


@cache
def _examples(pair: str, split: int) -> tuple[tuple, tuple, tuple[str, ...]]:
    """Training and test examples, both features brought between -2 and 2, whatever their units; the features' names."""
    table = PAIRS[pair]()
    X, y = np.asarray(table.X), np.asarray(table.y)
    X = 4 * (X - X.min(0)) / (X.max(0) - X.min(0)) - 2
    return *train_test_split(jax.random.key(split), X, y), table.features


@live(
    pair=choice(list(PAIRS)),
    passes=slider(1, 40, 20, label="passes over the training examples"),
    shown=choice(["train", "test"], label="examples shown"),
    split=button("another split"),
)
def real_data(pair, passes, shown, split):
    """Two measured features, two classes: three quarters to learn from, one quarter to be tested on."""
    train, test, (xlabel, ylabel) = _examples(pair, split)
    run, size = train_perceptron(untrained(2), *train, 40), len(train[1])
    machine = perceptron(np.asarray(run.w)[passes * size], np.asarray(run.b)[passes * size])
    mistakes = 100 * np.asarray(run.mistakes_per_epoch) / size
    right = [100 * float(np.mean(np.asarray(machine(X)) == d)) for X, d in (train, test)]
    return (
        Plane(
            answers(machine, FRAME),
            train if shown == "train" else test,
            **SHARP,
            bounds=FRAME,
            axes="",
            xlabel=xlabel,
            ylabel=ylabel,
        ),
        Curves(
            mistakes=(np.arange(1, 41), mistakes),
            _here=([passes], [mistakes[passes - 1]]),
            colors={"_here": "orange"},
            xlabel="passes",
            ylabel="% mistakes in training",
            ylim=(0, 1.15 * max(mistakes)),
        ),
        Note(f"right: {right[0]:.0f} % of the training examples, {right[1]:.0f} % of the test examples"),
    )
