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

from .answers import NotYet, as_list, counted, differs, form, joined, kind, shown
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
    results: the names of what it gives, if these are several things: of each it is said whether it is right.
    large: a case asked at the end, which a needlessly long way does not finish; slow: what is said then.
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
    results: Sequence[str] = ()
    large: tuple = ()
    slow: str = ""
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
        if any(map(differs, answers, expected)):
            raise NotYet(self._by_name(answers) or self._by_case(answers, expected))
        if self.large:
            self._check_large(function)
        return answers

    def _by_name(self, answers: list) -> str:
        """What is said of the usual wrong answer that these are; empty if they are none."""
        for wrong in self.wrong if all(answer is not None for answer in answers) else ():
            if not any(map(differs, answers, [self._ours(wrong.answer, case) for case in self.cases])):
                return wrong.says
        return ""

    def _by_case(self, answers: list, expected: list) -> str:
        """What is wrong in the first case that fails, after which of several results are right in all of them."""
        case, answer, right = next(
            (c, a, e) for c, a, e in zip(self.cases, answers, expected, strict=True) if differs(a, e)
        )
        given = self._given_words(case)
        if answer is None and any(other is not None for other in answers):
            return f"{given}it gives nothing back, though in other cases it does. {NO_ELSE}"
        if said := form(answer, right, self.results):
            return self._which(answers, expected) + said
        name = "answer"
        if self.results:
            name, answer, right = next(
                row for row in zip(self.results, answer, right, strict=True) if differs(*row[1:])
            )
        yours = f"{given}your" if given else "Your"
        return f"{self._which(answers, expected)}{yours} {name} is {shown(answer)}; it should be {shown(right)}."

    def _which(self, answers: list, expected: list) -> str:
        """Of several results, which are right in every case and which are not; empty if all or none are."""
        several = (isinstance(answer, (tuple, list)) and len(answer) == len(self.results) for answer in answers)
        if not self.results or not all(several):
            return ""
        columns = zip(self.results, zip(*answers, strict=True), zip(*expected, strict=True), strict=True)
        amiss = [name for name, mine, ours in columns if any(map(differs, mine, ours))]
        right = [name for name in self.results if name not in amiss]
        be = "is" if len(right) == 1 else "are"
        return f"{joined(right)} {be} right, {joined(amiss)} not. " if right and amiss else ""

    def _check_large(self, function: Callable) -> None:
        """Asks the large case, in a time of its own: who is right in the small ones may need too long for it."""
        try:
            answer = in_time(lambda: self._answer(function, self.large))
        except NotBack:
            raise NotYet(self.slow) from None
        if differs(answer, self._ours(self.solution, self.large)):
            raise NotYet("The small cases are right, and a large one is not.")

    def _check_parameters(self, function: Callable) -> None:
        want, got = parameters(self.solution), parameters(function)
        if len(want) != len(got):
            raise NotYet(
                f"It should take {counted(len(want), 'value')}, {self.name}({', '.join(want)}), but takes "
                f"{len(got)}: {', '.join(got) or 'none'}. Put the first line back as it was."
            )

    def _answers(self, function: Callable) -> list:
        return [self._answer(function, case) for case in self.cases]

    def _expected(self) -> list:
        return [self._ours(self.solution, case) for case in self.cases]

    def _answer(self, function: Callable, case: tuple) -> Any:
        """What the learner's function answers, as it is compared."""
        try:
            answer, changed = call(function, case, lambda *asked: as_list(self.ask(*asked)))
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
        """An answer as it is compared; None as it is.  Raises NotYet if it has a form that `read` did not expect."""
        try:
            return None if answer is None else self.read(answer)
        except Failed:
            raise
        except Exception:  # an answer may be of any class, and hold whatever it likes
            raise NotYet(f"It gives {kind(answer)}, and not in the form that is asked for above.") from None

    def _ours(self, function: Callable, case: tuple) -> Any:
        """What a function of ours, the solution or a wrong answer, gives, as it is compared."""
        return self._read(self.ask(function, *copy.deepcopy(case)))

    def _given_words(self, case: tuple) -> str:
        """The arguments of a case in words: "For w = [1, 1], b = -1.5: "."""
        said = ", ".join(f"{name} = {shown(v)}" for name, v in zip(parameters(self.solution), case, strict=True))
        return f"For {said}: " if said else ""


NO_ELSE = "Some way through it ends without a `return`: has each `if` its `else`?"


def _as_sentence(reason: str) -> str:
    return f"{reason[0].upper()}{reason[1:]}" + ("" if reason.endswith("?") else ".")
