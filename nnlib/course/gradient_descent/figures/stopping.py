"""When to stop: a network that learns too much from 60 patients, and two rules that end it."""

from __future__ import annotations

from functools import cache, partial

import jax
import numpy as np

from nnlib.data import diabetes, train_test_split, z_score
from nnlib.layers import mlp
from nnlib.live import Curves, Note
from nnlib.live.numbers import plain
from nnlib.losses import squared_error
from nnlib.module import Module
from nnlib.optim import sgd
from nnlib.train import fit

__all__ = ["overfitting", "stopping_views"]

CHECKS, EVERY, RATE = 200, 3, 0.03
FRAME = (0.1, 1.0)  # of the losses; the very first lie above it, so that the turn is seen


@cache
def overfitting(batch: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """The mean loss on 60 patients, and on the other 382, (201,) each: before training, and then every third step.

    A network 10-32-1 and all ten measurements; it is asked how far the disease went, in standard deviations.
    batch: how many patients a step, all if None.
    """
    table = diabetes(None)
    d = (table.y - table.y.mean()) / table.y.std()
    data, other = train_test_split(jax.random.key(0), z_score(table.X)(table.X), d[:, None], test=382 / 442)
    net = mlp(jax.random.key(1), 10, 32, 1)
    run = fit(net, data, squared_error, sgd(RATE), EVERY * CHECKS, frames=CHECKS + 1, batch=batch,
              key=jax.random.key(2), valid=other)  # fmt: skip
    return np.asarray(_losses(run.film, *data), float), np.asarray(run.valid_losses, float)


@jax.jit
@partial(jax.vmap, in_axes=(0, None, None))
def _losses(model: Module, X: jax.Array, d: jax.Array) -> jax.Array:
    """The mean loss of every model of a film."""
    return squared_error(model(X), d).mean()


def stopping_views(train: np.ndarray, valid: np.ndarray, calm: int | None, tired: int | None, best: int) -> tuple:
    """Both curves, where each rule stops (None: not at all), and what that model's validation loss is.

    calm: the check at which the training loss changed by less than epsilon.  tired: the one at which patience ended,
    best: the one whose model patience keeps.
    """
    checks = np.arange(len(train))
    lines = {name: (at, top) for name, at, top in (("ε", calm, 0.97), ("patience", tired, 0.87)) if at is not None}
    stops = {name: ([at, at], [FRAME[0], top]) for name, (at, top) in lines.items()}  # the name stands at the upper end
    kept = {"_kept": ([best], [valid[best]])}
    colors = {"training": "blue", "validation": "orange", "ε": "purple", "patience": "teal", "_kept": "teal"}
    curves = Curves(
        training=(checks, train), validation=(checks, valid), **stops, **kept, colors=colors,
        marks={"_kept": "diamond"}, thin=tuple(stops), xlim=(0, checks[-1]), ylim=FRAME, xlabel="checks",
        title=f"mean squared error, checked every {EVERY} steps",
    )  # fmt: skip
    return curves, _on_change(calm, valid), _on_patience(tired, best, valid)


def _on_change(calm: int | None, valid: np.ndarray) -> Note:
    when = (
        f"never stops; at the last check, {len(valid) - 1}, validation is"
        if calm is None
        else f"stops at check {calm}, validation"
    )
    return Note(f"ε (purple): {when} {plain(valid[-1 if calm is None else calm], 3)}.")


def _on_patience(tired: int | None, best: int, valid: np.ndarray) -> Note:
    when = "never runs out" if tired is None else f"stops at check {tired}"
    missed = f"the best was {plain(valid.min(), 3)} at check {int(valid.argmin())}"
    than = missed if valid[best] > valid.min() else "the best of all"
    return Note(f"Patience (teal): {when}, keeps check {best}, validation {plain(valid[best], 3)}; {than}.")
