"""The optimizers on offer, each with its colour, its mark and what can be moved of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from nnlib import optim
from nnlib.live import log_slider, row, slider
from nnlib.live.rows import Row
from nnlib.module import Module

__all__ = ["FIRST_ORDER", "KINDS", "OWN", "START", "Kind", "chosen", "make", "rows"]


class Kind(NamedTuple):
    """An optimizer on offer: how it is called and drawn, made from its numbers, and what can be moved."""

    label: str
    color: str
    mark: str
    make: Callable
    numbers: Mapping[str, Any]


def rate(start: float):
    return log_slider(1e-3, 10.0, start, per_decade=20, label="η")


KINDS = {
    "sgd": Kind("Gradient descent", "grey", "circle", lambda rate: optim.sgd(rate), {"rate": rate(0.05)}),
    "momentum": Kind(
        "Momentum", "blue", "square", lambda rate, a: optim.momentum(rate, a),
        {"rate": rate(0.02), "a": slider(0.0, 0.99, 0.9)},
    ),
    "nesterov": Kind(
        "Nesterov", "teal", "diamond", lambda rate, a: optim.nesterov(rate, a),
        {"rate": rate(0.02), "a": slider(0.0, 0.99, 0.9)},
    ),
    "adagrad": Kind(
        "AdaGrad", "olive", "triangle", lambda rate, eps=1e-8: optim.adagrad(rate, eps), {"rate": rate(0.5)}
    ),
    "rmsprop": Kind(
        "RMSProp", "purple", "down", lambda rate, b: optim.rmsprop(rate, b),
        {"rate": rate(0.02), "b": slider(0.0, 0.999, 0.9)},
    ),
    "adam": Kind(
        "Adam", "orange", "star", lambda rate, a, b: optim.adam(rate, a, b),
        {"rate": rate(0.1), "a": slider(0.0, 0.99, 0.9), "b": slider(0.0, 0.999, 0.999)},
    ),
    "newton": Kind(
        "Newton", "rose", "cross", lambda rate, damping: optim.newton(damping, rate),
        {"rate": rate(1.0), "damping": slider(0.0, 10.0, 0.0)},
    ),
}  # fmt: skip
OWN = Kind("Yours", "ink", "plus", lambda own: own, {})
START = {name: {key: control.value for key, control in kind.numbers.items()} for name, kind in KINDS.items()}
FIRST_ORDER = tuple(name for name in KINDS if name != "newton")


def rows(*on: str) -> dict[str, Row]:
    """A line of controls for every kind; those named in `on` are switched on."""
    return {name: row(name in on, label=kind.label, color=kind.color, **kind.numbers) for name, kind in KINDS.items()}


def make(name: str, **numbers: float) -> Any:
    """The optimizer of that name with these numbers: `make("momentum", rate=0.02, a=0.9)`."""
    return KINDS[name].make(**numbers)


def chosen(number: Any, numbers: Mapping[str, Any], among: tuple[str, ...] = FIRST_ORDER) -> Module:
    """The optimizer of that number among these, with these numbers: all of them are in one program."""
    given = {name: START[name] | {key: numbers[key] for key in START[name] if key in numbers} for name in among}
    return optim.one_of(number, *(make(name, **given[name]) for name in among))
