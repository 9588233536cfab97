"""Chapter 08's two steps beside the library."""

import jax
import numpy as np

from nnlib import optim
from nnlib.course import check
from nnlib.course.common.surfaces import SURFACES
from nnlib.course.optimizers.exercises.adam_step import adam_step
from nnlib.course.optimizers.exercises.momentum_step import momentum_step
from nnlib.train import descend

VALLEY = SURFACES["Rosenbrock's valley"]


def test_the_two_steps_are_the_librarys():
    with jax.enable_x64(True):
        w, v = np.array(VALLEY.start), np.zeros(2)
        ball = descend(VALLEY.f, w, optim.momentum(0.02, 0.9), 30).path
        for k in range(30):
            w, v = momentum_step(w, v, jax.grad(VALLEY.f)(w), 0.02, 0.9)
            np.testing.assert_allclose(w, ball[k + 1], rtol=1e-10)
        w, G, M = np.array(VALLEY.start), np.zeros(2), np.zeros(2)
        adam = descend(VALLEY.f, w, optim.adam(0.1), 30).path
        for t in range(1, 31):
            w, G, M = adam_step(w, G, M, jax.grad(VALLEY.f)(w), t, 0.1)
            np.testing.assert_allclose(w, adam[t], rtol=1e-10)


def test_the_forms_of_other_libraries_are_the_same_walk_and_are_named():
    """PyTorch's momentum moves w as ours does while the rate stays; Adam with its rate corrected differs by eps."""
    w, v, other, u = np.array([1.0, -2.0]), np.zeros(2), np.array([1.0, -2.0]), np.zeros(2)
    for _ in range(10):
        w, v = momentum_step(w, v, 2 * w, 0.1, 0.9)
        u = 0.9 * u + 2 * other
        other = other - 0.1 * u
    np.testing.assert_allclose(w, other)

    def adam_step(w, G, M, g, t, rate, a=0.9, b=0.999, eps=1e-8):
        G, M = a * G + (1 - a) * g, b * M + (1 - b) * g**2
        rate = rate * np.sqrt(1 - b**t) / (1 - a**t)
        return w - rate * G / (np.sqrt(M) + eps), G, M

    assert "Right but for eps" in check(adam_step).says


def test_the_exponent_t_minus_1_divides_by_zero_and_is_named():
    def adam_step(w, G, M, g, t, rate, a=0.9, b=0.999, eps=1e-8):
        G, M = a * G + (1 - a) * g, b * M + (1 - b) * g**2
        return w - rate * G / (1 - a ** (t - 1)) / (np.sqrt(M / (1 - b ** (t - 1))) + eps), G, M

    with np.errstate(all="ignore"):
        assert "The exponent is t − 1" in check(adam_step).says
