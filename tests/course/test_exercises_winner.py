"""Chapter 08's exercise of an optimizer that wins: what its solution claims, and what learners write instead."""

import time

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib import optim
from nnlib.course.exercises import check, winning
from nnlib.course.optimizers import own
from nnlib.course.surfaces import SURFACES
from nnlib.train import descend

VALLEY = SURFACES[winning.PLACE]


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
