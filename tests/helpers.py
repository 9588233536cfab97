"""What several tests need: gradients by central differences, and equality of whole trees."""

import contextlib

import jax
import numpy as np


@contextlib.contextmanager
def float64():
    """Double precision inside the block, for derivatives by differences."""
    with jax.enable_x64(True):
        yield


def central_difference(f, x, h=1e-6):
    """The gradient of f at x, number by number: (f(x + h) - f(x - h)) / 2h. For float64."""
    x = np.asarray(x, np.float64)
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        gradient[place] = (float(f(up)) - float(f(down))) / (2 * h)
    return gradient


def assert_same(a, b):
    """The same form, and the same numbers to the last bit."""
    assert jax.tree.structure(a) == jax.tree.structure(b)
    for x, y in zip(jax.tree.leaves(a), jax.tree.leaves(b), strict=True):
        np.testing.assert_array_equal(x, y)


def assert_close(a, b, rtol=1e-5, atol=1e-6):
    """The same leaves in the same order, up to rounding."""
    for x, y in zip(jax.tree.leaves(a), jax.tree.leaves(b), strict=True):
        np.testing.assert_allclose(x, y, rtol=rtol, atol=atol)
