"""What the perceptron can and cannot do: the bound on its mistakes, XOR, and measured data."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

import jax
import numpy as np

from nnlib.data import Table, blobs, breast_cancer, gate, iris, shuffle, train_test_split
from nnlib.live import Curves, Line, Note, Plane, Points, button, choice, live, player, slider
from nnlib.perceptron import margin, mistake_bound, perceptron, radius, separate, train_perceptron, untrained

from .planes import INPUTS, SHARP, answers

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
    inside = np.abs(X @ np.asarray(best.w) + float(best.b))
    all_gaps = [_bound(float(g)) for g in GAPS]
    note = (
        f"R = {here.radius:.2f}, γ = {here.margin:.3f}: at most (R/γ)² = {here.most:.0f} mistakes. Made: {here.made}."
    )
    return (
        Plane(
            points=(X, d),
            lines=[Line(best.w, best.b)],
            **INPUTS,
            bounds=(-2, 5, -4, 3),
            ring=[int(np.argmin(inside)), int(np.argmax(np.linalg.norm(X, axis=1)))],
            title="widest margin; ringed: what sets γ and R",
        ),
        Curves(
            bound=(GAPS, [b.most for b in all_gaps]),
            mistakes=(GAPS, [b.made for b in all_gaps]),
            _made=([gap], [here.made]),
            _most=([gap], [here.most]),
            colors={"bound": "grey", "mistakes": "ink", "_made": "orange", "_most": "orange"},
            log=True,
            xlabel="distance of the clouds",
        ),
        Note(note),
    )


# --- what it cannot do -------------------------------------------------------------------------------------------


CORNERS = (-0.7, 1.7, -0.7, 1.7)
ROWS = ("00", "01", "10", "11")


@live(
    table=choice(["XOR", "AND", "OR", "NAND"], label="gate"),
    order=choice(["fixed", "random"]),
    step=player(160, fps=3, label="step"),
)
def xor(table, order, step):
    """Forty passes over a truth table, one row at each step: the machine that answers, and what it does to it."""
    X, d = map(np.asarray, gate(table))
    keys = {"fixed": None, "random": jax.random.key(1)}  # both at once: choosing the other compiles nothing
    run = {name: train_perceptron(untrained(2), X, d, 40, key=key) for name, key in keys.items()}[order]
    example, mistake, w, b = map(np.asarray, (run.example, run.mistake, run.w, run.b))
    i, wrong, passes = int(example[step]), bool(mistake[step]), step // 4
    z = float(w[step] @ X[i] + b[step])
    says = f"Pass {passes + 1}, row {ROWS[i]}: z = {z:.0f}, wanted {d[i]}: {'wrong' if wrong else 'right'}."
    mistakes = np.asarray(run.mistakes_per_epoch)
    machine = perceptron(w[step], b[step])
    return (
        Plane(answers(machine, CORNERS), (X, d), **SHARP, **INPUTS, bounds=CORNERS, ring=[i]),
        [
            Curves(
                mistakes=(np.arange(1, 41), mistakes),
                _now=([passes + 1], [mistakes[passes]]),
                colors={"_now": "orange"},
                xlabel="passes",
                ylabel="mistakes",
                ylim=(0, 4.4),
            ),
            Note(says, tone="bad" if wrong else "good"),
        ],
    )


# --- real data ---------------------------------------------------------------------------------------------------

PETALS, SEPALS = (("petal length (cm)", "petal width (cm)"), ("sepal length (cm)", "sepal width (cm)"))
LARGEST = 569  # examples: all sets are padded to it, so that one program serves each
FRAME = (-2.4, 2.4, -2.4, 2.4)
PAIRS: dict[str, Callable[[], Table]] = {
    "iris petals: setosa, versicolor": lambda: iris(PETALS, ("setosa", "versicolor")),
    "iris sepals: setosa, versicolor": lambda: iris(SEPALS, ("setosa", "versicolor")),
    "iris petals: versicolor, virginica": lambda: iris(PETALS, ("versicolor", "virginica")),
    "tumours: benign, malignant": breast_cancer,
}


@lru_cache(maxsize=32)
def _examples(pair: str, split: int) -> tuple[tuple, tuple, tuple[str, ...]]:
    """Training and test examples, both features brought between -2 and 2, whatever their units; the features' names."""
    table = PAIRS[pair]()
    X, y = np.asarray(table.X), np.asarray(table.y)
    X = 4 * (X - X.min(0)) / (X.max(0) - X.min(0)) - 2
    return *train_test_split(jax.random.key(split), X, y), table.features


def _right(machine: Callable, X: np.ndarray, d: np.ndarray) -> float:
    """The share of right answers, in per cent."""
    answered = np.asarray(machine(Points(X, d).padded(LARGEST)[0]))[: len(d)]
    return 100 * float(np.mean(answered == d))


@live(
    pair=choice(list(PAIRS)),
    passes=slider(1, 40, 20, label="passes over the training examples"),
    shown=choice(["train", "test"], label="examples shown"),
    split=button("another split"),
)
def real_data(pair, passes, shown, split):
    """Two measured features, two classes: three quarters to learn from, one quarter to be tested on."""
    train, test, (xlabel, ylabel) = _examples(pair, split)
    X, d, real = Points(*train).padded(LARGEST)
    run, size = train_perceptron(untrained(2), X, d, 40, weights=real), len(train[1])
    machine = perceptron(run.w[passes * size], run.b[passes * size])
    mistakes = 100 * run.mistake.reshape(40, size).mean(axis=1)
    right = [_right(machine, *examples) for examples in (train, test)]
    return (
        Plane(
            answers(machine, FRAME),
            train if shown == "train" else test,
            **SHARP,
            bounds=FRAME,
            axes="",
            xlabel=xlabel,
            ylabel=ylabel,
            title="blue: {}, orange: {}".format(*pair.split(": ")[1].split(", ")),
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
