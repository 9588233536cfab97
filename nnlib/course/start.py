"""Chapter 00's live pieces: parameters, features, a timeline, and how many examples it takes."""

from __future__ import annotations

from functools import partial
from itertools import cycle

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.course.setup import check_setup
from nnlib.course.syllabus import concept_index
from nnlib.course.timeline import IDEAS, TOOLS
from nnlib.data import circles, spirals
from nnlib.layers import chain, mlp
from nnlib.live import Curves, Line, Matrix, Note, Path, Plane, button, choice, live, log_slider, predict, slider
from nnlib.losses import binary_cross_entropy
from nnlib.metrics import accuracy, predicted_labels
from nnlib.optim import adam
from nnlib.probe import boundary
from nnlib.train import fit

__all__ = ["check_setup", "concept_index", "examples", "features", "parameters", "sets", "timeline", "too_large"]

KEY = jax.random.key(0)
PLANE = (-2.0, 2.0, -2.0, 2.0)


@live(guess=predict(
    "The good rate was 0.03. Now the same network takes steps a hundred times as large, with the rate 3. "
    "After 1000 steps, its loss is ...",
    ["far lower: it learns a hundred times as fast", "about as low", "hardly lower than at the start"],
    "hardly lower than at the start",
    "every step jumps past the place where it should have landed, so the weights are flung about and never settle.",
))  # fmt: skip
def too_large():
    """The loss at the learning rates 0.03 and 3 on the same data."""
    X, y = spirals(KEY, 300)
    runs = {rate: fit(mlp(KEY, 2, 16, 16, 1), (X, y), binary_cross_entropy, adam(rate), 1000) for rate in (0.03, 3.0)}
    field = boundary(runs[3.0].model, PLANE, 80)
    losses = {"rate 3": runs[3.0].losses, "rate 0.03": runs[0.03].losses}
    return Plane(field, (X, y), bounds=PLANE), Curves(
        **losses, thin=["rate 0.03"], title="loss", xlabel="step", ylim=(0, 3)
    )


@live(numbers=choice(["drawn at random", "learned"]), draw=button("other random numbers"))
def parameters(numbers, draw):
    """One architecture, many parameters: what the same network computes with other numbers in it."""
    key, (X, y) = jax.random.key(draw), spirals(KEY, 300)
    model = mlp(key, 2, 16, 16, 1, init=lambda key, shape: 1.5 * jax.random.normal(key, shape) / shape[0] ** 0.5)
    if numbers == "learned":
        model = fit(model, (X, y), binary_cross_entropy, adam(0.03), 1000).model
    count = sum(array.size for array in jax.tree.leaves(model))
    right = accuracy(predicted_labels(model(X)), y)
    weights = Matrix(model.layers[2].W, range=(-2, 2), digits=1, title="256 of its numbers, from layer 1 to layer 2")
    return (
        Plane(boundary(model, PLANE, 80), (X, y), bounds=PLANE, title="the function"),
        weights,
        Note(f"{count} numbers"),
        Note(f"{100 * right:.0f} % right"),
    )


SETS = {  # name: centre, radius
    "artificial intelligence": ((0.0, 0.0), 1.0),
    "machine learning": ((0.18, -0.1), 0.7),
    "deep learning": ((0.34, -0.18), 0.4),
}
THINGS = {  # name: place, why there
    "a chess program made of written rules": (
        (-0.72, 0.3),
        "Intelligent behaviour, but nothing is learned: every rule is a person's.",
    ),
    "Samuel's checkers, 1959": (
        (-0.25, 0.1),
        "It learns by playing how much each feature counts; the features themselves are Samuel's.",
    ),
    "a line fitted to house prices": (
        (0.0, -0.55),
        "The slope comes from examples; what to measure of a house, a person decides.",
    ),
    "the network that learned the spirals": (
        (0.3, -0.32),
        "It finds its own features, layer by layer, from the raw coordinates.",
    ),
    "AlphaZero, 2017": ((0.45, -0.05), "It is given the bare board and the rules, and learns what to look for."),
}


@live(thing=choice(list(THINGS), "the network that learned the spirals"))
def sets(thing):
    """Three sets, one inside the other, and where a thing belongs."""
    angle = jnp.linspace(0, 2 * jnp.pi, 120)
    circle = jnp.stack([jnp.cos(angle), jnp.sin(angle)], axis=-1)
    paths = [Path(jnp.array(centre) + radius * circle, color="grey") for centre, radius in SETS.values()]
    labels = [(x - 0.04 - 0.015 * len(name), y + 0.7 * radius, name) for name, ((x, y), radius) in SETS.items()]
    place, says = THINGS[thing]
    plane = Plane(points=([place], [1]), paths=paths, labels=labels, bounds=(-1.1, 1.1, -1.1, 1.1), ring=[0])
    return plane, [Note(says, title=thing)]


