"""Batch and layer normalisation against NumPy, and what is carried from step to step."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib.layers import batch_norm, dense, layer_norm, residual, rnn, sequential, switch
from nnlib.losses import squared_error
from nnlib.module import Module, replace, split
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


# --- what does not count ------------------------------------------------------------------------------------------


def padded(weights, rows=9.0):
    X, y = 3 + 2 * jax.random.normal(KEY, (20, 2)), jnp.ones(20)
    more = len(weights) - 20
    return (jnp.concatenate([X, jnp.full((more, 2), rows)]), jnp.concatenate([y, jnp.zeros(more)]), weights), (X, y)


NETS = {
    "alone": lambda norm: sequential(norm, dense(KEY, 2, 1)),
    "inside another": lambda norm: sequential(sequential(dense(KEY, 2, 2), norm), dense(KEY, 2, 1)),
    "in a residual": lambda norm: sequential(
        residual(sequential(norm, dense(KEY, 2, 2)), norm, norm), dense(KEY, 2, 1)
    ),
    "in a switch": lambda norm: sequential(switch(1, jnp.tanh, norm), dense(KEY, 2, 1)),
}


@pytest.mark.parametrize("name", NETS)
def test_an_example_of_weight_0_might_as_well_not_be_there(name):
    model = NETS[name](batch_norm(2))
    with_padding, alone = padded(jnp.append(jnp.ones(20), jnp.zeros(7)))
    wanted = fit(model, alone, squared_error, sgd(0.1), 4)
    found = fit(model, with_padding, squared_error, sgd(0.1), 4)
    assert_close((found.model, found.losses), (wanted.model, wanted.losses), rtol=1e-4, atol=1e-5)
    plain = fit(model, with_padding[:2], squared_error, sgd(0.1), 4)
    assert abs(plain.losses[0] - wanted.losses[0]) > 1e-3  # which is what it was with statistics over all rows


def test_the_rows_that_fill_up_a_short_batch_do_not_count():
    """Three rows in batches of two: what the second batch is filled up with is there for its shape alone."""
    X, y = jnp.array([[1.0, 5.0], [2.0, 0.0], [4.0, 1.0]]), jnp.zeros(3)
    model = sequential(batch_norm(2, momentum=1.0), dense(KEY, 2, 1))
    one = fit(model, (X, y), squared_error, sgd(0.0), 1, batch=2, key=KEY).model.layers[0]
    two = fit(model, (X, y), squared_error, sgd(0.0), 2, batch=2, key=KEY).model.layers[0]
    assert_same((one.mean, one.variance), (two.mean, two.variance))  # one value of each has no variance


def test_a_weight_of_2_is_a_mean_of_two_and_the_running_ones_stay_where_nothing_counts():
    X = jnp.array([[1.0], [4.0], [100.0]])
    layer = batch_norm(1, momentum=1.0)
    y, after = layer.train_call(X, None, jnp.array([2.0, 1.0, 0.0]))
    assert after.mean == pytest.approx(2.0) and after.variance == pytest.approx(2 * 2.0)  # n / (n - 1) with n = 2
    assert_close(y[:2, 0], (X[:2, 0] - 2) / np.sqrt(2 + 1e-5))
    _, same = layer.train_call(X, None, jnp.zeros(3))
    assert_same(same, layer)


def test_only_the_steps_of_a_sequence_count_whatever_the_padding_holds():
    x, lengths = jax.random.normal(KEY, (3, 4, 2)), jnp.array([4, 1, 2])
    inside = jnp.arange(4) < lengths[:, None]
    hidden = jnp.where(inside[..., None], x, jnp.nan)
    steps = x[np.asarray(inside)]  # (7, 2)
    y, after = batch_norm(2, momentum=1.0).train_call((hidden, lengths), None)
    assert_close((after.mean, after.variance), (steps.mean(0), steps.var(0, ddof=1)))
    assert_close(y[np.asarray(inside)], (steps - steps.mean(0)) / jnp.sqrt(steps.var(0) + 1e-5), rtol=1e-4)
    grads = jax.grad(
        lambda layer: jnp.sum(jnp.where(inside[..., None], layer.train_call((hidden, lengths), None)[0], 0))
    )
    assert all(jnp.isfinite(leaf).all() for leaf in jax.tree.leaves(grads(batch_norm(2))))


class Around(Module):
    """A model of somebody's own that hands no weights on."""

    inner: Module

    def __call__(self, x):
        return self.inner(x)

    def train_call(self, x, key):
        y, inner = self.inner.train_call(x, key)
        return y, Around(inner)


def test_a_model_that_hands_no_weights_on_to_statistics_is_an_error():
    with_padding, alone = padded(jnp.append(jnp.ones(20), jnp.zeros(7)))
    model = Around(NETS["alone"](batch_norm(2)))
    with pytest.raises(TypeError, match="expected Around to say reads_weights, got a Sequential in it, which does"):
        fit(model, with_padding, squared_error, sgd(0.1), 4)
    assert fit(model, alone, squared_error, sgd(0.1), 4).step == 4
    assert fit(Around(dense(KEY, 2, 1)), with_padding, squared_error, sgd(0.1), 4).step == 4


def test_running_statistics_keep_their_type():
    with float64():
        layer = jax.tree.map(lambda leaf: leaf.astype(jnp.float32), batch_norm(2))
        layer = replace(layer, momentum=jnp.array(0.1, jnp.float64))
        after = layer.train_call(jnp.ones((3, 2)), None)[1]
        assert after.mean.dtype == after.variance.dtype == jnp.float32


def test_behind_a_last_state_lengths_say_nothing_of_features():
    x, lengths = jax.random.normal(KEY, (6, 4, 2)), jnp.array([4, 1, 2, 1, 1, 3])
    reader, norm = rnn(KEY, 2, 5, outputs="last"), batch_norm(5, momentum=1.0)
    y, after = sequential(reader, sequential(norm)).train_call((x, lengths), None)
    states = reader((x, lengths))  # (6, 5): five features, of which lengths of 1 would have left one
    assert_close(y, norm.train_call(states, None)[0], rtol=1e-4)
    assert_close(after.layers[1].layers[0].mean, states.mean(0))
