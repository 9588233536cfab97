"""Chapter 05's exercises: every edge once, however it is written."""

from functools import cache

import numpy as np

from nnlib.course import check
from nnlib.course.common import learner


def uses(inputs, slopes):
    """For every node, what is made from it: [(node, slope), ...]."""
    found = [[] for _ in inputs]
    for i, (of, by) in enumerate(zip(inputs, slopes, strict=True)):
        for j, slope in zip(of, by, strict=True):
            found[j].append((i, slope))
    return found


def test_a_walk_over_all_paths_is_right_and_too_slow(monkeypatch):
    monkeypatch.setattr(learner, "SECONDS", 1.0)

    def accumulate(inputs, slopes):
        after = uses(inputs, slopes)

        def grad(j):
            return 1.0 if j == len(inputs) - 1 else sum(grad(i) * slope for i, slope in after[j])

        return np.array([grad(j) for j in range(len(inputs))])

    verdict = check(accumulate)
    assert verdict.state == "not yet" and "a billion paths" in verdict.says


def test_one_that_remembers_uses_every_edge_once():
    def accumulate(inputs, slopes):
        after = uses(inputs, slopes)

        @cache
        def grad(j):
            return 1.0 if j == len(inputs) - 1 else sum(grad(i) * slope for i, slope in after[j])

        return [grad(j) for j in range(len(inputs))]

    assert check(accumulate).right


def test_of_value_and_slopes_the_wrong_one_is_named():
    def hypot(a, b):
        y = np.hypot(a, b)
        return y, a / y, b / a

    assert check(hypot).says.startswith("y and dy/da are right, dy/db not. For a = 3, b = 4: your dy/db is 1.33;")
