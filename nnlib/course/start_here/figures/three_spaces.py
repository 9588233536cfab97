"""The same last step, one straight line, in three spaces."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from nnlib.activations import identity
from nnlib.data import circles
from nnlib.layers import mlp, sequential, switch
from nnlib.live import Line, Note, Plane, choice, live, predict
from nnlib.losses import binary_cross_entropy
from nnlib.metrics import accuracy, predicted_labels
from nnlib.optim import adam
from nnlib.probe import boundary
from nnlib.train import fit

__all__ = ["features"]


def designed(X):
    """Features made by hand: the squares of both coordinates, (N, 2) -> (N, 2)."""
    return jnp.square(X)


RINGS = (-1.6, 1.6, -1.6, 1.6)
SPACES = {"the raw coordinates": "raw", "designed by hand": "designed", "learned": "learned"}


@jax.jit
def _rings(key: jax.Array, space: jax.Array) -> tuple:
    """The rings, what the last layer sees of them, that layer after training, its answers, and how many are right.

    space: which of the spaces, by number: so that one program learns in every one.
    """
    X, y = circles(key, 240, noise=0.07)
    *layers, last = mlp(key, 2, 8, 2, 1).layers
    seen = switch(space, identity, designed, sequential(*layers))
    model = fit(sequential(seen, last), (X, y), binary_cross_entropy, adam(0.03), 1500).model
    seen, last = model.layers
    return (X, y), seen(X), last, boundary(model, RINGS, 80), accuracy(predicted_labels(model(X)), y)


@live(
    space=choice(SPACES),
    guess=predict(
        "Two rings, one inside the other. A unit can draw one straight line through what it is given: the raw "
        "coordinates, features designed by hand (the squares of both), or features that two layers before it have "
        "learned. With which of these does it get every point right?",
        ["with the learned ones only", "with the designed and the learned ones", "with all three"],
        "with the designed and the learned ones",
        "no line separates two rings, but there are spaces in which they come apart, and a network can find one.",
    ),
)
def features(space):
    """The same last step, one straight line, in three spaces."""
    (X, y), seen, last, field, right = _rings(jax.random.key(1), list(SPACES.values()).index(space))
    return (
        Plane(field, (X, y), bounds=RINGS, title="what goes in", xlabel="x₁", ylabel="x₂"),
        Plane(
            None,
            (seen, y),
            lines=[Line(last.W[:, 0], last.b[0])],
            title="what the last unit sees",
            xlabel="feature 1",
            ylabel="feature 2",
        ),
        Note(f"{100 * right:.0f} % right"),
    )
