"""Chapter 00's live pieces: parameters, features, a timeline, and how many examples it takes."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.course.setup import check_setup
from nnlib.course.syllabus import concept_index
from nnlib.course.timeline import IDEAS, TOOLS
from nnlib.data import circles, spirals
from nnlib.layers import Chain, chain, mlp
from nnlib.live import (
    Curves,
    Line,
    Matrix,
    Note,
    Path,
    Plane,
    Points,
    button,
    choice,
    live,
    log_slider,
    points,
    predict,
    slider,
)
from nnlib.losses import binary_cross_entropy
from nnlib.metrics import accuracy, predicted_labels
from nnlib.module import Module, buffer, replace
from nnlib.optim import adam
from nnlib.probe import boundary
from nnlib.train import fit

__all__ = [
    "architecture", "check_setup", "concept_index", "examples", "features", "one_point", "parameters", "sets",
    "timeline",
]  # fmt: skip

KEY = jax.random.key(0)
PLANE = (-2.0, 2.0, -2.0, 2.0)


SPIRALS = points(*spirals(KEY, 300)).value  # the very points of the opening picture, padded in the same way
STRAY = 220  # one of the orange points, in the middle of its arm


@jax.jit
def _right(model: Chain, X: jax.Array, y: jax.Array) -> jax.Array:
    """The share of the points that the model gets right."""
    return accuracy(predicted_labels(model(X)), y)


@live(guess=predict(
    "One point in the middle of the orange arm is painted blue (the one with the ring). Then the network learns from "
    "scratch. What will the border do?",
    ["ignore the one odd point", "make an exception just for it", "fall apart: the spiral is lost"],
    "make an exception just for it",
    "337 numbers are plenty for the spiral and one exception; nobody told the network that the point is a mistake.",
))  # fmt: skip
def one_point():
    """What one mislabelled point does to the border."""
    y = SPIRALS.y.copy()
    y[STRAY] = 0
    data = Points(SPIRALS.x, y)
    run = fit(mlp(KEY, 2, 16, 16, 1), data.padded(400), binary_cross_entropy, adam(0.03), 1000)
    field, right = boundary(run.model, PLANE, 120), _right(run.model, data.x, data.y)
    return Plane(field, (data.x, data.y), bounds=PLANE, ring=[STRAY]), Note(f"{100 * right:.0f} % right")


@live(units=slider(1, 16, 4, label="units in a hidden layer"))
def architecture(units):
    """The units of a network as circles, its weights as lines; and how many numbers that makes."""
    widths = (2, units, units, 1)
    places = [[(layer, 2 * (row + 0.5) / n) for row in range(n)] for layer, n in enumerate(widths)]
    lines = [Path([a, b], color="grey") for left, right in pairwise(places) for a in left for b in right]
    names = ("x₁, x₂", "hidden layer 1", "hidden layer 2", "answer")
    labels = [(layer - 0.3, -0.2, name) for layer, name in enumerate(names)]
    dots = [place for layer in places for place in layer]
    sums = [f"{a}·{b} weights + {b} biases" for a, b in pairwise(widths)]
    count = sum(a * b + b for a, b in pairwise(widths))
    return (
        Plane(
            points=(dots, [int(layer == 3) for layer, _ in dots]),
            paths=lines,
            labels=labels,
            bounds=(-0.4, 3.5, -0.4, 2.1),
        ),
        [Note("\n".join([*sums, f"together {count} numbers"]), title=f"2-{units}-{units}-1")],
    )


@jax.jit
def _drawn(key: jax.Array) -> Chain:
    """The network of section 1 with random numbers, larger than training would like them: more to be seen."""
    return mlp(key, 2, 16, 16, 1, init=lambda key, shape: 1.5 * jax.random.normal(key, shape) / shape[0] ** 0.5)


@live(numbers=choice(["drawn at random", "learned"]), draw=button("other random numbers"))
def parameters(numbers, draw):
    """One architecture, many parameters: what the same network computes with other numbers in it."""
    model, (X, y) = _drawn(jax.random.key(draw)), SPIRALS
    if numbers == "learned":
        model = fit(model, SPIRALS.padded(400), binary_cross_entropy, adam(0.03), 1000).model
    count = sum(array.size for array in jax.tree.leaves(model))
    right = _right(model, X, y)
    weights = Matrix(model.layers[2].W, range=(-2, 2), digits=1, title="256 of its numbers (blue: negative)")
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
    angle = np.linspace(0, 2 * np.pi, 120)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    paths = [Path(np.array(centre) + radius * circle, color="grey") for centre, radius in SETS.values()]
    labels = [(x - 0.04 - 0.015 * len(name), y + 0.7 * radius, name) for name, ((x, y), radius) in SETS.items()]
    place, says = THINGS[thing]
    plane = Plane(points=([place], [1]), paths=paths, labels=labels, bounds=(-1.1, 1.1, -1.1, 1.1), ring=[0])
    return plane, [Note(says, title=thing)]


def designed(X):
    """Features made by hand: the squares of both coordinates, (N, 2) -> (N, 2)."""
    return jnp.square(X)


RINGS = (-1.6, 1.6, -1.6, 1.6)
SPACES = {"the raw coordinates": "raw", "designed by hand": "designed", "learned": "learned"}


class Seen(Module):
    """What the last unit is given: the coordinates, their squares, or what two layers have made of them.

    All three are computed and `chosen`, a 1 among zeros, picks one: so that one program learns in every space.
    """

    layers: Chain
    chosen: jax.Array = buffer()

    def __call__(self, X):
        return jnp.tensordot(self.chosen, jnp.stack([X, designed(X), self.layers(X)]), 1)  # (3,), (3, N, 2) -> (N, 2)


@jax.jit
def _rings(key: jax.Array, chosen: jax.Array) -> tuple:
    """The rings, what the last layer sees of them, that layer after training, its answers, and how many are right."""
    X, y = circles(key, 240, noise=0.07)
    *layers, last = mlp(key, 2, 8, 2, 1).layers
    model = fit(chain(Seen(chain(*layers), chosen), last), (X, y), binary_cross_entropy, adam(0.03), 1500).model
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
    chosen = np.float32([space == one for one in SPACES.values()])
    (X, y), seen, last, field, right = _rings(jax.random.key(1), chosen)
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


FIRST, LAST = 1940, 2024
EVENTS = sorted((*IDEAS, *TOOLS))


@cache
def _rows() -> dict[tuple, int]:
    """A row for every event, ideas above and tools below, so that no name runs into the next dot."""
    free: dict[int, float] = {}  # row -> the year from which on it is free
    rows = {}
    for event in EVENTS:
        candidates = range(0, 30) if event in TOOLS else range(30, 60)
        rows[event] = next(row for row in candidates if free.get(row, 0) <= event[0])
        free[rows[event]] = event[0] + 2.6 + 0.78 * len(event[1])
    gap = 30 - max(row for row in rows.values() if row < 30) - 3
    return {event: row - gap if row >= 30 else row for event, row in rows.items()}


@live(year=slider(1943, 2024, 2012))
def timeline(year):
    """All years at once; the line marks the chosen one, rings mark what was new then or last before."""
    rows = _rows()
    height = 2.0 * (max(rows.values()) + 2)
    places = [(event[0], 2.0 * rows[event] + 2) for event in EVENTS]
    latest = max(event[0] for event in EVENTS if event[0] <= year)
    ring = [i for i, event in enumerate(EVENTS) if event[0] == latest]
    return (
        (
            Plane(
                points=(places, [int(event in TOOLS) for event in EVENTS]),
                labels=[(*place, event[1]) for place, event in zip(places, EVENTS, strict=True)],
                lines=[Line([1.0, 0.0], -float(year), color="grey")],
                bounds=(FIRST, LAST + 14, 0, height),
                ring=ring,
                axes="x",
                title="ideas (blue squares) and tools (orange circles)",
            ),
            Note("\n".join(f"{EVENTS[i][1]}: {EVENTS[i][2]}" for i in ring), title=str(latest)),
        ),
    )


SIZES = (10, 20, 50, 100, 200, 400)
TEST = spirals(jax.random.key(99), 1000)


WIDTHS, MOST = (2, 8, 32), 32
DRAWS = 3  # every point of the curves is the mean over so many data sets and starts


@jax.jit
def _network(key: jax.Array, units: int | jax.Array) -> Chain:
    """Two layers of 32 units, of which only `units` are switched on: so one program serves every width.

    A unit whose weights are 0 on both sides gets a gradient of 0, and stays switched off.
    """
    first, act, second, last = (model := mlp(key, 2, MOST, MOST, 1)).layers[:3] + model.layers[4:]
    on = (jnp.arange(MOST) < units).astype(float)
    layers = (replace(first, W=first.W * on), act, replace(second, W=second.W * on * on[:, None]), act)
    return Chain((*layers, replace(last, W=last.W * on[:, None])))


@jax.jit
def _shuffled(key: jax.Array) -> tuple[jax.Array, jax.Array]:
    """As many points of the spirals as the largest size, in random order."""
    X, y = spirals(key, max(SIZES))
    order = jax.random.permutation(key, max(SIZES))
    return X[order], y[order]


@jax.jit
def _learn(model: Chain, X: jax.Array, y: jax.Array, size: int | jax.Array) -> Chain:
    """The model trained on the first `size` points; the others have weight 0, so one program serves every size."""
    weights = (jnp.arange(len(y)) < size).astype(float)
    return fit(model, (X, y, weights), binary_cross_entropy, adam(0.03), 300).model


@cache
def _scores() -> np.ndarray:
    """Accuracy on new points for each of WIDTHS and SIZES, (3, 6): 54 networks, trained in one call."""
    keys = jax.random.split(jax.random.key(7), DRAWS)
    draws = [_shuffled(key) for key in keys]
    runs = [(_network(k, w), *d, n) for w in WIDTHS for n in SIZES for k, d in zip(keys, draws, strict=True)]
    stacked = jax.tree.map(lambda *leaves: np.stack(leaves), *runs)  # every leaf (54, ...)
    right = jax.jit(jax.vmap(lambda *run: _right(_learn(*run), *TEST)))(*stacked)
    return np.asarray(right).reshape(len(WIDTHS), len(SIZES), DRAWS).mean(axis=-1)


@live(examples=log_slider(10, 400, 50), units=slider(1, 32, 8, label="units in a layer"))
def examples(examples, units):
    """More data and a larger network: accuracy on a thousand new points, and the boundary for one size."""
    X, y = map(np.asarray, _shuffled(jax.random.key(5)))  # in NumPy, to be cut at any size
    model = _learn(_network(KEY, units), X, y, examples)
    right, shown = 100 * _right(model, *TEST), slice(int(examples))
    curves = {f"{width} units": (SIZES, 100 * row) for width, row in zip(WIDTHS, _scores(), strict=True)}
    return (
        Plane(boundary(model, PLANE, 80), (X[shown], y[shown]), bounds=PLANE),
        Curves(
            **curves,
            this_network=([examples], [right]),
            thin=curves,
            title="% right on new points (lines: mean of three networks)",
            xlabel="examples",
            ylim=(40, 100),
            logx=True,
        ),
        Note(f"{right:.0f} % of new points right"),
    )
