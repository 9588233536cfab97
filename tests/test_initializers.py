"""Initializers: their mean, variance and range, what orthogonal keeps, and what they refuse."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.initializers import (
    constant,
    glorot_normal,
    glorot_uniform,
    he_normal,
    he_uniform,
    lecun_normal,
    normal,
    orthogonal,
    uniform,
    zeros,
)  # fmt: skip
from nnlib.layers import dense
from tests.helpers import float64

KEY = jax.random.key(0)
FANS = [glorot_normal, glorot_uniform, he_normal, he_uniform, lecun_normal, orthogonal]


@pytest.mark.parametrize(
    ("initializer", "shape", "variance"),
    [
        (normal, (300, 200), 1),
        (uniform, (300, 200), 1 / 3),
        (lecun_normal, (300, 200), 1 / 300),
        (glorot_uniform, (300, 200), 2 / 500),
        (glorot_normal, (300, 200), 2 / 500),
        (he_normal, (300, 200), 2 / 300),
        (he_uniform, (300, 200), 2 / 300),
        (orthogonal, (300, 200), 1 / 300),
        (orthogonal, (200, 300), 1 / 300),
        (lecun_normal, (5, 5, 40, 60), 1 / (25 * 40)),
        (he_normal, (5, 5, 40, 60), 2 / (25 * 40)),
        (he_uniform, (5, 5, 40, 60), 2 / (25 * 40)),
        (glorot_normal, (5, 5, 40, 60), 2 / (25 * 100)),
        (glorot_uniform, (5, 5, 40, 60), 2 / (25 * 100)),
    ],
)
def test_mean_and_variance(initializer, shape, variance):
    W = initializer(KEY, shape)
    assert W.shape == shape and W.dtype == jnp.float32
    assert abs(W.mean()) < 4 * (variance / W.size) ** 0.5
    assert W.var() == pytest.approx(variance, rel=0.03)
    with float64():
        assert initializer(KEY, shape).dtype == jnp.float64


@pytest.mark.parametrize(
    ("initializer", "limit"), [(uniform, 1), (glorot_uniform, (6 / 500) ** 0.5), (he_uniform, (6 / 300) ** 0.5)]
)
def test_ranges(initializer, limit):
    W = initializer(KEY, (300, 200))
    assert limit * 0.99 < abs(W).max() <= limit


def test_zeros_and_constant():
    assert not zeros(None, (3, 2)).any()
    assert (jnp.float32(0.1) == dense(KEY, 3, 2, constant(0.1)).W).all()
    with pytest.raises(TypeError, match="expected a real number, got 'big'"):
        constant("big")


@pytest.mark.parametrize("shape", [(5, 5), (7, 3), (3, 7), (1, 4), (4, 6, 6), (2, 3, 5, 4)])
def test_orthogonal(shape):
    with float64():
        W = np.asarray(orthogonal(KEY, shape))
        T = np.swapaxes(W, -1, -2)
        kept = T @ W if shape[-2] >= shape[-1] else W @ T
        np.testing.assert_allclose(kept, np.broadcast_to(np.eye(min(shape[-2:])), kept.shape), atol=1e-12)
    assert len(np.unique(W.reshape(-1, *shape[-2:]), axis=0)) == np.prod(shape[:-2])  # each matrix is another


def test_orthogonal_keeps_lengths_where_normal_weights_do_not():
    h = jnp.ones((1, 50))
    for _ in range(50):
        h = h @ orthogonal(KEY, (50, 50))
    assert jnp.linalg.norm(h) == pytest.approx(50**0.5, rel=1e-3)
    blown = jnp.ones((1, 50))
    for _ in range(20):
        blown = blown @ normal(KEY, (50, 50))
    assert jnp.linalg.norm(blown) > 1e10


def test_all_rotations_are_equally_likely():
    """The eigenvalues of rotations are spread evenly round the circle; those of Q alone are not (Mezzadri, 2007)."""
    keys = jax.random.split(KEY, 1000)
    right = np.linalg.eigvals(np.asarray(jax.vmap(lambda key: orthogonal(key, (4, 4)))(keys)))
    Q = np.linalg.eigvals(np.linalg.qr(np.asarray(jax.vmap(lambda key: normal(key, (4, 4)))(keys)))[0])
    traces, naive = right.sum(1).real, Q.sum(1).real
    assert abs(traces.mean()) < 0.15 and abs(naive.mean()) > 0.4
    assert traces.var() == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize("initializer", FANS)
@pytest.mark.parametrize("shape", [(3,), (), (0, 3)])
def test_shapes_without_inputs_and_outputs(initializer, shape):
    with pytest.raises(ValueError, match=r"expected a shape .*, got .*; use"):
        initializer(KEY, shape)


@pytest.mark.parametrize("initializer", [*FANS, normal, uniform, constant(0.3)])
def test_jit_vmap_and_the_same_key(initializer):
    W = initializer(KEY, (4, 3))
    np.testing.assert_array_equal(W, initializer(KEY, (4, 3)))
    np.testing.assert_allclose(jax.jit(lambda key: initializer(key, (4, 3)))(KEY), W, rtol=1e-5, atol=1e-6)
    stacked = jax.vmap(lambda key: initializer(key, (4, 3)))(KEY[None])
    np.testing.assert_allclose(stacked[0], W, rtol=1e-5, atol=1e-6)
