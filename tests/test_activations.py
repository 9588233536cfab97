"""Activations against NumPy; derivatives against central differences; the conventions at 0."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import activations
from nnlib.activations import identity, relu, sigmoid, sign, step, tanh
from tests.helpers import central_difference, float64

ORACLES = {
    "identity": lambda z: z,
    "step": lambda z: (z >= 0) * 1.0,
    "sign": lambda z: np.where(z >= 0, 1.0, -1.0),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
}


def test_every_activation_has_an_oracle():
    assert set(ORACLES) == set(activations.__all__)


@pytest.mark.parametrize("name", ORACLES)
@settings(deadline=None)
@given(st.lists(st.floats(-50, 50, width=32, allow_subnormal=False), min_size=1, max_size=5))
def test_values(name, z):
    f, z = getattr(activations, name), np.array(z, np.float32)
    np.testing.assert_allclose(f(jnp.asarray(z)), ORACLES[name](z), rtol=1e-5, atol=1e-6)
    assert f(jnp.asarray(z)).dtype == jnp.float32


@pytest.mark.parametrize("name", ORACLES)
def test_derivatives_jit_and_vmap(name):
    f = getattr(activations, name)
    with float64():
        for z in (-2.3, -0.4, 0.7, 3.1):
            assert jax.grad(f)(z) == pytest.approx(central_difference(f, z), abs=1e-8)
    z = jnp.linspace(-3, 3, 7)
    np.testing.assert_array_equal(jax.vmap(f)(z), f(z))
    np.testing.assert_allclose(jax.jit(f)(z), f(z), rtol=1e-6)


def test_conventions_at_zero():
    assert step(0.0) == 1 and sign(0.0) == 1 and relu(0.0) == 0
    assert jax.grad(relu)(0.0) == 0 and jax.grad(step)(0.0) == 0 and jax.grad(sign)(0.0) == 0


def test_identities():
    z = jnp.linspace(-4, 4, 33)
    np.testing.assert_allclose(tanh(z), 2 * sigmoid(2 * z) - 1, atol=1e-6)
    np.testing.assert_array_equal(sign(z), 2 * step(z) - 1)
    assert identity(z) is z


def test_extremes_stay_finite():
    z = jnp.array([-1e4, 1e4])
    for f in (sigmoid, tanh):
        assert jnp.isfinite(f(z)).all() and jnp.isfinite(jax.vmap(jax.grad(f))(z)).all()
