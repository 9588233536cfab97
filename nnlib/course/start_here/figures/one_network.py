"""Chapter 00's network that learns the spirals: one odd point, and one architecture with other numbers in it."""

from __future__ import annotations

import jax

from nnlib.data import spirals
from nnlib.layers import Sequential, mlp
from nnlib.live import Matrix, Note, Plane, Points, button, choice, live, points, predict
from nnlib.losses import binary_cross_entropy
from nnlib.metrics import accuracy, predicted_labels
from nnlib.optim import adam
from nnlib.probe import boundary
from nnlib.train import fit

__all__ = ["one_point", "parameters"]

KEY = jax.random.key(0)
PLANE = (-2.0, 2.0, -2.0, 2.0)

SPIRALS = points(*spirals(KEY, 300)).value  # the very points of the opening picture, padded in the same way
STRAY = 220  # one of the orange points, in the middle of its arm


@jax.jit
def share_right(model: Sequential, X: jax.Array, y: jax.Array) -> jax.Array:
    """The share of the points that the model gets right."""
    return accuracy(predicted_labels(model(X)), y)


@live(guess=predict(
    "One point in the middle of the orange arm is painted blue. Then the network learns from scratch. What will the "
    "border do?",
    ["pass the one odd point by", "reach out to it", "fall apart: the spiral is lost"],
    "reach out to it",
    "Look at the ring: the blue comes up to it, through the orange arm. 337 numbers are plenty for the spiral and one "
    "exception, and nobody told the network that the point is a mistake.",
))  # fmt: skip
def one_point():
    """What one mislabelled point does to the border."""
    y = SPIRALS.y.copy()
    y[STRAY] = 0
    data = Points(SPIRALS.x, y)
    run = fit(mlp(KEY, 2, 16, 16, 1), data.padded(400), binary_cross_entropy, adam(0.03), 1000)
    field, right = boundary(run.model, PLANE, 120), share_right(run.model, data.x, data.y)
    return Plane(field, (data.x, data.y), bounds=PLANE, ring=[STRAY]), Note(f"{100 * right:.0f} % right")


@jax.jit
def _drawn(key: jax.Array) -> Sequential:
    """The network of section 1 with random numbers, larger than training would like them: more to be seen."""
    return mlp(key, 2, 16, 16, 1, init=lambda key, shape: 1.5 * jax.random.normal(key, shape) / shape[0] ** 0.5)


@live(numbers=choice(["drawn at random", "learned"]), draw=button("other random numbers"))
def parameters(numbers, draw):
    """One architecture, many parameters: what the same network computes with other numbers in it."""
    model, (X, y) = _drawn(jax.random.key(draw)), SPIRALS
    if numbers == "learned":
        model = fit(model, SPIRALS.padded(400), binary_cross_entropy, adam(0.03), 1000).model
    count = sum(array.size for array in jax.tree.leaves(model))
    right = share_right(model, X, y)
    weights = Matrix(model.layers[2].W, range=(-2, 2), digits=1, title="256 of its numbers (blue: negative)")
    return (
        Plane(boundary(model, PLANE, 80), (X, y), bounds=PLANE, title="the function"),
        weights,
        Note(f"{count} numbers"),
        Note(f"{100 * right:.0f} % right"),
    )
