"""Every exercise: the solution passes, the usual wrong answers are named, a stub is taken calmly, nothing raises."""

import inspect

import numpy as np
import pytest

from nnlib.course.common import learner
from nnlib.course.common.answers import counted, differs, form, joined, kind, shown
from nnlib.course.common.exercise import Exercise, Wrong
from nnlib.course.exercises import check, exercises, hint, solution
from nnlib.course.syllabus import syllabus

EXERCISES = [exercise for chapter in syllabus() for exercise in exercises(chapter).values()]
ALL = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)


def named(exercise, function):
    """The function under the exercise's name and with its parameters, as a learner would write it."""

    def answer(*arguments):
        return function(*arguments)

    answer.__name__ = exercise.name
    answer.__signature__ = inspect.signature(exercise.solution)
    return answer


@ALL
def test_the_solution_passes(exercise):
    verdict = check(exercise.solution)
    assert verdict.right and exercise.right in repr(verdict) and repr(verdict).startswith("✓")


@ALL
def test_at_least_three_usual_wrong_answers_are_told_by_name(exercise):
    said = [wrong.says for wrong in exercise.wrong]
    assert len(set(said)) == len(said) >= 3
    for wrong in exercise.wrong:
        verdict = check(named(exercise, wrong.answer))
        assert (verdict.state, verdict.says) == ("not yet", wrong.says)


@ALL
def test_the_sign_and_a_forgotten_term_are_among_them(exercise):
    said = " ".join(wrong.says for wrong in exercise.wrong)
    assert "sign" in said or "wrong way round" in said
    assert "forgotten" in said or "Without a bias" in said


@ALL
@pytest.mark.parametrize("body", ["...", "pass", "return ...", "return None", "return ..., ..."])
def test_a_stub_is_not_attempted_yet(exercise, body):
    space = {}
    exec(f"def {exercise.name}{inspect.signature(exercise.solution)}:\n    {body}", space)
    verdict = check(space[exercise.name])
    assert verdict.state == "not attempted yet" and f"hint({exercise.name})" in repr(verdict)


class Unreadable:
    """Raises whatever is asked of it."""

    def _refuse(self, *_):
        raise RuntimeError("no")

    __array__ = __len__ = __iter__ = __eq__ = __bool__ = __str__ = __repr__ = __float__ = _refuse
    __hash__ = None


ODD = {
    "ragged": (np.array([-1.0, -1.0]), 1.5), "ragged list": [[1.0, [2.0]], [3.0]],
    "three ragged": (1.0, [2.0, 3.0], 4.0),
    "empty": (), "text": "two", "texts": ("a", "b"), "set": {1, 2}, "dictionary": {"w": 1}, "complex": 1 + 2j,
    "object": object(), "class": int, "unreadable": Unreadable(), "unreadables": (Unreadable(), Unreadable()),
    "nones": (None, None, None), "objects": np.array([None, "a"], dtype=object), "nan": float("nan"), "large": 10**400,
    "deep": [[[[[1.0]]]]], "iterator": iter(()), "bytes": b"ab", "function": len, "module": np,
}  # fmt: skip


@ALL
@pytest.mark.parametrize("answer", ODD.values(), ids=ODD)
def test_whatever_is_given_back_gets_a_sentence(exercise, answer):
    verdict = check(named(exercise, lambda *_: answer))
    assert verdict.state == "not yet" and verdict.says.strip()[-1] in ".?)" and "Traceback" not in verdict.says


@ALL
def test_dots_beside_something_ragged_are_taken_calmly(exercise):
    space = {}
    exec(f"def {exercise.name}{inspect.signature(exercise.solution)}:\n    return [[1, 2], [3, ...]]", space)
    assert check(space[exercise.name]).state == "not attempted yet"


@ALL
def test_hints_come_one_at_a_time(exercise):
    exercise.given = 0
    said = [hint(exercise.solution) for _ in range(len(exercise.hints) + 1)]
    assert [v.state for v in said[:2]] == [f"hint {i} of {len(exercise.hints)}" for i in (1, 2)]
    assert len({v.says for v in said}) == len(exercise.hints) and said[-1] == said[-2]
    assert "solution(" in said[-1].says and "solution(" not in said[0].says
    exercise.given = 0


@ALL
def test_the_solution_is_shown_with_its_reasoning(exercise):
    said = solution(exercise.solution)
    assert f"def {exercise.name}(" in said.code and exercise.because in repr(said)
    assert "<pre" in said._repr_html_()


# --- the engine, on an exercise of its own -------------------------------------------------------------------------


def double(x):
    return 2 * x


DOUBLE = Exercise(
    solution=double,
    cases=[(1.0,), (np.array([1.0, 2.0]),)],
    wrong=[Wrong(lambda x: -2 * x, "the sign")],
    hints=["two hints", "at least"],
    because="so",
    right="yes",
)


