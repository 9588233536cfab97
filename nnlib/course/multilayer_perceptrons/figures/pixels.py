"""Handwritten digits from their pixels: learning curves, first weights, and an analysis of the errors."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nnlib.course.common.surfaces import NOTHING
from nnlib.live import Curves, Images, Matrix, Note, presets
from nnlib.module import Array, Module
from nnlib.probe import predictions

__all__ = [
    "EPOCHS", "SORTS", "STEPS", "alike", "errors", "first_weights", "mistake_views", "pixel_views",
    "pixels_cases", "surest",
]  # fmt: skip

EPOCHS = 20
LEAST = 0.001  # where the axis of the shares of wrong answers ends
STEPS = EPOCHS * 17  # an epoch of 1,047 images has 17 batches of 64, the last of them of 23
SHOWN = 20  # pictures at most
SORTS = ("wrong, the surest first", "right, but hardly", "right, and sure")

pixels_cases = presets(
    too_small=dict(width=32, rate=0.0002, epochs=20, says="it is still on its way after 20 epochs"),
    good=dict(width=32, rate=0.01, epochs=15, says="few are wrong, of either kind"),
    too_large=dict(width=32, rate=0.5, epochs=15, says="it forgets as fast as it learns"),
    too_narrow=dict(width=2, rate=0.01, epochs=20, says="ten digits through two numbers"),
)


def errors(film: Module, X: Array, y: Array) -> np.ndarray:
    """The share of images that are read wrongly at each moment of a film: (T,)."""
    return np.asarray((predictions(film, X).argmax(-1) != y).mean(axis=-1))


# --- while it is still open which network it will be ------------------------------------------------------------


def pixel_views(film: Module, training: np.ndarray, validation: np.ndarray, width: int, epochs: int) -> tuple:
    """Both shares of errors by epoch, and what each hidden unit looks for after `epochs` of them."""
    shares = {"training": training, "validation": validation}
    shown = {name: np.maximum(share, NOTHING) for name, share in shares.items()}  # none wrong: it leaves the axis
    here = {f"_{name}": ([epochs], [max(share[epochs], LEAST)]) for name, share in shares.items()}
    colors = {"training": "blue", "validation": "orange", "_training": "blue", "_validation": "orange"}
    curves = Curves(
        **shown, **here, colors=colors, xlabel="epochs", xlim=(0, EPOCHS), ylim=(LEAST, 3), log=True,
        title="share of images read wrongly",
    )  # fmt: skip
    W = first_weights(film, width, epochs)
    wrong = (f"{100 * share[epochs]:.1f} %" for share in shares.values())
    said = "Wrong after {} epochs: {} of the training images, {} of the validation images."
    return curves, weights_view(W), Note(said.format(epochs, *wrong))


def first_weights(film: Module, width: int, epochs: int) -> np.ndarray:
    """The weights from the 64 pixels into each hidden unit after some epochs, (64, width)."""
    return np.asarray(film.layers[0].W[epochs, :, :width], float)


def alike(W: np.ndarray) -> float:
    """The correlation between the weights of pixels that are neighbours in a row, over all units: W (64, n)."""
    pictures = W.reshape(8, 8, -1)
    return float(np.corrcoef(pictures[:, :-1].ravel(), pictures[:, 1:].ravel())[0, 1])


def weights_view(W: np.ndarray) -> Images:
    """The weights into each hidden unit as a picture: (64, n), at most 20 of them."""
    pictures = W.T[:SHOWN].reshape(-1, 8, 8)
    return Images(pictures, scale="signed", says="weight", title="weights into the hidden units")


# --- when it is fixed --------------------------------------------------------------------------------------------


class Answers(NamedTuple):
    """Of test images: what the network says, how surely, and what is true; (N,) each."""

    said: np.ndarray
    sure: np.ndarray
    true: np.ndarray


def answers_of(model: Module, X: Array, y: Array) -> Answers:
    """What a network says of images, by softmax: the digit, and its probability."""
    z = np.asarray(model(X), float)
    p = np.exp(z - z.max(-1, keepdims=True))
    p /= p.sum(-1, keepdims=True)
    return Answers(p.argmax(-1), p.max(-1), np.asarray(y))


def surest(answers: Answers) -> dict[str, np.ndarray]:
    """Rows of the images: the wrong ones, the surest first; the right ones, the least sure first; and the surest."""
    wrong, right = (np.flatnonzero(which) for which in (answers.said != answers.true, answers.said == answers.true))
    by = zip(SORTS, (wrong, right, right), (-1, 1, -1), strict=True)
    return {name: rows[np.argsort(sign * answers.sure[rows], kind="stable")] for name, rows, sign in by}


def mistake_views(model: Module, test: tuple, which: str) -> tuple:
    """The confusion matrix of the test images, and some of them, with what was said."""
    answers = answers_of(model, *test)
    rows = surest(answers)[which]
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (answers.true, answers.said), 1)
    rights = answers.said == answers.true
    wrong = int((~rights).sum())
    note = Note(f"{wrong} of {len(rights)} test images are read wrongly.")
    return confusion_view(counts), pictures_view(np.asarray(test[0])[rows], answers, rows, which), note


def confusion_view(counts: np.ndarray) -> Matrix:
    """How often each digit (row) was read as each digit (column)."""
    digits = list("0123456789")
    off = counts - np.diag(np.diag(counts))
    says = [[_entry(i, j, int(counts[i, j]), int(counts[i].sum())) for j in range(10)] for i in range(10)]
    at = tuple(int(k) for k in np.unravel_index(off.argmax(), off.shape))
    return Matrix(counts, rows=digits, columns=digits, range=(-8, 8), digits=0, says=says, at=at,
                  title="true digit (row), read as (column)")  # fmt: skip


def _entry(i: int, j: int, count: int, of: int) -> str:
    return f"Of {of} images of the digit {i}, {count} {'was' if count == 1 else 'were'} read as {j}."


def pictures_view(images: np.ndarray, answers: Answers, rows: np.ndarray, title: str) -> Images:
    """At most 20 images, each with its true digit, what was said, and how surely."""
    said = [f"{answers.true[k]} → {answers.said[k]}, {100 * answers.sure[k]:.0f} %" for k in rows[:SHOWN]]
    return Images(images[:SHOWN].reshape(-1, 8, 8), said, says="ink", title=f"{title}; true → read as")
