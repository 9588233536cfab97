"""Every exercise of the course, and the three things that a learner calls: `check`, `hint`, `solution`."""

from __future__ import annotations

from collections.abc import Callable

from . import autodiff, backpropagation, descent, multilayer, optimizers, perceptron, start
from .engine import Exercise
from .verdict import Verdict

__all__ = ["EXERCISES", "check", "hint", "solution"]

CHAPTERS = (start, perceptron, autodiff, backpropagation, descent, optimizers, multilayer)
EXERCISES: dict[str, Exercise] = {e.name: e for chapter in CHAPTERS for e in chapter.EXERCISES}


def check(function: Callable) -> Verdict:
    """What is right or wrong with your answer to an exercise: `check(predict)`."""
    return _find(function, "check") or EXERCISES[function.__name__].check(function)


def hint(function: Callable) -> Verdict:
    """A hint for an exercise; one more at each call: `hint(predict)`."""
    return _find(function, "hint") or EXERCISES[function.__name__].hint()


def solution(function: Callable) -> Verdict:
    """One solution of an exercise, with its reasoning: `solution(predict)`."""
    return _find(function, "solution") or EXERCISES[function.__name__].show_solution()


def _find(function: Callable, asked: str) -> Verdict | None:
    """None if there is such an exercise; otherwise what to do, as a sentence."""
    if not callable(function):
        says = f"Give the function itself, by its name and without brackets behind it: {asked}(name)."
        return Verdict(asked, "no function", says)
    name = getattr(function, "__name__", "?")
    if name not in EXERCISES:
        return Verdict(name, "no exercise", f"The course has {', '.join(EXERCISES)}. Put the function's name back.")
    return None
