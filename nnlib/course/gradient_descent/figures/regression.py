"""A line through measured points: the data, the error over its two weights, and the descent on it.  In float64."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnlib.course.common.surfaces import levels, relief
from nnlib.course.common.training import diverged
from nnlib.data import iris
from nnlib.live import Curves, Line, Note, Path, Plane, film
from nnlib.live.controls import Handle
from nnlib.live.numbers import plain

__all__ = [
    "BOUNDS", "INPUTS", "descend_by", "error", "error_views", "gradient", "least_squares", "petals", "regression_views",
]  # fmt: skip

INPUTS = ("as measured", "standardised")
BOUNDS = (-1.0, 2.0, -1.0, 2.0)  # of (w, b)
FAR = 1e6  # beyond this a path has left every picture


@cache
def petals(inputs: str = "standardised") -> tuple[np.ndarray, np.ndarray]:
    """150 petals of iris flowers: X (150, 2), their lengths and a column of ones, and their widths d (150,), in cm.

    "as measured": lengths in cm.  "standardised": with their mean subtracted, in standard deviations.
    """
    if inputs not in INPUTS:
        raise ValueError(f"petals: expected one of {', '.join(INPUTS)}, got {inputs!r}; choose one of these")
    length, d = _measured()
    shift, scale = _scaling(inputs)
    X = np.stack([(length - shift) / scale, np.ones_like(length)], axis=1)  # (150, 2)
    for array in (X, d):
        array.flags.writeable = False
    return X, d


@cache
def _measured() -> tuple[np.ndarray, np.ndarray]:
    length, width = np.asarray(iris(("petal length (cm)", "petal width (cm)")).X, float).T
    return length, width


def _scaling(inputs: str) -> tuple[float, float]:
    """What is subtracted from a length, and what it is divided by."""
    length, _ = _measured()
    return (0.0, 1.0) if inputs == "as measured" else (float(length.mean()), float(length.std()))


# --- error, gradient, descent ------------------------------------------------------------------------------------


def error(X: np.ndarray, d: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Half of the mean square, mean of (w.x - d)^2 / 2: w (..., D) -> (...); infinite where it is too large to say."""
    G, c = X.T @ X / len(X), X.T @ d / len(X)
    with np.errstate(over="ignore", invalid="ignore"):
        value = ((w @ G) * w).sum(-1) / 2 - w @ c + (d @ d) / (2 * len(d))
    return np.where(np.isnan(value), np.inf, value)


def gradient(X: np.ndarray, d: np.ndarray, w: np.ndarray) -> np.ndarray:
    """The mean of (w.x - d) x over the examples X (N, D): w (D,) -> (D,)."""
    return (X @ w - d) @ X / len(X)


def least_squares(X: np.ndarray, d: np.ndarray) -> np.ndarray:
    """The weights of the smallest error, solved for at once: (D,)."""
    return np.linalg.lstsq(X, d, rcond=None)[0]


def descend_by(X: np.ndarray, d: np.ndarray, w: np.ndarray, rate: float, batches: list) -> np.ndarray:
    """Every w on the way, (steps + 1, D): one step of w <- w - rate gradient for each batch of row numbers.

    A run that diverges ends where it has left every picture, and stays there.
    """
    path = [np.asarray(w, float)]
    for rows in batches:
        last = path[-1]
        far = not np.abs(last).max() < FAR
        path.append(last if far else last - rate * gradient(X[rows], d[rows], last))
    return np.array(path)


# --- the picture -------------------------------------------------------------------------------------------------


@cache
def _heights(inputs: str, n: int = 100) -> np.ndarray:
    left, right, bottom, top = BOUNDS
    w, b = np.meshgrid(np.linspace(left, right, n), np.linspace(bottom, top, n))
    return relief(error(*petals(inputs), np.stack([w, b], axis=-1)))


