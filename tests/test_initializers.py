"""Initializers: their mean, variance and range, and what they refuse."""

import jax
import jax.numpy as jnp
import pytest

from nnlib.initializers import glorot_uniform, he_normal, normal, zeros

KEY = jax.random.key(0)


@pytest.mark.parametrize(
    ("initializer", "shape", "variance"),
    [
        (normal, (300, 200), 1),
        (glorot_uniform, (300, 200), 2 / 500),
        (he_normal, (300, 200), 2 / 300),
        (he_normal, (5, 5, 40, 60), 2 / (25 * 40)),
        (glorot_uniform, (5, 5, 40, 60), 2 / (25 * 100)),
    ],
)
def test_mean_and_variance(initializer, shape, variance):
    W = initializer(KEY, shape)
    assert W.shape == shape and W.dtype == jnp.float32
    assert abs(W.mean()) < 4 * (variance / W.size) ** 0.5
    assert W.var() == pytest.approx(variance, rel=0.03)


def test_range_and_zeros():
    W = glorot_uniform(KEY, (300, 200))
    assert (6 / 500) ** 0.5 * 0.99 < abs(W).max() <= (6 / 500) ** 0.5
    assert not zeros(None, (3, 2)).any()


@pytest.mark.parametrize("initializer", [glorot_uniform, he_normal])
@pytest.mark.parametrize("shape", [(3,), (), (0, 3)])
def test_shapes_without_inputs_and_outputs(initializer, shape):
    with pytest.raises(ValueError, match=r"expected a shape .*, got .*; use"):
        initializer(KEY, shape)
