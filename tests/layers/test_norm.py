"""Batch and layer normalisation against NumPy, and what is carried from step to step."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib.layers import batch_norm, dense, layer_norm, sequential
from nnlib.losses import squared_error
from nnlib.module import replace, split
from nnlib.optim import sgd
from nnlib.train import fit
from tests.helpers import assert_close, assert_same, central_difference, float64

KEY = jax.random.key(0)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(2, 4), min_size=1, max_size=3), st.integers(1, 4))
def test_training_takes_the_batch_and_moves_the_running_statistics(batch, n):
    x = np.random.default_rng(0).normal(2.0, 3.0, (*batch, n))
    rows = x.reshape(-1, n)
    with float64():
        layer = replace(batch_norm(n, momentum=0.3, eps=1e-3), gamma=jnp.arange(1.0, n + 1), beta=jnp.arange(n) - 1.0)
        y, after = jax.jit(lambda layer, x: layer.train_call(x, None))(layer, x)
        expected = (x - rows.mean(0)) / np.sqrt(rows.var(0) + 1e-3) * np.arange(1, n + 1) + np.arange(n) - 1
        assert_close(y, expected, rtol=1e-10)
        assert_close(after.mean, 0.3 * rows.mean(0), rtol=1e-10)
        assert_close(after.variance, 0.7 + 0.3 * rows.var(0, ddof=1), rtol=1e-10)
        predicted = (x - after.mean) / np.sqrt(after.variance + 1e-3) * np.arange(1, n + 1) + np.arange(n) - 1
        assert_close(after(jnp.asarray(x)), predicted, rtol=1e-10)
        assert_same((after.gamma, after.beta, after.eps), (layer.gamma, layer.beta, layer.eps))


@pytest.mark.parametrize("make", [batch_norm, layer_norm])
def test_gradients(make):
    with float64():
        layer, x = replace(make(3), gamma=jnp.array([1.0, 2.0, -1.0])), jax.random.normal(KEY, (4, 3))

        def f(x):
            return jnp.sum(jnp.sin(layer.train_call(jnp.asarray(x), None)[0]) ** 2)

        np.testing.assert_allclose(jax.grad(f)(x), central_difference(f, x), atol=1e-7)


def test_layer_norm():
    x = np.random.default_rng(0).normal(5.0, 2.0, (2, 3, 4)).astype(np.float32)
    layer = replace(layer_norm(4, eps=1e-3), gamma=jnp.arange(1.0, 5), beta=jnp.ones(4))
    expected = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-3) * np.arange(1, 5) + 1
    assert_close(layer(jnp.asarray(x)), expected, rtol=1e-4)
    assert_same(layer.train_call(x, None)[0], layer(x))
    assert_close(jax.vmap(layer)(x), layer(x))
    assert layer(x).dtype == jnp.float32 and layer.trains_as_it_predicts()


def test_only_gamma_and_beta_are_trained_and_a_film_keeps_the_statistics():
    layer = batch_norm(2)
    assert [leaf is None for leaf in jax.tree.leaves(split(layer)[0], is_leaf=lambda leaf: leaf is None)] == [
        False, False, True, True, True, True,
    ]  # fmt: skip
    X = 3 + 2 * jax.random.normal(KEY, (64, 2))
    model = sequential(dense(KEY, 2, 2), layer, jnp.tanh)
    run = fit(model, (X, jnp.sign(X - 3)), squared_error, sgd(0.1), steps=60, frames=4)
    assert run.film.layers[1].mean.shape == (4, 2)
    assert jax.vmap(lambda m: m(X))(run.film).shape == (4, 64, 2)
    assert_close(run.model.layers[1].mean, model.layers[0](X).mean(0), rtol=0.5, atol=0.5)
    assert not run.model.trains_as_it_predicts()


def test_the_running_statistics_come_to_those_of_the_data():
    X = 3 + 2 * jax.random.normal(KEY, (50, 2))

    def step(layer, _):
        return layer.train_call(X, None)[1], None

    layer = jax.lax.scan(step, batch_norm(2), length=200)[0]
    assert_close((layer.mean, layer.variance), (X.mean(0), X.var(0, ddof=1)), rtol=1e-4)
    assert jnp.abs(layer.variance - X.var(0)).max() > 0.01  # divided by n it would be less


def test_a_hundred_momenta_are_one_trace():
    traces = []

    @jax.jit
    def after(layer, x):
        traces.append(layer)
        return layer.train_call(x, None)[1]

    for value in np.linspace(0, 1, 100).tolist():
        after(batch_norm(2, momentum=value, eps=value), jnp.ones((3, 2)))
    assert len(traces) == 1


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: batch_norm(3)(jnp.ones((5, 2))), r"BatchNorm: expected inputs of shape \(\.\.\., 3\), got \(5, 2\); "),
        (lambda: batch_norm(3).train_call(jnp.ones(()), None), "BatchNorm: expected inputs"),
        (lambda: batch_norm(3).train_call(jnp.ones((1, 3)), None), r"BatchNorm: expected two .* got \(1, 3\); take"),
        (lambda: layer_norm(3)(jnp.ones((5, 2))), "LayerNorm: expected inputs"),
        (lambda: batch_norm(0), "batch_norm: expected n to be a whole number from 1 up, got 0; "),
        (lambda: layer_norm(0), "layer_norm: expected n to be a whole number from 1 up, got 0; "),
    ],
)
def test_messages(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_one_image_has_many_values_of_each_channel():
    assert batch_norm(2).train_call(jnp.ones((1, 3, 3, 2)), None)[0].shape == (1, 3, 3, 2)
