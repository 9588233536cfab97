"""The exercises of chapters 07 and 08 beside the library, and what learners write that is neither right nor a stub."""

import time

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib import optim
from nnlib.course.exercises import batches, check, descent, optimizers, winning
from nnlib.course.optimizers import own
from nnlib.course.surfaces import SURFACES
from nnlib.train import descend

VALLEY = SURFACES[winning.PLACE]


# --- the solutions are what the library does -----------------------------------------------------------------------


def test_gradient_descent_is_the_librarys():
    with jax.enable_x64(True):
        points = descent.gradient_descent(jax.grad(VALLEY.f), np.array(VALLEY.start), 0.02, 50)
        run = descend(VALLEY.f, np.array(VALLEY.start), optim.sgd(0.02), 50)
        np.testing.assert_allclose(points, run.path, rtol=1e-10)


def test_linear_annealing_is_the_librarys():
    for k in range(12):
        ours = descent.linear_annealing(k, 0.5, 0.1, 8)
        assert ours == pytest.approx(float(optim.linear(0.5, 0.1, 8)(k)), rel=1e-6)


def test_the_two_steps_are_the_librarys():
    with jax.enable_x64(True):
        w, v = np.array(VALLEY.start), np.zeros(2)
        ball = descend(VALLEY.f, w, optim.momentum(0.02, 0.9), 30).path
        for k in range(30):
            w, v = optimizers.momentum_step(w, v, jax.grad(VALLEY.f)(w), 0.02, 0.9)
            np.testing.assert_allclose(w, ball[k + 1], rtol=1e-10)
        w, G, M = np.array(VALLEY.start), np.zeros(2), np.zeros(2)
        adam = descend(VALLEY.f, w, optim.adam(0.1), 30).path
        for t in range(1, 31):
            w, G, M = optimizers.adam_step(w, G, M, jax.grad(VALLEY.f)(w), t, 0.1)
            np.testing.assert_allclose(w, adam[t], rtol=1e-10)


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
    return [(X, y)]


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (in_place, "It changes the X that it was given"),
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


# --- Adam: the slip with the exponent ------------------------------------------------------------------------------


def test_the_exponent_t_minus_1_divides_by_zero_and_is_named():
    def adam_step(w, G, M, g, t, rate, a=0.9, b=0.999, eps=1e-8):
        G, M = a * G + (1 - a) * g, b * M + (1 - b) * g**2
        return w - rate * G / (1 - a ** (t - 1)) / (np.sqrt(M / (1 - b ** (t - 1))) + eps), G, M

    with np.errstate(all="ignore"):
        assert "The exponent is t − 1" in check(adam_step).says


# --- the optimizer that wins ---------------------------------------------------------------------------------------


def test_the_solution_wins_by_far():
    name, height = winning.to_beat()
    run = winning.down_the_valley(optim.momentum(0.1291, 0.9368))
    assert name == "Adam" and 3.0e-4 < height < 3.2e-4 and run.diverged == -1 and run.height < 1e-12


def test_the_reasoning_of_the_solution():
    """The largest curvature is 20 at the minimum and 30 at the start, which is the most on the whole way."""
    with jax.enable_x64(True):
        curvatures = jax.vmap(lambda w: jnp.linalg.eigvalsh(jax.hessian(VALLEY.f)(w)))
        smallest, largest = curvatures(jnp.ones((1, 2)))[0]
        assert smallest == pytest.approx(0.008, rel=0.01) and largest == pytest.approx(20, rel=0.01)
        assert curvatures(jnp.array([VALLEY.start]))[0, 1] == pytest.approx(30, rel=0.01)
        run = descend(VALLEY.f, np.array(VALLEY.start), optim.momentum(0.1291, 0.9368), 500)
        assert curvatures(run.path)[:, 1].max() == pytest.approx(30, rel=0.01)
    a, rate = best(20.03, 0.008)
    assert winning.down_the_valley(optim.momentum(rate, a)).diverged == 16
    a, rate = best(30, 0.008)
    assert a**0.5 == pytest.approx(0.97, abs=0.005) and rate < 2 * (1 + a) / 30
    step, _ = winning.winner(np.ones(2), np.zeros(2))
    assert step == pytest.approx(-rate * np.ones(2))


def best(L, m):
    return ((L**0.5 - m**0.5) / (L**0.5 + m**0.5)) ** 2, 4 / (L**0.5 + m**0.5) ** 2


@pytest.mark.parametrize("numbers", [(0.04, 0.9), (0.02, 0.97), (0.06, 0.95)])
def test_many_win(numbers):
    rate, a = numbers

    def winner(g, memory):
        memory = a * memory - rate * g
        return memory, memory

    assert check(winner).right


def by_numpy(g, memory):
    return -0.1 * np.sign(g), memory


def by_if(g, memory):
    return (-0.1 * g, memory) if g[0] > 0 else (-0.2 * g, memory)


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (by_numpy, "write jnp for np"),
        (by_if, "jnp.where(...) for if"),
        (lambda g, memory: -g, "It should give 2 values"),
        (lambda g, memory: (-g[0], memory), "Value 1 of 2: It should give an array of shape (2,)"),
        (lambda g, memory: ([-0.1, 0.2], memory), "expected a step of shape (2,), like the gradient, got list"),
        (lambda g, memory: (-g, g[0]), "Value 2 of 2"),
        (lambda g, memory: (g * np.nan, memory), "It gives nan"),
        (lambda g, memory: (-undefined * g, memory), "NameError: name 'undefined'"),  # noqa: F821
        (lambda g, memory: print(end=""), "gives nothing back"),
        (lambda g: g, "It should take 2 values"),
    ],
)
def test_what_is_no_optimizer_gets_a_sentence(function, says):
    verdict = winning.WINNER.check(function)
    assert verdict.state == "not yet" and says in verdict.says, verdict.says


def test_one_that_never_comes_back_is_left_to_itself(monkeypatch):
    monkeypatch.setattr(own.in_time, "__defaults__", (0.2,))
    done = []

    def winner(g, memory):
        while not done:
            time.sleep(0.01)
        return -g, memory

    verdict = check(winner)
    done.append(True)
    assert verdict.state == "not yet" and "is there a loop in it that never ends" in verdict.says
