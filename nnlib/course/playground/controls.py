"""What can be moved on the playground: little at first sight, the rest under a word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import jax

from nnlib.course.optimizers.runners import FIRST_ORDER, KINDS
from nnlib.data import moons
from nnlib.live import choice, folded, history, log_slider, player, points, presets, row, slider, toggle
from nnlib.live.controls import Slider

from .net import ACTIVATIONS, FEATURES, INITS, WIDEST
from .run import EVERY
from .sets import TOYS

__all__ = ["KEPT", "LENGTHS", "OWN", "TABLE", "controls"]

OWN, TABLE = "my own points", "my table"
LENGTHS = {500: 25, 1000: 50, 2000: 100, 4000: 200}  # steps: moments
KEPT = ("data", "points", "noise", "rate", "optimizer", "loss", "batch", "l1", "l2", "dropout")  # may change on the way
LAYERS = 6
STRENGTHS = (0.0, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0)


def _layers() -> dict[str, Any]:
    kinds = [*ACTIVATIONS, "mine"]
    return {
        f"layer_{k}": row(k <= 2, label=f"layer {k}", units=slider(1, WIDEST, 6), activation=choice(kinds, "tanh"))
        for k in range(1, LAYERS + 1)
    }


def _features() -> dict[str, Any]:
    return {f"feature_{k}": toggle(k < 3, label=name) for k, name in enumerate(FEATURES, 1)}


def _strength(label: str, help: str = "") -> Slider:
    return Slider(stops=STRENGTHS, start=0.0, label=label, help=help)


def controls(known: dict[str, dict], **more: Any) -> dict[str, Any]:
    """All of the playground's controls, for `@live(**controls(...))`; known: the presets."""
    sizes = Slider(stops=(1, 2, 5, 10, 20, 50, 100, 150, 225, 300), start=300, label="batch size (300: all)")
    names = {KINDS[name].label: name for name in FIRST_ORDER}
    return {
        "known": presets(**known),
        "data": choice([*TOYS, OWN], "two moons"),
        "rate": log_slider(1e-4, 10.0, 0.03, per_decade=10, label="learning rate η"),
        "optimizer": choice(names, "adam"),
        "length": choice({f"{steps:,}": moments for steps, moments in LENGTHS.items()}, 50, label="steps in all"),
        "on_the_way": choice({"to the whole run": False, "from this step on": True}, label="what you change applies"),
        **folded("layers", **_layers()),
        **folded("data and features", noise=slider(0.0, 0.5, 0.1), **_features(), **more),
        **folded(
            "training",
            loss=choice(["cross-entropy", "squared error"]),
            batch=sizes,
            l1=_strength("L1 penalty"),
            l2=_strength("L2 penalty (weight decay)"),
            dropout=slider(0.0, 0.8, 0.0, step=0.1),
            init=choice(list(INITS), label="first weights"),
            seed=slider(0, 30, 0, label="their seed"),
        ),
        "points": replace(points(*moons(jax.random.key(0), 60, 0.1), most=300), label="my own points"),
        "history": history(KEPT, when="on_the_way"),
        "step": player(every=EVERY, fps=30),
    }  # fmt: skip
