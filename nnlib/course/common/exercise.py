"""Exercises: what a learner writes is compared with a solution, and with the usual wrong answers, by name.

    check(predict)        right, or what is wrong with it
    hint(predict)         a hint; one more at each call
    solution(predict)     the code and its reasoning

The function's name says which exercise it answers.  All three return a `Verdict`, which shows itself; whatever the
learner hands in, the answer is a sentence and never a traceback.
"""

from __future__ import annotations

import copy
import inspect
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .answers import NotYet, differs, form, shown
from .learner import Failed, NotBack, blank, call, in_time, parameters, unfinished
from .verdict import Verdict

__all__ = ["Exercise", "Wrong"]


@dataclass(frozen=True)
class Wrong:
    """A usual wrong answer: `answer` computes it, `says` names the mistake and where to look."""

    answer: Callable
    says: str


@dataclass(eq=False)
class Exercise:
    """One thing to write.

    solution: the right answer, written as we would show it; its name is the exercise's.  cases: arguments to compare
    on; the first ones are the plainest, because a failing one is shown.  wrong: usual wrong answers.  hints: from a
    nudge to nearly everything.  because: the reasoning behind the solution.  right: what is said of a right answer.
    read: turns an answer into what is compared, where many answers are right; raises NotYet with a sentence if it
    cannot.
    ask: puts a case to a function, ask(function, *case), where more is asked than one call.
    more: what is added to `right`, more(answers), where one right answer is better than another.
    guards: whether `ask` calls the function `in_time` by itself, since what it does with the answer takes longer.
    in_place: what is said if the function changes an argument, with the argument's {name}.
    """

    solution: Callable
    cases: Sequence[tuple]
    wrong: Sequence[Wrong]
    hints: Sequence[str]
    because: str
    right: str
    read: Callable[[Any], Any] = lambda answer: answer
    ask: Callable = lambda function, *case: function(*case)
    more: Callable[[list], str] = lambda answers: ""
    guards: bool = False
    in_place: str = (
        "It changes the {name} that it was given, and whoever called it still needs the old one. Make a new one: "
        "{name} = {name} + ... in place of {name} += ..."
    )
    given: int = field(default=0, init=False)  # how many hints this learner has had

    @property
    def name(self) -> str:
        """The name that the learner's function must have."""
        return self.solution.__name__

    def check(self, function: Callable) -> Verdict:
        """What is right or wrong with the learner's function."""
        try:
            answers = self._check(function)
        except NotYet as reason:
            return Verdict(self.name, reason.state, str(reason))
        except Failed as reason:
            return Verdict(self.name, "not yet", _as_sentence(str(reason)))
        except KeyboardInterrupt:
            return Verdict(self.name, "not yet", "Stopped by hand, before it was done.")
        return Verdict(self.name, "right", self.right + self.more(answers))

    def hint(self) -> Verdict:
        """The next hint; after the last one, the last one again."""
        number = self.given = min(self.given + 1, len(self.hints))
        more = "" if number < len(self.hints) else f" That was the last one; solution({self.name}) shows ours."
        return Verdict(self.name, f"hint {number} of {len(self.hints)}", self.hints[number - 1] + more)

    def show_solution(self) -> Verdict:
        """The code, and why it is so."""
        source = textwrap.dedent(inspect.getsource(self.solution)).rstrip()
        return Verdict(self.name, "one solution", self.because, source)

    def _check(self, function: Callable) -> list:
        """The answers, if all are right.  Raises NotYet with what is wrong, the most telling thing first."""
        self._check_parameters(function)
        # Ours first, so that the programs are there and the time is the learner's own; to a stub we answer at once.
        expected = [] if blank(function) else self._expected()
        answers = self._answers(function) if self.guards else in_time(lambda: self._answers(function))
        expected = expected or self._expected()
        if not any(map(differs, answers, expected)):
            return answers
        for wrong in self.wrong:
            if not any(map(differs, answers, [self._ours(wrong.answer, case) for case in self.cases])):
                raise NotYet(wrong.says)
        case, answer, right = next(
            (c, a, e) for c, a, e in zip(self.cases, answers, expected, strict=True) if differs(a, e)
        )
        given = self._given_words(case)
        given = f"{given}your" if given else "Your"
        raise NotYet(form(answer, right) or f"{given} answer is {shown(answer)}; it should be {shown(right)}.")

    def _check_parameters(self, function: Callable) -> None:
        want, got = parameters(self.solution), parameters(function)
        if len(want) != len(got):
            raise NotYet(
                f"It should take {len(want)} values, {self.name}({', '.join(want)}), but takes "
                f"{len(got)}: {', '.join(got) or 'none'}. Put the first line back as it was."
            )

    def _answers(self, function: Callable) -> list:
        return [self._answer(function, case) for case in self.cases]

    def _expected(self) -> list:
        return [self._ours(self.solution, case) for case in self.cases]

    def _answer(self, function: Callable, case: tuple) -> Any:
        """What the learner's function answers, as it is compared."""
        try:
            answer, changed = call(function, case, self.ask)
        except NotBack:
            raise
        except Failed as failed:
            raise NotYet(f"{self._given_words(case)}it stops with {failed}.") from None
        if unfinished(function, answer):
            raise NotYet.attempted(self.name)
        if changed is not None:
            raise NotYet(self.in_place.format(name=parameters(self.solution)[changed]))
        return self._read(answer)

    def _read(self, answer: Any) -> Any:
        return None if answer is None else self.read(answer)

    def _ours(self, function: Callable, case: tuple) -> Any:
        """What a function of ours, the solution or a wrong answer, gives, as it is compared."""
        return self._read(self.ask(function, *copy.deepcopy(case)))

    def _given_words(self, case: tuple) -> str:
        """The arguments of a case in words: "For w = [1, 1], b = -1.5: "."""
        said = ", ".join(f"{name} = {shown(v)}" for name, v in zip(parameters(self.solution), case, strict=True))
        return f"For {said}: " if said else ""


def _as_sentence(reason: str) -> str:
    return f"{reason[0].upper()}{reason[1:]}" + ("" if reason.endswith("?") else ".")
