"""What can be moved on the playground: little at first sight, the rest under a word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from nnlib.course.common.optimizers import FIRST_ORDER, KINDS
from nnlib.live import choice, folded, history, log_slider, pasted, player, points, presets, row, slider, toggle
from nnlib.live.controls import Slider
from nnlib.live.rows import Row

from .net import ACTIVATIONS, FEATURES, INITS, WIDEST
from .run import EVERY
from .sets import ROOM, TOYS

__all__ = ["KEPT", "KNOWN", "LENGTHS", "OWN", "START", "TABLE", "playground_controls"]

OWN, TABLE = "my own points", "my table"
LENGTHS = {500: 25, 1000: 50, 2000: 100, 4000: 200}  # steps: moments
KEPT = (
    "data",
    "points",
    "table",
    "noise",
    "rate",
    "optimizer",
    "loss",
    "batch",
    "l1",
    "l2",
    "dropout",
)  # may change on the way
LAYERS = 6
# Centimetres, of every fifth flower in two kinds of Fisher's iris data (1936).
PETALS = {
    "versicolor": "4.7 1.4, 4.5 1.3, 3.5 1.0, 4.4 1.4, 4.8 1.8, 4.4 1.4, 3.8 1.1, 4.5 1.6, 4.4 1.2, 4.2 1.2",
    "virginica": "6.0 2.5, 6.6 2.1, 5.1 2.0, 5.3 2.3, 5.7 2.3, 6.0 1.8, 6.1 1.9, 6.1 2.3, 5.6 2.4, 5.2 2.3",
}
STRENGTHS = (0.0, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0)


def _layers() -> dict[str, Any]:
    kinds = [*ACTIVATIONS, "mine"]
    return {
        f"layer_{k}": row(k == 1, label=f"layer {k}", units=slider(1, WIDEST, 4), activation=choice(kinds, "tanh"))
        for k in range(1, LAYERS + 1)
    }


def _features() -> dict[str, Any]:
    return {f"feature_{k}": toggle(k < 3, label=name) for k, name in enumerate(FEATURES, 1)}


BASE = {
    "data": "spirals", "noise": 0.1, "rate": 0.03, "optimizer": "adam", "loss": "cross-entropy", "batch": 300,
    "l1": 0.0, "l2": 0.0, "dropout": 0.0, "init": "Glorot", "seed": 0, "length": 50,
}  # fmt: skip


def known(layers: str, says: str, features: tuple[str, ...] = FEATURES[:2], **other: Any) -> dict[str, Any]:
    """A whole setting. layers: "8 tanh, 4 relu", or nothing."""
    made = [part.split() for part in layers.split(", ") if part]
    rows = {f"layer_{k}": None for k in range(1, LAYERS + 1)}
    rows |= {f"layer_{k}": {"units": int(n), "activation": kind} for k, (n, kind) in enumerate(made, 1)}
    chosen = {f"feature_{k}": name in features for k, name in enumerate(FEATURES, 1)}
    return BASE | rows | chosen | other | {"says": says}


KNOWN = {
    "a line will do": known("", "two clouds: no hidden layer is needed", data="two clouds", noise=0.3),
    "squares": known("", "no hidden layer, but squares to choose from", FEATURES[2:4], data="circles", rate=0.1),
    "one layer of three": known("3 tanh", "three lines close a ring; two could not", data="circles", length=100),
    "all zero": known("8 tanh, 8 tanh", "no gradient passes weights of 0: nothing moves", init="all zero"),
    "six sigmoids": known("4 sigmoid, " * 5 + "4 sigmoid", "hardly any gradient comes through",
                          optimizer="sgd", rate=0.1),
    "too fast": known("8 tanh, 8 tanh", "the first leaps end where tanh is flat, and there it stays", rate=3.0),
    "by heart": known("8 relu, 8 relu, 8 relu", "the test loss turns up: it learns the noise", data="two moons",
                      noise=0.4, length=200, rate=0.02),
    "held back": known("8 relu, 8 relu, 8 relu", "a penalty keeps the weights small, and the test loss down",
                       data="two moons", noise=0.4, length=200, rate=0.02, l2=0.003),
}  # fmt: skip


def _strength(label: str, help: str = "") -> Slider:
    return Slider(stops=STRENGTHS, start=0.0, label=label, help=help)


def playground_controls(**data: Any) -> dict[str, Any]:
    """All of the playground's controls, for `@live(**playground_controls())`; data: more of them for the data."""
    here = choice({"to the whole run": False, "from this step on": True}, label="what you move applies",
                  same="it says to which steps the next movement applies")  # fmt: skip
    shown = choice(["training", "test"], label="points in the picture",
                   help="Your own are all there, those of the test in rings.")  # fmt: skip
    own = replace(points(*_half_circles(), most=ROOM), label=OWN, needs={"data": OWN})
    return {
        "known": presets(**KNOWN),
        "data": choice([*TOYS, OWN, TABLE], "spirals"),
        "rate": log_slider(1e-4, 10.0, 0.03, label="learning rate η"),
        "optimizer": choice({KINDS[name].label: name for name in FIRST_ORDER}, "adam"),
        "on_the_way": here,
        "table": pasted(_petals(), label=TABLE, help="Two numbers and a class in each row.", needs={"data": TABLE}),
        **folded("layers", **_layers()),
        **folded("data and features", noise=slider(0.0, 0.5, 0.1), **data, shown=shown, **_features()),
        **folded("training", **_training()),
        "points": own,
        "history": history(KEPT, when="on_the_way", besides=("shown",)),
        "step": player(every=EVERY, fps=40, label="step"),
    }


def _half_circles() -> tuple[np.ndarray, np.ndarray]:
    """The points that a learner finds to begin with: two half circles, thirty points each."""
    angle, draw = np.linspace(0, np.pi, 30), np.random.default_rng(0)
    upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], axis=1)
    X = np.concatenate([upper, -upper]) + 0.1 * draw.normal(size=(60, 2))
    return X, np.repeat([0, 1], 30)


def _petals() -> str:
    """The table that a learner finds to begin with."""
    rows = [f"{pair.replace(' ', ', ')}, {kind}" for kind, pairs in PETALS.items() for pair in pairs.split(", ")]
    return "\n".join(["petal length, petal width, kind", *rows])


def _training() -> dict[str, Any]:
    sizes = Slider(stops=(1, 2, 5, 10, 20, 50, 100, 150, 225, ROOM), start=ROOM, label=f"batch size ({ROOM}: all)")
    return {
        "length": choice({f"{steps:,}": moments for steps, moments in LENGTHS.items()}, 50, label="steps in all"),
        "loss": choice(["cross-entropy", "squared error"]),
        "batch": sizes,
        "l1": _strength("L1 penalty"),
        "l2": _strength("L2 penalty (weight decay)"),
        "dropout": slider(0.0, 0.8, 0.0, step=0.1),
        "init": choice(list(INITS), label="first weights"),
        "seed": slider(0, 30, 0, label="their seed"),
    }


def _start() -> dict[str, Any]:
    """The settings with which the playground begins, as its function has them."""
    found = {}
    for name, one in playground_controls().items():
        if isinstance(one, Row):
            found[name] = {part: control.value for part, control in one.parts.items()} if one.on else None
        elif name not in ("history", "known", "step"):
            found[name] = one.value
    return found


START = _start()
