"""Activations against NumPy; derivatives against central differences; the conventions at 0; the usual slips."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from nnlib import activations
from nnlib.activations import (
    absolute,
    elu,
    identity,
    leaky_relu,
    log_softmax,
    prelu,
    relu,
    rrelu,
    sigmoid,
    sign,
    softmax,
    softplus,
    step,
    swish,
    tanh,
)  # fmt: skip
from tests.helpers import central_difference, float64

ORACLES = {
    "identity": lambda z: z,
    "step": lambda z: (z >= 0) * 1.0,
    "sign": lambda z: np.where(z >= 0, 1.0, -1.0),
    "sigmoid": special.expit,
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "leaky_relu": lambda z: np.maximum(z, 0) + 0.01 * np.minimum(z, 0),
    "prelu": lambda z: np.maximum(z, 0) + 0.3 * np.minimum(z, 0),
    "rrelu": lambda z: np.maximum(z, 0) + (1 / 8 + 1 / 3) / 2 * np.minimum(z, 0),
    "absolute": np.abs,
    "elu": lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
    "softplus": lambda z: np.logaddexp(z, 0),
    "swish": lambda z: z * special.expit(z),
    "softmax": lambda z: special.softmax(z, -1),
    "log_softmax": lambda z: special.log_softmax(z, -1),
}
VECTOR = {"softmax", "log_softmax"}


def function(name):
    return (lambda z: prelu(z, 0.3)) if name == "prelu" else getattr(activations, name)


def test_every_activation_has_an_oracle():
    assert set(ORACLES) == set(activations.__all__)


@pytest.mark.parametrize("name", ORACLES)
@settings(deadline=None)
@given(st.lists(st.floats(-50, 50, width=32, allow_subnormal=False), min_size=1, max_size=5))
def test_values(name, z):
    f, z = function(name), np.array(z, np.float32)
    np.testing.assert_allclose(f(jnp.asarray(z)), ORACLES[name](z), rtol=1e-5, atol=1e-6)
    assert f(jnp.asarray(z)).dtype == jnp.float32


@pytest.mark.parametrize("name", [name for name in ORACLES if name not in VECTOR])
def test_derivatives_jit_and_vmap(name):
    f = function(name)
    with float64():
        for z in (-2.3, -0.4, 0.7, 3.1):
            assert jax.grad(f)(z) == pytest.approx(central_difference(f, z), abs=1e-8)
    z = jnp.linspace(-3, 3, 7)
    np.testing.assert_array_equal(jax.vmap(f)(z), f(z))
    np.testing.assert_allclose(jax.jit(f)(z), f(z), rtol=1e-6)


def test_conventions_at_zero():
    assert step(0.0) == 1 and sign(0.0) == 1 and relu(0.0) == 0
    assert jax.grad(relu)(0.0) == 0 and jax.grad(step)(0.0) == 0 and jax.grad(sign)(0.0) == 0
    assert jax.grad(absolute)(0.0) == 0 and jax.grad(jnp.abs)(0.0) == 1
    assert jax.grad(prelu)(0.0, 0.25) == 0.25 and jax.grad(leaky_relu)(0.0) == pytest.approx(0.01)
    assert jax.grad(elu)(0.0, 0.5) == 0.5


def test_relu_at_zero_is_a_convention_and_libraries_differ():
    assert jax.grad(relu)(0.0) == 0 and jax.grad(lambda z: jnp.maximum(z, 0.0))(0.0) == 0.5


def test_identities():
    z = jnp.linspace(-4, 4, 33)
    np.testing.assert_allclose(tanh(z), 2 * sigmoid(2 * z) - 1, atol=1e-6)
    np.testing.assert_array_equal(sign(z), 2 * step(z) - 1)
    assert identity(z) is z
    np.testing.assert_allclose(swish(z, 0.0), z / 2)
    np.testing.assert_allclose(swish(z, 200.0), relu(z), atol=1e-6)
    np.testing.assert_allclose(jax.vmap(jax.grad(softplus))(z), sigmoid(z), rtol=1e-6)
    assert softplus(0.0) == pytest.approx(np.log(2))


def test_the_generalised_relu_at_plus_1_is_the_identity_not_the_absolute_value():
    z = jnp.linspace(-4, 4, 33)
    np.testing.assert_array_equal(prelu(z, 1.0), z)
    np.testing.assert_array_equal(prelu(z, -1.0), absolute(z))
    np.testing.assert_array_equal(prelu(z, 0.0), relu(z))
    assert float(jnp.abs(prelu(z, 1.0) - jnp.abs(z)).max()) == 8


def test_the_derivative_of_swish_and_its_misprint():
    z, beta = 1.0, 3.0
    slope = float(jax.grad(swish)(z, beta))
    s = 1 / (1 + np.exp(-beta * z))
    g, g_of_beta_z = z * s, beta * z / (1 + np.exp(-beta * beta * z))  # g(z) = z sigmoid(beta z), and g(beta z)
    assert slope == pytest.approx(beta * g + s * (1 - beta * g), rel=1e-6)
    assert abs(beta * g_of_beta_z + s * (1 - beta * g_of_beta_z) - slope) > 0.2
    # with beta = 1 nobody notices
    assert float(jax.grad(swish)(z, 1.0)) == pytest.approx(special.expit(1) * (1 + 1 - special.expit(1)), rel=1e-6)


def test_slopes_by_feature_and_at_random():
    z = -jnp.ones((1000, 3))
    np.testing.assert_allclose(prelu(z, jnp.array([0.0, 0.5, 1.0]))[0], [0, -0.5, -1])
    drawn = -rrelu(z, jax.random.key(0))
    assert 1 / 8 <= drawn.min() < 0.13 and 0.33 < drawn.max() <= 1 / 3
    assert drawn.mean() == pytest.approx((1 / 8 + 1 / 3) / 2, abs=0.005)
    assert len(jnp.unique(drawn)) > 2900 and (rrelu(-z, jax.random.key(0)) == 1).all()


def test_the_jacobian_of_softmax():
    with float64():
        z = jnp.array([0.3, -1.2, 2.0, 0.0])
        y, J = softmax(z), jax.jacobian(softmax)(z)
        for i in range(4):
            for j in range(4):
                expected = y[i] * (1 - y[i]) if i == j else -y[i] * y[j]
                assert J[i, j] == pytest.approx(float(expected), abs=1e-14)
                assert J[j, i] == pytest.approx(float(jnp.squeeze(
                    central_difference(lambda x, i=i, j=j: softmax(z.at[i].set(x))[j], z[i]))), abs=1e-8)  # fmt: skip
        np.testing.assert_allclose(J.sum(0), 0, atol=1e-14)  # the shares always sum to 1


def test_softmax_is_over_the_last_axis_and_does_not_mind_a_constant():
    z = jax.random.normal(jax.random.key(0), (4, 5, 3))
    np.testing.assert_allclose(softmax(z).sum(-1), 1, rtol=1e-6)
    np.testing.assert_allclose(softmax(z + 1000), softmax(z), rtol=1e-3)
    np.testing.assert_allclose(jnp.exp(log_softmax(z)), softmax(z), rtol=1e-5)
    assert softmax(jnp.array([0.0, 1000.0]))[0] == 0 and log_softmax(jnp.array([0.0, 1000.0]))[0] == -1000


@pytest.mark.parametrize("name", ORACLES)
def test_extremes_stay_finite(name):
    if name not in ("log_softmax",):
        z = jnp.array([-1e4, 1e4])
        f = function(name)
        assert jnp.isfinite(f(z)).all() and jnp.isfinite(jax.grad(lambda z: f(z).sum())(z)).all()


@pytest.mark.parametrize("name", ORACLES)
def test_types_are_kept(name):
    assert function(name)(jnp.ones(3, jnp.bfloat16)).dtype == jnp.bfloat16
    with float64():
        assert function(name)(jnp.ones(3)).dtype == jnp.float64


@pytest.mark.parametrize("f", [leaky_relu, prelu, elu, swish, lambda z, v: rrelu(z, None, v, 1.0)])
def test_a_hundred_values_are_one_trace(f):
    traces = []

    @jax.jit
    def traced(z, value):
        traces.append(1)
        return f(z, value)

    values = [traced(jnp.array([-1.0, 2.0]), value) for value in np.linspace(0.01, 0.9, 100).tolist()]
    assert len(traces) == 1 and len(np.unique(values)) > 100


EVERY = (absolute, elu, identity, leaky_relu, relu, sigmoid, sign, softplus, step, swish, tanh, softmax, log_softmax)


@pytest.mark.parametrize("f", EVERY)
def test_lists_of_numbers_are_taken_and_a_nan_stays_one(f):
    for z in ([1.0, -2.0], (1, -2), [[1, -2], [3, 4]]):
        np.testing.assert_array_equal(f(z), f(jnp.asarray(z)))
    assert jnp.isnan(f(jnp.array([jnp.nan]))).all()
    assert jax.jit(f)([1.0, -2.0]).shape == (2,)