def error_plane(title: str, inputs: str, **marks) -> Plane:
    """The error over w and b, with whatever lies on it."""
    view = {"range": (0, 1), "contours": levels(), "bounds": BOUNDS, "xlabel": "w", "ylabel": "b"}
    return Plane(_heights(inputs), title=title, **view, **marks)


def grown(path: np.ndarray) -> Path:
    """A path that grows with the player's time, and ends where it has left the picture for good."""
    near = np.abs(path).max(axis=1, keepdims=True) < 50
    return Path(film(np.where(near, path, np.nan)), color="orange", mark="circle")


def error_views(inputs: str, start: Handle, path: np.ndarray, steps: int = 150) -> tuple[Plane, Curves]:
    """The path over the error, from a start that can be dragged, and the error step by step."""
    X, d = petals(inputs)
    losses = np.clip(error(X, d, path), 1e-3, 1e4)
    least = np.full(2, error(X, d, least_squares(X, d)))
    plane = error_plane("the error over w and b", inputs, paths=[grown(path)], handles=[start])
    curves = Curves(
        error=losses, smallest=([0, steps], least), thin=("smallest",), colors={"error": "orange"}, log=True,
        cursor=True, xlim=(0, steps), ylim=(0.01, 100), xlabel="steps", title="error",
    )  # fmt: skip
    return plane, curves


def regression_views(inputs: str, each: str, start: Handle, path: np.ndarray) -> tuple:
    """The points with the line as it moves, the path over the error, the error by steps, and what it came to.

    each: what a step saw, "all examples" or "one example".
    """
    plane, curves = error_views(inputs, start, path)
    return (_data_plane(inputs, path), curves), plane, _came_to(inputs, each, path)


def _data_plane(inputs: str, path: np.ndarray) -> Plane:
    length, width = _measured()
    shift, scale = _scaling(inputs)
    slope, b = np.clip(path, -1e3, 1e3).T / np.array([[scale], [1.0]])
    normal = np.stack([slope, -np.ones_like(slope)], axis=1)
    line = Line(film(normal), film(b - slope * shift), color="orange")
    points = np.stack([length, width], axis=1), None
    return Plane(
        points=points, lines=[line], bounds=(0.6, 7.4, -1.2, 3.4), title="petals of 150 irises",
        xlabel="length, cm", ylabel="width, cm",
    )  # fmt: skip


def _came_to(inputs: str, each: str, path: np.ndarray) -> Note:
    """Where the path ended, beside the answer of least squares."""
    X, d = petals(inputs)
    far = np.abs(path).max(axis=1) >= FAR
    if far.any() or error(X, d, path[-1]) > 1.5 * error(X, d, path[0]):
        step = int(np.argmax(far)) if far.any() else len(path) - 1
        return Note(f"It {diverged(step, _limit(X, each), what='far outside')}.", tone="bad")
    end = f"least squares: {_said(*least_squares(X, d))}."
    moments = tuple(f"{_after(k, each)}: {_said(*w)}; {end}" for k, w in enumerate(path))
    return Note(moments[-1], moments=moments)


def _said(w: float, b: float) -> str:
    w, b = round(w, 2) + 0.0, round(b, 2) + 0.0  # no minus before a nought
    return f"w = {w:.2f}, b = {b:.2f}".replace("-", "−")


def _after(step: int, each: str) -> str:
    """When it is, in words: "After 10 steps"."""
    epoch = " = 1 epoch" if each == "one example" and step == len(_measured()[0]) else ""
    return f"After {step} step{'s' * (step != 1)}{epoch}" if step else "Before the first step"


def _limit(X: np.ndarray, each: str) -> str:
    """Below which rate nothing can diverge: two by the largest curvature that a step can meet."""
    if each == "one example":  # the curvature of its own error is |x|^2; of the longest x
        return f"one example at a time is safe below 2/|x|² = {plain(2 / (X**2).sum(1).max(), 2)}"
    most = float(np.linalg.eigvalsh(X.T @ X / len(X))[-1])
    return f"all examples at once are stable below 2/{plain(most, 2)} = {plain(2 / most, 2)}"
