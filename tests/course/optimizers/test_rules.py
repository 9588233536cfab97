"""Chapter 08's update rules as they are printed, in NumPy: those that no other test writes out.

Gradient descent, momentum and Adam are the solutions of exercises, beside the library in test_exercises.py;
momentum under a schedule, both forms of Nesterov's and AdaGrad are in tests/optim/test_optimizers.py; Newton with
damping is in tests/oracles/optimizers.py.
"""

import jax
import numpy as np
import pytest

from nnlib import optim
from nnlib.course.common.surfaces import SURFACES
from nnlib.train import descend


def rmsprop(gradient, w, rate, b, steps, eps=1e-8):
    """M <- b M + (1 - b) g^2, w <- w - rate g / (sqrt(M) + eps)."""
    M, points = np.zeros(2), [w]
    for _ in range(steps):
        g = np.asarray(gradient(w))
        M = b * M + (1 - b) * g**2
        w = w - rate * g / (np.sqrt(M) + eps)
        points.append(w)
    return np.array(points)


@pytest.mark.parametrize("name", ["ravine", "Rosenbrock's valley", "four minima"])
@pytest.mark.parametrize("b", [0.0, 0.5, 0.99])
def test_rmsprop(name, b):
    surface = SURFACES[name]
    with jax.enable_x64(True):
        start = np.array(surface.start)
        path = rmsprop(jax.grad(surface.f), start, 0.02, b, 20)
        np.testing.assert_allclose(descend(surface.f, start, optim.rmsprop(0.02, b), 20).path, path, rtol=1e-10)
