"""Chapter 07's exercises beside the library, and what learners write that is neither right nor a stub."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib import optim
from nnlib.course import check
from nnlib.course.common.surfaces import SURFACES
from nnlib.course.gradient_descent.exercises import gradient_descent as descent
from nnlib.course.gradient_descent.exercises import linear_annealing as annealing
from nnlib.course.gradient_descent.exercises import mini_batches as batches
from nnlib.train import descend

VALLEY = SURFACES["Rosenbrock's valley"]


# --- the solutions are what the library does -----------------------------------------------------------------------


def test_gradient_descent_is_the_librarys():
    with jax.enable_x64(True):
        points = descent.gradient_descent(jax.grad(VALLEY.f), np.array(VALLEY.start), 0.02, 50)
        run = descend(VALLEY.f, np.array(VALLEY.start), optim.sgd(0.02), 50)
        np.testing.assert_allclose(points, run.path, rtol=1e-10)


def test_linear_annealing_is_the_librarys():
    for k in range(12):
        ours = annealing.linear_annealing(k, 0.5, 0.1, 8)
        assert ours == pytest.approx(float(optim.linear(0.5, 0.1, 8)(k)), rel=1e-6)


# --- gradient descent: points that are changed in place ------------------------------------------------------------


def all_one_array(gradient, w, rate, steps):
    points = [w]
    for _ in range(steps):
        w -= rate * gradient(w)
        points.append(w)
    return np.array(points)


def callers_start(gradient, w, rate, steps):
    points = [w.copy()]
    for _ in range(steps):
        w -= rate * gradient(w)
        points.append(w.copy())
    return points


def first_no_copy(gradient, w, rate, steps):
    w = np.array(w)
    points = [w]
    for _ in range(steps):
        w -= rate * gradient(w)
        points.append(w.copy())
    return points


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (all_one_array, "`w -= …` makes no new array, it changes the old one: the w that was given"),
        (callers_start, "`w -= …` makes no new array, it changes the old one: the w that was given"),
        (first_no_copy, "The first of your points moves along"),
    ],
)
def test_a_step_in_place_is_answered_with_a_new_array(function, says):
    verdict = descent.GRADIENT_DESCENT.check(function)
    assert verdict.state == "not yet" and says in verdict.says and "`w = w - …`" in verdict.says


def test_points_that_are_copied_are_right():
    def gradient_descent(gradient, w, rate, steps):
        w = w.copy()
        points = [w.copy()]
        for _ in range(steps):
            w -= rate * gradient(w)
            points.append(w.copy())
        return points

    assert check(gradient_descent).right

    def gradient_descent(gradient, w, rate, steps):
        points = [w]
        for _ in range(steps):
            w = w - rate * gradient(w)
            points.append(w.copy())
        return points

    assert check(gradient_descent).right


def test_points_that_are_yielded_are_right():
    def gradient_descent(gradient, w, rate, steps):
        yield w
        for _ in range(steps):
            w = w - rate * gradient(w)
            yield w

    assert check(gradient_descent).right


# --- the learning rate ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "word"),
    [
        (lambda k, first, last, tau: max(last, (1 - k / tau) * first + k / tau * last), "`max`"),
        (lambda k, first, last, tau: first - abs(last - first) * min(1, k / tau), "`abs`"),
        (lambda k, first, last, tau: np.clip(first - k / tau * (first - last), last, first), "stays at `first`"),
    ],
)
def test_a_rate_may_also_rise(function, word):
    verdict = annealing.LINEAR_ANNEALING.check(function)
    assert verdict.state == "not yet" and "it may also rise" in verdict.says and word in verdict.says


# --- mini-batches: what learners write -----------------------------------------------------------------------------


def by_yield(X, y, size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), size):
        yield X[order[i : i + size]], y[order[i : i + size]]


def by_sorting(X, y, size, rng):
    order = np.argsort(rng.random(len(X))).tolist()
    return [(X[order[:size]], y[order[:size]]), *rest(X, y, order[size:], size)]


def rest(X, y, order, size):
    return [(X[order[i : i + size]], y[order[i : i + size]]) for i in range(0, len(order), size)]


def by_jax(X, y, size, rng):
    order = jnp.asarray(rng.choice(len(X), len(X), replace=False))
    parts = jnp.split(order, list(range(size, len(X), size)))
    return tuple([jnp.asarray(X)[part], jnp.asarray(y)[part]] for part in parts)


@pytest.mark.parametrize("function", [by_yield, by_sorting, by_jax])
def test_batches_may_be_made_in_many_ways(function):
    assert batches.MINI_BATCHES.check(function).right


def in_place(X, y, size, rng):
    rng.shuffle(X)
    rng.shuffle(y)
    return batches.mini_batches(X, y, size, rng)


def y_in_place(X, y, size, rng):
    y -= y.mean()
    return batches.mini_batches(X, y, size, rng)


def cut(X, y, size):
    return [(X[i : i + size], y[i : i + size]) for i in range(0, len(X), size)]


def by_global(X, y, size, rng):
    return rest(X, y, np.random.permutation(len(X)), size)


def by_another(X, y, size, rng):
    return rest(X, y, np.random.default_rng().permutation(len(X)), size)


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (in_place, "It changes the X that it was given: whoever called it finds it in another order"),
        (y_in_place, "It changes the y that it was given"),
        (by_global, "`rng.permutation(len(X))` and not `np.random.permutation(…)`"),
        (by_another, "do not come from the `rng`"),
        (lambda X, y, size, rng: cut(rng.permutation(X), y, size), "X alone is shuffled"),
        (lambda X, y, size, rng: cut(rng.permutation(X), rng.permutation(y), size), "One order for both"),
        (lambda X, y, size, rng: cut(X, rng.permutation(y), size), "in the old order, X apart from y; it should be"),
        (lambda X, y, size, rng: (X, y), "a list of pairs"),
        (lambda X, y, size, rng: [], "a list of pairs"),
        (lambda X, y, size, rng: [(X, y), 3], "a list of pairs"),
        (lambda X, y, size, rng: [(X, y[:2])], "a list of pairs"),
        (lambda X, y, size, rng: 3, "a list of pairs"),
        (lambda X, y, size, rng: print(end=""), "gives nothing back"),
        (lambda X, y, size, rng: [(X[rng.permutation(20)], y)], "IndexError: index"),
        (
            lambda X, y, size, rng: batches.mini_batches(X[1:], y[1:], 2, rng),
            "your answer is batches of 2, 2, 2: shuff",
        ),
    ],
)
def test_what_are_no_batches_gets_a_sentence(function, says):
    verdict = batches.MINI_BATCHES.check(function)
    assert verdict.state == "not yet" and says in verdict.says, verdict.says
