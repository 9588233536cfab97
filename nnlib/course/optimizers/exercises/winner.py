"""Chapter 08's last exercise: an optimizer that wins a race, whichever it is; it is judged by where it ends."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.course.common.answers import NotYet, form
from nnlib.course.common.errors import explained, instead
from nnlib.course.common.exercise import Exercise, Wrong
from nnlib.course.common.learner import COMPILING, Failed, NotBack, dotted, in_time, unfinished
from nnlib.course.common.optimizers import KINDS
from nnlib.course.common.surfaces import SURFACES
from nnlib.course.optimizers.figures.team import STEPS
from nnlib.course.optimizers.figures.user_optimizer import as_runner, check_step
from nnlib.live.numbers import plain
from nnlib.train import descend

__all__ = ["PLACE", "WINNER", "down_the_valley", "to_beat"]

PLACE = "Rosenbrock's valley"
NAMES = ("The step", "The memory")


def winner(g, memory):
    L, m = 30, 0.008
    a = ((L**0.5 - m**0.5) / (L**0.5 + m**0.5)) ** 2
    rate = 4 / (L**0.5 + m**0.5) ** 2
    memory = a * memory - rate * g
    return memory, memory


# --- the run -----------------------------------------------------------------------------------------------------


class Run(NamedTuple):
    """Where an optimizer came to: its height, the step at which it was no number (-1: never), and what it lacks."""

    height: float
    diverged: int
    habit: str = ""


def down_the_valley(optimizer: Any) -> Run:
    """As many steps as the race has, from the valley's start, in float64."""
    valley = SURFACES[PLACE]
    with jax.enable_x64(True):
        run = descend(valley.f, np.array(valley.start), optimizer, STEPS)
        return Run(float(run.losses[-1]), int(run.diverged))


@cache
def to_beat() -> tuple[str, float]:
    """The best of the race's runners as they start, and its height; without Newton, who uses the Hessian."""
    heights = {}
    for kind in (kind for name, kind in KINDS.items() if name != "newton"):
        numbers = {name: control.value for name, control in kind.numbers.items()}
        heights[kind.label] = down_the_valley(kind.make(**numbers)).height
    return min(heights.items(), key=lambda pair: pair[1])


def sent_down(function: Callable, g: np.ndarray, memory: np.ndarray) -> Any:
    """Calls the function once, and if it gives a step and a memory, sends it down the valley.

    Gives a Run, or a sentence if there is none; what a stub gives as it is.  Raises NotBack if it is not back in time.
    """

    def run() -> Run:
        with jax.enable_x64(True), np.errstate(all="ignore"):
            optimizer = as_runner(function)
            check_step(optimizer, jnp.asarray(g))
            return down_the_valley(optimizer)._replace(habit=habit(function, g))

    try:
        first, error = in_time(lambda: _tried(function, g, memory))
        if error is not None and instead(error) and not dotted(function):
            return f"It does not run: {explained(error, function)}."
        if error is not None:
            raise error
        return first if unfinished(function, first) else form(first, (g, memory), NAMES) or in_time(run, COMPILING)
    except NotBack:
        raise
    except Failed as failed:
        return f"It does not run: {str(failed).rstrip('.?')}."


def _tried(function: Callable, g: np.ndarray, memory: np.ndarray) -> tuple[Any, Exception | None]:
    """What the function gives for arrays of JAX, as in the race, and what it raises."""
    try:
        with jax.enable_x64(True), np.errstate(all="ignore"):  # what is no number gets a sentence, and no warning
            return function(jnp.asarray(g), jnp.asarray(memory)), None
    except Exception as error:  # a learner's function may raise anything; it is said where all errors are
        return None, error


def habit(function: Callable, g: np.ndarray) -> str:
    """What is odd about its steps, as far as three of them show it."""
    zero, one = jnp.zeros_like(g), jnp.ones_like(g)
    (step, after), (other, _) = (map(np.asarray, function(jnp.asarray(g), filled)) for filled in (zero, one))
    if step @ g > 0:
        return "uphill"
    if np.allclose(step, other):
        twice = np.asarray(function(jnp.asarray(2 * g), zero)[0])
        return "plain" if np.allclose(step * g[::-1], step[::-1] * g) and np.allclose(twice, 2 * step) else "no memory"
    return "forgotten" if not after.any() else ""


# --- the verdict -------------------------------------------------------------------------------------------------

HABITS = {
    "uphill": "The sign: its first step goes uphill. The step is added to w, so it points against the gradient.",
    "plain": "That is gradient descent, a multiple of g: {ends}. Keep something of the steps before in `memory`.",
    "no memory": "It makes no use of its memory: {ends}. Keep something of the steps before in it.",
    "forgotten": "The memory is forgotten: after a step it is still 0, and each step is the first. Give the new one "
    "back, `return step, memory`.",
}
SLOW = "It does not win yet: {ends}. Longer strides: a larger rate, or a larger share of the memory that is kept."
FIRST = "Its first step is no number. The memory is 0 at first: is something divided by it?"
DIVERGES = (
    "It diverges: after {step} steps its height is no number any more. Take a smaller rate; the valley bends most, by "
    "30, where it starts."
)


