"""The three things that a learner calls: `check`, `hint`, `solution`; they find the exercise by the function's name.

syllabus.toml says which chapter has it, so that one chapter is imported and no other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from .common.exercise import Exercise
from .common.verdict import Verdict
from .syllabus import package, syllabus

__all__ = ["check", "exercises", "hint", "solution"]


@cache
def exercises(chapter: str) -> dict[str, Exercise]:
    """A chapter's exercises, by name: `exercises("08_optimizers")`.  Raises KeyError if there is no such chapter."""
    names = syllabus()[chapter]["exercises"]
    made = {e.name: e for e in import_module(f"{package(chapter)}.exercises").EXERCISES} if names else {}
    return {name: made[name] for name in names}


def check(function: Callable) -> Verdict:
    """What is right or wrong with your answer to an exercise: `check(predict)`."""
    found = _find(function, "check")
    return found if isinstance(found, Verdict) else found.check(function)


def hint(function: Callable) -> Verdict:
    """A hint for an exercise; one more at each call: `hint(predict)`."""
    found = _find(function, "hint")
    return found if isinstance(found, Verdict) else found.hint()


def solution(function: Callable) -> Verdict:
    """One solution of an exercise, with its reasoning: `solution(predict)`."""
    found = _find(function, "solution")
    return found if isinstance(found, Verdict) else found.show_solution()


def _find(function: Callable, asked: str) -> Exercise | Verdict:
    """The exercise that the function answers; if there is none, what to do, as a sentence."""
    if not callable(function):
        says = f"Give the function itself, by its name and without brackets behind it: {asked}(name)."
        return Verdict(asked, "no function", says)
    name, known = getattr(function, "__name__", "?"), _known()
    if name not in known:
        return Verdict(name, "no exercise", f"The course has {', '.join(known)}. Put the function's name back.")
    return exercises(known[name])[name]


@cache
def _known() -> dict[str, str]:
    """Exercise -> the chapter that has it."""
    return {name: chapter for chapter, listed in syllabus().items() for name in listed["exercises"]}
