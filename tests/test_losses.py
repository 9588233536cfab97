"""Losses against optax and NumPy, gradients against central differences, and shapes that do not match."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib.losses import binary_cross_entropy, squared_error, zero_one
from tests.helpers import central_difference, float64

ALL = (binary_cross_entropy, squared_error, zero_one)


LOGITS = st.floats(-80, 80, width=32, allow_subnormal=False)


@settings(deadline=None)
@given(st.lists(st.tuples(LOGITS, st.integers(0, 1)), min_size=1, max_size=6))
def test_binary_cross_entropy(pairs):
    z, d = (jnp.array(column) for column in zip(*pairs, strict=True))
    expected = optax.sigmoid_binary_cross_entropy(z, d)
    np.testing.assert_allclose(binary_cross_entropy(z, d), expected, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(binary_cross_entropy(z[:, None], d), expected, rtol=1e-5, atol=1e-6)
    surprise = -jax.nn.log_sigmoid((2 * d - 1) * z)
    np.testing.assert_allclose(binary_cross_entropy(z, d), surprise, rtol=1e-5, atol=1e-6)


def test_binary_cross_entropy_where_the_naive_form_fails():
    z = jnp.array([-200.0, 200.0])
    d = jnp.array([1, 0])
    np.testing.assert_allclose(binary_cross_entropy(z, d), 200)
    assert jnp.isinf(-jnp.log(jax.nn.sigmoid(-200.0)))
    np.testing.assert_allclose(jax.vmap(jax.grad(binary_cross_entropy))(z, d * 1.0), [-1, 1])


def test_the_minus_sign_is_there():
    assert binary_cross_entropy(jnp.array(0.3), 1) > 0 and binary_cross_entropy(jnp.array(0.3), 0) > 0


def test_squared_error_and_zero_one():
    y, d = np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[0.0, 2.0], [5.0, 1.0]])
    np.testing.assert_allclose(squared_error(y, d), (y - d) ** 2)
    np.testing.assert_array_equal(zero_one(jnp.array([1, 0, 1]), jnp.array([1, 1, 0])), [0, 1, 1])


@pytest.mark.parametrize("loss", [binary_cross_entropy, squared_error])
@pytest.mark.parametrize("d", [0.0, 1.0, 0.3])
def test_gradients(loss, d):
    with float64():
        for z in (-3.0, 0.1, 2.0):
            slope = central_difference(lambda z: loss(z, d), z)
            assert jax.grad(loss)(z, d) == pytest.approx(slope, abs=1e-8)


@pytest.mark.parametrize("loss", ALL)
def test_jit_and_vmap(loss):
    z, d = jnp.linspace(-2, 2, 5), jnp.array([0, 1, 1, 0, 1])
    np.testing.assert_allclose(jax.jit(loss)(z, d), loss(z, d), rtol=1e-6)
    np.testing.assert_allclose(jax.vmap(loss)(z, d), loss(z, d), rtol=1e-6)


@pytest.mark.parametrize("loss", ALL)
@pytest.mark.parametrize(("outputs", "targets"), [((3,), (4,)), ((3, 2), (3,)), ((3,), (3, 1)), ((), (3,))])
def test_nothing_is_broadcast(loss, outputs, targets):
    with pytest.raises(ValueError, match=r"expected outputs of shape .*, got .*; give one output"):
        loss(jnp.zeros(outputs), jnp.zeros(targets))