def in_place(x):
    x *= 2
    return x


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda x: x + 1, r"For x = \[1, 2\]: your answer is \[2, 3\]; it should be \[2, 4\]"),
        (lambda x: (x, x), "It should give one number, but gives a tuple of 2"),
        (lambda x: "two", "It should give one number, but gives a str"),
        (lambda x: np.array([2.0]), r"It should give one number, but gives an array of shape \(1,\)"),
        (lambda x: x * np.nan, "nan, which is no number"),
        (lambda x: x / "2", "For x = 1: it stops with TypeError: unsupported operand"),
        (lambda x: undefined * x, "NameError: name 'undefined' is not defined, in the line `.*undefined"),  # noqa: F821
        (lambda x: print(end=""), "gives nothing back"),
        (lambda: 3, r"It should take 1 value, double\(x\), but takes 0: none"),
        (in_place, "It changes the x that it was given"),
        (lambda x: -2 * x, "the sign"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(answer, says):
    import re

    verdict = DOUBLE.check(answer)
    assert verdict.state == "not yet" and re.search(says, verdict.says), verdict.says


def split(x):
    return x, 2 * x, 3 * x


SPLIT = Exercise(
    solution=split,
    cases=[(1.0,), (np.array([1.0, 2.0]),)],
    wrong=[],
    hints=["two hints", "at least"],
    because="so",
    right="yes",
    results=("one", "two", "three"),
)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda x: (x, x, 3 * x), "one and three are right, two not. For x = 1: your two is 1; it should be 2."),
        (lambda x: (x, x, x), "one is right, two and three not. For x = 1: your two is 1; it should be 2."),
        (
            lambda x: (1.0, 2.0, 3 * x),
            "three is right, one and two not. one should be an array of shape (2,), but is one",
        ),
        (lambda x: (0 * x, 0 * x, 0 * x), "For x = 1: your one is 0; it should be 1."),
        (lambda x: (x, None, 3 * x), "one and three are right, two not. two should be one number, but is None."),
        (lambda x: (x, x * np.nan, 3 * x), "one and three are right, two not. two is nan, which is no number"),
        (lambda x: (x, 2 * x), "It should give 3 values"),
    ],
)
def test_of_several_results_it_is_said_which_are_right(answer, says):
    assert SPLIT.check(answer).says.startswith(says), SPLIT.check(answer).says


def test_a_way_that_ends_without_a_return_is_told_from_no_return():
    def sometimes(x):
        if np.ndim(x) == 1:
            return 2 * x

    verdict = DOUBLE.check(sometimes)
    assert verdict.says.startswith("For x = 1: it gives nothing back, though in other cases it does.")
    assert "`else`" in verdict.says


def test_what_is_yielded_is_a_list_and_has_an_end():
    def halves(x):
        yield from np.atleast_1d(2 * x)

    def endless(x):
        while True:
            yield 2 * x

    assert Exercise(double, [(np.array([1.0, 2.0]),)], [], [], "so", "yes").check(halves).right
    assert "a list of 1000" in DOUBLE.check(endless).says


def test_a_large_case_is_asked_at_the_end_and_has_a_sentence_of_its_own(monkeypatch):
    monkeypatch.setattr(learner, "SECONDS", 0.3)
    asked = Exercise(double, [(1.0,)], [], [], "so", "yes", large=(50.0,), slow="the long way")

    def long_way(x):
        while x == 50.0:
            pass
        return 2 * x

    assert asked.check(double).right and asked.check(long_way).says == "the long way"
    assert "a large one is not" in asked.check(lambda x: min(2 * x, 9.0)).says


def test_words_of_numbers():
    assert [counted(n, "value") for n in (0, 1, 2)] == ["0 values", "1 value", "2 values"]
    assert [joined(list(names)) for names in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]
    assert [kind(each) for each in (1, [1], "a", np.array("a"))] == ["one number", "a list of 1", "a str", "an ndarray"]


def test_a_right_answer_may_come_in_another_type():
    import jax.numpy as jnp

    assert DOUBLE.check(lambda x: jnp.asarray(x) * 2).right
    assert DOUBLE.check(lambda x: (np.asarray(x) * 2).tolist()).right


@pytest.mark.parametrize("ask", [check, hint, solution])
def test_what_is_no_exercise_gets_a_sentence(ask):
    assert "without brackets" in ask(3).says
    assert "predict" in ask(in_place).says


def test_values_are_compared_and_said():
    assert not differs((1.0, [2.0, 3.0]), (1.00001, (2, 3))) and differs((1.0,), (1.0, 2.0))
    assert differs("a", "b") and not differs("a", "a") and differs(None, 1.0)
    assert form((1, [2, 3]), (1, [2, 3])) == ""
    assert shown((1.0, np.array([0.12345]))) == "(1, [0.123])" and shown("text") == "text"


def test_a_verdict_is_safe_html():
    verdict = DOUBLE.check(lambda x: "<b>")
    assert "<b>" not in verdict._repr_html_().replace("<b style", "") and "not yet" in verdict._repr_html_()