def designed(X):
    """Features made by hand: the squares of both coordinates, (N, 2) -> (N, 2)."""
    return jnp.square(X)


@live(space=choice({"the raw coordinates": "raw", "designed by hand": "designed", "learned": "learned"}))
def features(space):
    """The same last step, one straight line, in three spaces."""
    X, y = circles(jax.random.key(4), 240)
    widths = (2, 8, 2, 1) if space == "learned" else (2, 1)
    see = designed if space == "designed" else lambda X: X
    model = fit(mlp(jax.random.key(1), *widths), (see(X), y), binary_cross_entropy, adam(0.03), 1500).model
    represent, last = chain(see, *model.layers[:-1]), model.layers[-1]
    right = accuracy(predicted_labels(last(represent(X))), y)
    field = boundary(lambda X: last(represent(X)), (-1.6, 1.6, -1.6, 1.6), 80)
    line = Line(last.W[:, 0], last.b[0])
    return (
        Plane(field, (X, y), bounds=(-1.6, 1.6, -1.6, 1.6), title="what goes in", xlabel="x₁", ylabel="x₂"),
        Plane(
            None,
            (represent(X), y),
            lines=[line],
            title="what the last unit sees",
            xlabel="feature 1",
            ylabel="feature 2",
        ),
        Note(f"{100 * right:.0f} % right"),
    )


@live(year=slider(1943, 2019, 2012))
def timeline(year):
    """Twenty years around the chosen one: ideas above, tools below."""
    left, right = year - 11, year + 11
    shown = [event for event in sorted((*IDEAS, *TOOLS)) if left < event[0] < right]
    heights = _stagger(shown)
    places = [(event[0], height) for event, height in zip(shown, heights, strict=True)]
    points = np.reshape(places, (-1, 2)), [int(event in TOOLS) for event in shown]
    labels = [(*place, event[1]) for place, event in zip(places, shown, strict=True)]
    latest = max((when for when, *_ in (*IDEAS, *TOOLS) if when <= year), default=None)
    says = "\n".join(f"{name}: {text}" for when, name, text in (*IDEAS, *TOOLS) if when == latest)
    now = Line([1.0, 0.0], -float(year), color="grey")
    title = "ideas (blue squares) and tools (orange circles)"
    plane = Plane(points=points, labels=labels, lines=[now], bounds=(left, right, 0, 8), axes="x", title=title)
    return ((plane, Note(says, title=str(latest))),)


def _stagger(events: list[tuple]) -> list[float]:
    """A height for every event, ideas above the middle and tools below, neighbours apart."""
    ideas, tools = cycle([7.4, 6.6, 5.8, 5.0, 4.2]), cycle([2.6, 1.8, 1.0])
    return [next(tools if event in TOOLS else ideas) for event in events]


SIZES = (10, 20, 50, 100, 200, 400)
TEST = spirals(jax.random.key(99), 1000)


@partial(jax.jit, static_argnames="units")
def _scores(units: int) -> jax.Array:
    """Test accuracy for each of SIZES, the mean over four draws: (6,)."""

    def score(key, size):
        X, y = spirals(key, max(SIZES))
        order = jax.random.permutation(key, max(SIZES))
        weights = (jnp.arange(max(SIZES)) < size).astype(float)
        model = fit(
            mlp(key, 2, units, units, 1), (X[order], y[order], weights), binary_cross_entropy, adam(0.03), 300
        ).model
        return accuracy(predicted_labels(model(TEST[0])), TEST[1])

    keys = jax.random.split(jax.random.key(7), 4)
    return jnp.mean(jax.vmap(lambda n: jax.vmap(lambda k: score(k, n))(keys))(jnp.array(SIZES)), axis=1)


@live(examples=log_slider(10, 400, 50), units=choice([2, 8, 32], 8, label="units in a layer"))
def examples(examples, units):
    """More data and a larger network: accuracy on a thousand new points, and the boundary for one size."""
    X, y = spirals(jax.random.key(5), 400)
    order = jax.random.permutation(jax.random.key(6), 400)
    weights = (jnp.arange(400) < examples).astype(float)
    model = fit(
        mlp(KEY, 2, units, units, 1), (X[order], y[order], weights), binary_cross_entropy, adam(0.03), 300
    ).model
    right = accuracy(predicted_labels(model(TEST[0])), TEST[1])
    shown = order[: int(examples)]
    curves = {f"{n} units": (jnp.array(SIZES), _scores(n)) for n in (2, 8, 32)}
    return (
        Plane(boundary(model, PLANE, 80), (X[shown], y[shown]), bounds=PLANE),
        Curves(**curves, title="right on new points", xlabel="examples", ylim=(0.4, 1), logx=True),
        Note(f"{100 * right:.0f} % of new points right"),
    )
