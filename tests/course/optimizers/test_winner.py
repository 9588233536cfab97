"""Chapter 08's exercise of an optimizer that wins: what its solution claims, and what learners write instead."""

import math
import time

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib import optim
from nnlib.course import check
from nnlib.course.common import learner
from nnlib.course.common.surfaces import SURFACES
from nnlib.course.optimizers.exercises import winner as room
from nnlib.live.numbers import plain
from nnlib.train import descend

VALLEY = SURFACES[room.PLACE]


def test_the_solution_wins_by_far():
    name, height = room.to_beat()
    run = room.down_the_valley(optim.momentum(0.1291, 0.9368))
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
    assert room.down_the_valley(optim.momentum(rate, a)).diverged == 16
    a, rate = best(30, 0.008)
    assert a**0.5 == pytest.approx(0.97, abs=0.005) and rate < 2 * (1 + a) / 30
    step, _ = room.winner(np.ones(2), np.zeros(2))
    assert step == pytest.approx(-rate * np.ones(2))


def best(L, m):
    return ((L**0.5 - m**0.5) / (L**0.5 + m**0.5)) ** 2, 4 / (L**0.5 + m**0.5) ** 2


@pytest.mark.parametrize("numbers", [(0.04, 0.9), (0.02, 0.97), (0.06, 0.95)])
def test_many_win(numbers):
    rate, a = numbers

    def winner(g, memory):
        memory = a * memory - rate * g
        return memory, memory

    verdict = check(winner)
    height = plain(room.down_the_valley(optim.momentum(rate, a)).height, 2)
    assert verdict.right and f"stands at {height}, and there is more to win: does it come below 0." in verdict.says


def test_the_second_goal_is_reached_by_the_solution():
    assert check(room.winner).says == room.WINNER.right


def by_numpy(g, memory):
    return -0.1 * np.sign(g), memory


def by_if(g, memory):
    return (-0.1 * g, memory) if g[0] > 0 else (-0.2 * g, memory)


def by_if_of_all(g, memory):
    return (-0.1 * g, memory) if memory > 0 else (-0.2 * g, memory)


def by_place(g, memory):
    memory[0] = 0.9 * memory[0] - 0.02 * g[0]
    return memory, memory


def by_numpys_place(g, memory):
    step = np.zeros(2)
    step[0] = -g[0]
    return step, memory


def by_format(g, memory):
    return -0.1 * g * len(f"{g[0]:.1f}"), memory


KEPT = []


def by_list(g, memory):
    KEPT.append(g)
    return -0.1 * sum(KEPT), memory


IF, ONE = "jnp.where(...) for if, jnp.maximum for max", "leave them away, and write jnp for math"


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (by_numpy, "write jnp for np"),
        (lambda g, memory: (-np.clip(g, -1, 1), memory), "write jnp for np"),
        (by_if, f"`if` and `max` need a number, and none is known while it is compiled; write {IF}"),
        (by_if_of_all, f"`if` needs one yes or no, and an array has many; write {IF}"),
        (lambda g, memory: (-max(g[0], 0.0) * g, memory), IF),
        (lambda g, memory: (-float(g) * g, memory), f"take one number, not an array; {ONE}"),
        (lambda g, memory: (-float(g[0]) * g, memory), f"need a number, and none is known while it is compiled; {ONE}"),
        (lambda g, memory: (-g[0].item() * g, memory), ONE),
        (lambda g, memory: (-g / math.sqrt(g @ g), memory), ONE),
        (lambda g, memory: (-g * [1, 2][(g[0] > 0).astype(int)], memory), "use jnp.where"),
        (lambda g, memory: (-g[g > 0].sum() * g, memory), "write jnp.where(x > 0, x, 0)"),
        (by_place, "JAX changes no array; for x[i] = ... write x = x.at[i].set(...)"),
        (by_numpys_place, "an array of NumPy holds numbers, and none is known while it is compiled; write jnp.array("),
        (by_format, "a format needs a number"),
        (by_list, "what is kept for the next step goes into the memory"),
        (lambda g, memory: -g, "It should give 2 values"),
        (lambda g, memory: (-g[0], memory), "The step should be an array of shape (2,), but is one"),
        (lambda g, memory: ([-0.1, 0.2], memory), "expected a step of shape (2,), like the gradient, got list"),
        (lambda g, memory: (-g, g[0]), "The memory should be"),
        (lambda g, memory: (g * np.nan, memory), "The step is nan"),
        (lambda g, memory: (-undefined * g, memory), "NameError: name 'undefined'"),  # noqa: F821
        (lambda g, memory: print(end=""), "gives nothing back"),
        (lambda g: g, "It should take 2 values"),
    ],
)
def test_what_is_no_optimizer_gets_a_sentence(function, says):
    verdict = room.WINNER.check(function)
    assert verdict.state == "not yet" and says in verdict.says, verdict.says
    assert not any(word in verdict.says for word in ("racer", "traced", "oncret")), verdict.says


def test_what_the_race_allows_is_allowed():
    """JAX's own way to set a place, and `-=`, which makes a new array of JAX's."""

    def winner(g, memory):
        memory *= 0.9
        memory -= 0.04 * g
        return memory.at[0].set(memory[0]), memory

    assert check(winner).right


def test_one_that_never_comes_back_is_left_to_itself(monkeypatch):
    monkeypatch.setattr(learner, "SECONDS", 0.2)
    done = []

    def winner(g, memory):
        while not done:
            time.sleep(0.01)
        return -g, memory

    verdict = check(winner)
    done.append(True)
    assert verdict.state == "not yet" and "is there a loop in it that never ends" in verdict.says
