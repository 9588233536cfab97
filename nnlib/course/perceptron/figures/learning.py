"""The learning rule: its steps in words, and what the learning rate does to it, which is nothing."""

from __future__ import annotations

import jax
import numpy as np

from nnlib.data import blobs
from nnlib.live import Curves, Note, Plane, Points, choice, live, log_slider, predict
from nnlib.perceptron import History, Perceptron, mistake_bound, perceptron, separate, train_perceptron, untrained

from .planes import INPUTS, PLANE, SHARP, answers

__all__ = ["rates", "steps", "tally", "widest", "words"]


def steps(data: Points, epochs: int = 120) -> History:
    """The machine that begins at 0 and is shown these points, `epochs` times; in NumPy, to be cut at any step."""
    x, d, weights = data.padded()
    return jax.tree.map(np.asarray, train_perceptron(untrained(2), x, d, epochs, weights=weights))


def widest(data: Points) -> float:
    """The bound (R / gamma)^2 on the mistakes, from nearly the widest margin; NaN if no separating line was found."""
    size = max(data.room, len(data))
    rows = np.arange(size) % max(len(data), 1)  # repeated points change no margin, and keep the shape
    X, d = data.x[rows], data.y[rows]
    best = separate(X, d)
    limit = float(mistake_bound(X, d, best.w, best.b))
    return limit if np.isfinite(limit) else float("nan")


def tally(run: History, data: Points, step: int) -> str:
    """The mistakes so far, and how many there can be at most."""
    most = widest(data)
    known = "no line was found that separates these points" if np.isnan(most) else f"at most {most:.0f}"
    return f"mistakes so far: {int(run.mistake[: step + 1].sum())}; {known} (section 8)"


def words(run: History, data: Points, step: int) -> str:
    """What happens at one step of the learning rule, as a sentence."""
    i = int(run.example[step])
    x, colour = data.x[i], ("blue", "orange")[data.y[i]]
    z = float(run.w[step] @ x + run.b[step])
    said = f"{'An' if colour == 'orange' else 'A'} {colour} point, z = {z:.2f}"
    if not bool(run.mistake[step]):
        done = "; nothing will move any more." if not run.mistake[step:].any() else "."
        return f"{said}, right{done}"
    return f"{said}, wrong: the point is {'added to' if data.y[i] else 'taken away from'} w."


CLOUDS = tuple(map(np.asarray, blobs(jax.random.key(4), 10, noise=0.55, distance=2.4)))
STARTS = {"zero": ([0.0, 0.0], 0.0), "random numbers": ([-1.3, 0.4], 0.9)}


def _in_units_of_eta(run: History, X: np.ndarray, d: np.ndarray, eta: float) -> Perceptron:
    """The machine after a training, divided by eta: its start, and each example as often as it has been added."""
    example, mistake = np.asarray(run.example), np.asarray(run.mistake)
    added = np.bincount(example, mistake * np.where(d[example] > 0, 1, -1), len(X))
    return perceptron(np.asarray(run.w[0]) / eta + added @ X, np.asarray(run.b[0]) / eta + added.sum())


@live(
    eta=log_slider(0.001, 1000.0, 1.0, label="learning rate", same="from zero, it only rescales w and b"),
    start=choice(list(STARTS), label="w and b start at"),
    guess=predict(
        "A perceptron that starts with all weights at zero makes 16 mistakes until it has learned these points, with "
        "learning rate 1. How many will it make with learning rate 0.001?",
        ["about 16 000", "more than 16, but not that many", "exactly 16", "fewer than 16"],
        "exactly 16",
        "from zero, the learning rate multiplies w and b, and the sign of z does not care.",
    ),
)
def rates(eta, start):
    """Where the boundary ends and how many mistakes it takes, for any learning rate."""
    X, d = CLOUDS
    run = train_perceptron(perceptron(*STARTS[start]), X, d, 200, learning_rate=eta)
    mistakes = np.asarray(run.mistakes_per_epoch)
    done = "learned" if mistakes[-1] == 0 else "still learning after 200 passes"
    return (
        Plane(answers(_in_units_of_eta(run, X, d, eta)), (X, d), **SHARP, **INPUTS, bounds=PLANE),
        Curves(mistakes=(np.arange(1, 201), mistakes), xlabel="passes", ylim=(0, 10)),
        Note(f"{int(mistakes.sum())} mistakes, {done}"),
    )
