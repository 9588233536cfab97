"""Inside Adam: one weight, a gradient to choose, and what Adam makes of it, step by step.  In float64."""

from __future__ import annotations

import math
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from nnlib.live import Curves, Note, choice, live, log_slider, presets, slider, toggle
from nnlib.live.controls import Slider
from nnlib.live.numbers import plain
from nnlib.optim import adam

from .scaling import half_life

__all__ = ["SIGNALS", "Inside", "N", "inside", "inside_adam", "too_large"]

N = 40  # steps
T = np.arange(1, N + 1)
SIGNALS = {
    "always 1": np.ones(N),
    "1, with noise": 1 + np.random.default_rng(3).normal(size=N),
    "changes sign": -((-1.0) ** T),
    "a rare spike": np.where(T == 12, 3.0, 0.2),
    "shrinks": 2 * 0.9 ** (T - 1),
}


class Inside(NamedTuple):
    """What Adam has after each of N steps, (N,) each: as it remembers it, and corrected (with a hat).

    step, step_hat: what is taken from w, in learning rates: G / (root + eps), without and with hats.
    """

    G: np.ndarray
    G_hat: np.ndarray
    root: np.ndarray
    root_hat: np.ndarray
    step: np.ndarray
    step_hat: np.ndarray


@jax.jit
def _scan(optimizer, g):
    def step(state, g):
        update, state = optimizer.update(g, state)
        return state, (state.mean, state.square, update)

    return lax.scan(step, optimizer.init(g[0]), g)[1]


def inside(g: np.ndarray, a: float, b: float) -> Inside:
    """The library's Adam over the gradients g (N,), with a learning rate of 1."""
    with jax.enable_x64(True):
        optimizer = adam(1.0, a, b)
        G, M, update = map(np.asarray, _scan(optimizer, jnp.asarray(g)))
        eps = float(optimizer.eps)
    root = np.sqrt(M)
    return Inside(G, G / (1 - a**T), root, root / np.sqrt(1 - b**T), G / (root + eps), -update)


def too_large(a: float, b: float, t: int) -> float:
    """The uncorrected step over the corrected one at step t, whatever the gradients: (1 - a^t) / sqrt(1 - b^t)."""
    return (1 - a**t) / math.sqrt(1 - b**t)


# --- the picture -------------------------------------------------------------------------------------------------

STEPS = (-1.2, 6.8)  # learning rates: which steps are drawn


def _pair(title: str, *, use: bool, color: str, ylim: tuple[float, float], **both: np.ndarray) -> Curves:
    """What is remembered, and then the same corrected: the one that Adam goes by in colour, the other one thin."""
    names = list(both)
    series = {name: (T, values) for name, values in both.items()}
    axes = {"xlim": (1, N), "ylim": ylim, "xlabel": "steps"}
    return Curves(**series, title=title, colors={names[use]: color}, thin=(names[not use],), **axes)


def _limits(g: np.ndarray) -> tuple[float, float]:
    """An axis for a gradient and its mean, with 0 and a little room."""
    low, high = min(0.0, g.min()), max(0.0, g.max())
    room = 0.08 * (high - low)
    return low - room * (low < 0), high + room


MEMORY_A = slider(0.0, 0.99, 0.9, step=0.01, label="a, memory of G")
MEMORY_B = Slider(
    stops=(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9998,
           0.9999),
    start=0.999, digits=4, label="b, memory of M",
)  # fmt: skip


@live(
    known=presets(
        uncorrected=dict(signal="always 1", a=0.9, b=0.999, correction=False,
                         says="the first steps are too large, the twelfth most of all"),
        corrected=dict(signal="always 1", a=0.9, b=0.999, correction=True,
                       says="from the first step on, each is one learning rate long"),
        back_and_forth=dict(signal="changes sign", a=0.9, b=0.999, correction=True,
                            says="G cancels and √M does not: short steps"),
        a_spike=dict(signal="a rare spike", a=0.9, b=0.999, correction=True,
                     says="M remembers one large gradient, and the steps stay short"),
        forgotten=dict(signal="a rare spike", a=0.9, b=0.8, correction=True,
                       says="M forgets it, and the steps are as long as before"),
    ),
    signal=choice(list(SIGNALS), label="gradient g"),
    correction=toggle(False, label="bias correction"),
    a=MEMORY_A,
    b=MEMORY_B,
    rate=log_slider(1e-4, 1.0, 0.1, label="learning rate η"),
)  # fmt: skip
def inside_adam(signal, correction, a, b, rate):
    """What Adam makes of the gradients of one weight, in four pictures, and how far it goes."""
    g = SIGNALS[signal]
    run = inside(g, a, b)
    limits, positive = _limits(g), (0.0, 1.08 * np.abs(g).max())
    gradient = Curves(g=(T, g), title="the gradient g", xlim=(1, N), ylim=limits, xlabel="steps")
    mean = _pair("its running mean", G=run.G, **{"G/(1−aᵗ)": run.G_hat}, use=correction, color="blue", ylim=limits)
    root = _pair(
        "the root of the running mean of g²",
        **{"√M": run.root, "√(M/(1−bᵗ))": run.root_hat}, use=correction, color="purple", ylim=positive,
    )  # fmt: skip
    step = _pair(
        "the step, in learning rates",
        uncorrected=run.step, corrected=run.step_hat, use=correction, color="orange", ylim=STEPS,
    )  # fmt: skip
    return [gradient, mean], [root, step], *_said(a, b, rate, run.step_hat if correction else run.step)


def _said(a: float, b: float, rate: float, step: np.ndarray) -> tuple[Note, ...]:
    """How wrong it is without the correction, how long the memories are, and where w comes to."""
    first, twelfth = (_times(too_large(a, b, t)) for t in (1, 12))
    end = plain(round(-rate * float(step.sum()), 8), 2).replace("-", "−")
    return (
        Note(f"Uncorrected, the first step is {first}, the twelfth {twelfth}."),
        Note(f"a = {plain(a)} {_halves(a)}; b = {plain(b, 4)} {_halves(b)}."),
        Note(f"The longest step is {plain(float(np.abs(step).max()), 2)} η; w goes from 0 to {end} in {N} steps."),
    )


def _times(ratio: float) -> str:
    if abs(ratio - 1) < 0.05:
        return "right"
    return f"{plain(ratio, 2)} times too large" if ratio > 1 else f"{plain(1 / ratio, 2)} times too small"


def _halves(b: float) -> str:
    """How long a memory is, in words."""
    steps = half_life(b)
    said = f"{steps:.0f}" if steps >= 10 else plain(steps, 2)
    return f"halves in {said} {'step' if said == '1' else 'steps'}" if steps else "forgets at once"
