"""Small changes: the chain rule as rates, how many passes a Jacobian takes, and differences of every step size."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from nnlib.autodiff import ErrorCurve, error_curve
from nnlib.live import Bars, Curves, Note, Path, Plane, choice, live, log_slider, player, predict, slider
from nnlib.live.numbers import plain

__all__ = ["differences", "passes", "small_changes"]


# --- the chain rule ------------------------------------------------------------------------------------------------

W = np.linspace(0.0, 2.5, 251)
HIGH = 1.3  # what is drawn of y, up and down


@live(w=slider(0.0, 2.0, 0.6, step=0.05), dw=log_slider(0.001, 0.5, 0.2, label="change of w"))
def small_changes(w, dw):
    """u = w², y = sin u: what a change of w becomes, and what the two rates make of it."""
    u, y = w**2, np.sin(w**2)
    du, dy = (w + dw) ** 2 - u, np.sin((w + dw) ** 2) - y
    rates = 2 * w, np.cos(u)
    told = rates[0] * rates[1] * dw
    tangent = y + rates[0] * rates[1] * (W - w)
    near = (abs(W - w) < 0.55) & (abs(tangent) < HIGH)
    curves = Curves(
        y=(W, np.sin(W**2)),
        _rate=(W[near], tangent[near]),
        _moved=([w, w + dw], [y, y + dy]),
        colors={"y": "ink", "_rate": "grey", "_moved": "orange"},
        xlabel="w",
        xlim=(0.0, 2.5),
        ylim=(-HIGH, HIGH),
    )
    bars = Bars(["dw", "du", "dy", "f′ g′ dw"], [dw, du, dy, told], range=(-2, 2.5), digits=3)
    links = (
        f"du / dw = {plain(du / dw)}, and g′ = {plain(rates[0])}",
        f"dy / du = {plain(dy / du)}, and f′ = {plain(rates[1])}",
    )
    return curves, [bars, *map(Note, links)]


# --- passes --------------------------------------------------------------------------------------------------------

MOST_INPUTS, MOST_OUTPUTS = 16, 8


@live(
    inputs=slider(1, MOST_INPUTS, 8),
    outputs=slider(1, MOST_OUTPUTS, 2),
    done=player(MOST_INPUTS + 1, fps=4, start=2, label="passes"),
)
def passes(inputs, outputs, done):
    """The Jacobian of a layer, known after so many passes: forward by columns, backward by rows."""
    J = _jacobian()[:outputs, :inputs]
    columns, rows = np.zeros_like(J), np.zeros_like(J)
    columns[:, :done], rows[:done] = J[:, :done], J[:done]
    fewer = "forward" if inputs < outputs else "backward" if outputs < inputs else "neither, they draw"
    note = f"{inputs} {_plural('input', inputs)}, {outputs} {_plural('output', outputs)}. Fewer passes: {fewer}."
    said = [f"forward: {_of(done, inputs)}", f"backward: {_of(done, outputs)}"]
    return ((_side_by_side([columns, rows], said), Note(note)),)


def _side_by_side(tables: list[np.ndarray], said: list[str]) -> Plane:
    """Two tables of numbers as fields of colour in a frame that is always the same; row 0 on top."""
    places = (0, MOST_INPUTS + 2)  # their left edges
    whole = np.zeros((MOST_OUTPUTS + 1, places[1] + MOST_INPUTS))
    high, wide = tables[0].shape
    top, bottom = MOST_OUTPUTS, MOST_OUTPUTS - high
    paths = []
    for left, table in zip(places, tables, strict=True):
        whole[bottom:top, left : left + wide] = table[::-1]
        corners = [(left, bottom), (left + wide, bottom), (left + wide, top), (left, top), (left, bottom)]
        paths.append(Path(corners, color="grey"))
    labels = [(left - 0.4, MOST_OUTPUTS + 0.5, text) for left, text in zip(places, said, strict=True)]
    field = np.pad(np.kron(whole, np.ones((8, 8))), 4)  # half a cell of margin
    frame = (-0.5, whole.shape[1] + 0.5, -0.5, whole.shape[0] + 0.5)
    return Plane(field, range=(-1.0, 1.0), contours=(), paths=paths, labels=labels, bounds=frame)


def _of(done: int, needed: int) -> str:
    return f"done after {needed}" if done >= needed else f"{done} of {needed} passes"


def _plural(word: str, count: int) -> str:
    return word if count == 1 else word + "s"


@cache
def _jacobian() -> np.ndarray:
    """Of y = tanh(A x), (8, 16): the slope of tanh times A."""
    A = np.random.default_rng(3).normal(size=(MOST_OUTPUTS, MOST_INPUTS))
    return (1 - np.tanh(A @ np.linspace(-0.05, 0.05, MOST_INPUTS)) ** 2)[:, None] * A


# --- differences ---------------------------------------------------------------------------------------------------


class Example(NamedTuple):
    """A function of one number where it is looked at, with what its differences are off by."""

    f: Callable
    x: float
    value: float  # |f(x)|
    bend: float  # |f''(x)|


FUNCTIONS = {
    "exp at 1": Example(jnp.exp, 1.0, np.e, np.e),
    "sin at 2": Example(jnp.sin, 2.0, np.sin(2.0), np.sin(2.0)),
    "x² at 3": Example(jnp.square, 3.0, 9.0, 2.0),
}
LEAST = 1e-19  # drawn where an error is exactly 0, which has no logarithm: below the axis


def _drawable(curve: ErrorCurve) -> tuple[np.ndarray, np.ndarray]:
    return np.maximum(curve.forward, LEAST), np.maximum(curve.central, LEAST)


@cache
def _curve(name: str) -> ErrorCurve:
    return error_curve(FUNCTIONS[name].f, FUNCTIONS[name].x)


def _parts(name: str, h: Any) -> tuple[Any, Any]:
    """What a forward difference is off by: |f''| h / 2 by truncation, and about eps |f| / h by rounding."""
    example = FUNCTIONS[name]
    return example.bend * h / 2, np.finfo(np.float64).eps * example.value / h


@live(
    guess=predict(
        "You measure the slope of exp at 1 by (f(1 + h) − f(1)) / h, in double precision, with about 16 digits. With "
        "which h is the result the most accurate?",
        ["h = 0.1", "h about 10⁻⁴", "h about 10⁻⁸", "h = 10⁻¹⁵, as small as it goes"],
        "h about 10⁻⁸",
        "a smaller h bends less, but leaves fewer digits of the difference; in the middle both errors are equal.",
    ),
    function=choice(list(FUNCTIONS)),
    h=log_slider(1e-15, 1.0, 1e-3, per_decade=4, label="step h"),
)
def differences(function, h):
    """The error of forward and of central differences against their step."""
    curve, here = _curve(function), error_curve(FUNCTIONS[function].f, FUNCTIONS[function].x, [h])
    (forward, central), (at_forward, at_central) = _drawable(curve), _drawable(here)
    truncation, rounding = _parts(function, curve.steps)
    view = Curves(
        forward=(curve.steps, forward),
        central=(curve.steps, central),
        rounding=(curve.steps, rounding),
        truncation=(curve.steps, truncation),
        _forward=([h], at_forward),
        _central=([h], at_central),
        colors={"forward": "orange", "central": "blue", "_forward": "orange", "_central": "blue"},
        thin=("rounding", "truncation"),
        log=True,
        logx=True,
        xlabel="h",
        ylabel="error",
        ylim=(1e-17, 10.0),
    )
    step, off, better = (plain(float(x), 2).replace("-", "−") for x in (h, here.forward[0], here.central[0]))
    more, less = _parts(function, h)
    larger = "truncation" if more > less else "rounding"
    note = Note(f"h = {step}: forward off by {off} (mostly {larger}), central by {better}.")
    return ((view, note),)