class Wins(str):
    """The verdict, which is all that is compared, and the height by which one wins more clearly than another."""

    height = 0.0


def judged(run: Any) -> str:
    """That it wins.  Raises NotYet with the reason if it does not."""
    if not isinstance(run, Run):
        raise NotYet(run)
    rival, height = to_beat()
    if run.diverged < 0 and run.height < height:
        wins = Wins("wins")
        wins.height = run.height
        return wins
    ends = f"after 500 steps it stands at {plain(run.height, 2)}, and {rival}, the best of the others, at "
    ends += plain(height, 2)
    said = FIRST if run.diverged == 1 else DIVERGES if run.diverged > 0 else SLOW
    said = HABITS["uphill"] if run.habit == "uphill" else said
    said = HABITS[run.habit] if run.habit and run.diverged < 0 else said
    raise NotYet(said.format(ends=ends, step=run.diverged))


def still_to_win(answers: list[Wins]) -> str:
    """The next goal, for what wins and is not there yet."""
    height = max(wins.height for wins in answers)
    goal = " Yours stands at {}, and there is more to win: does it come below 0.000 000 01, too?"
    return goal.format(plain(height, 2)) if height > 1e-8 else ""


def _ball(rate: float, a: float, give: Callable = lambda v, memory: (v, v)) -> Callable:
    """Momentum with these numbers."""

    def answer(g, memory):
        return give(a * memory - rate * g, memory)

    return answer


WINNER = Exercise(
    solution=winner,
    cases=[(np.array([1.0, -2.0]), np.zeros(2))],
    ask=sent_down,
    read=judged,
    more=still_to_win,
    guards=True,
    right="After 500 steps it stands lower than all the others. Put it into the race, and see how it does elsewhere.",
    wrong=[
        Wrong(
            _ball(-0.02, 0.9),
            "The sign: its first step goes uphill. The step is added to w, so it points against the gradient.",
        ),
        Wrong(
            lambda g, memory: (-0.05 * g, memory),
            "That is gradient descent, a multiple of g: after 500 steps it stands at 0.046, and Adam, the best of the "
            "others, at 0.00031. Keep something of the steps before in `memory`.",
        ),
        Wrong(
            lambda g, memory: (-0.15 * jnp.tanh(g), memory),
            "It makes no use of its memory: after 500 steps it stands at 0.0034, and Adam, the best of the others, at "
            "0.00031. Keep something of the steps before in it.",
        ),
        Wrong(
            lambda g, memory: (-0.05 * g / jnp.linalg.norm(g), memory),
            "It makes no use of its memory: after 500 steps it stands at 0.0057, and Adam, the best of the others, at "
            "0.00031. Keep something of the steps before in it.",
        ),
        Wrong(
            _ball(0.05, 0.9, give=lambda v, memory: (v, memory)),
            "The memory is forgotten: after a step it is still 0, and each step is the first. Give the new one back, "
            "`return step, memory`.",
        ),
        Wrong(
            _ball(0.02, 0.9),
            "It does not win yet: after 500 steps it stands at 0.0012, and Adam, the best of the others, at 0.00031. "
            "Longer strides: a larger rate, or a larger share of the memory that is kept.",
        ),
        Wrong(
            _ball(0.5, 0.9),
            "It diverges: after 6 steps its height is no number any more. Take a smaller rate; the valley bends most, "
            "by 30, where it starts.",
        ),
        Wrong(
            _ball(0.192, 0.923),  # the best numbers for the minimum, where the valley bends by 20
            "It diverges: after 16 steps its height is no number any more. Take a smaller rate; the valley bends most, "
            "by 30, where it starts.",
        ),
        Wrong(
            lambda g, memory: (-g / memory, memory + g),
            "Its first step is no number. The memory is 0 at first: is something divided by it?",
        ),
    ],
    hints=[
        "Begin with momentum: the memory is the velocity, `memory = a * memory - rate * g`, and it is the step, too. "
        "With 0.02 and 0.9 it is the race's own and does not win. Which way must the two numbers go?",
        "Along the valley the curvature is 0.008, across it up to 30. Momentum is stable below rate 2 (1 + a) / 30; "
        "and the flatter the valley, the longer the memory should be, a nearer to 1.",
        "On a parabola with curvatures from m to L, a = ((√L − √m) / (√L + √m))² and rate = 4 / (√L + √m)² are best.",
    ],
    because="On a parabola whose curvatures lie between m and L, momentum is fastest with these two numbers: in every "
    "direction what is left shrinks by √a, here 0.97, in each step (Polyak, 1964). m = 0.008 is the smallest curvature "
    "at the minimum. The largest one there is 20, but with L = 20 it diverges after 16 steps: where it starts, the "
    "valley bends by 30. With L = 30 it ends below 0.000 000 000 001.",
)
