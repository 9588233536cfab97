"""Dropout and DropConnect: the mean that training keeps, and two slips with their numbers."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.layers import conv, dense, drop_connect, dropout, sequential
from nnlib.losses import squared_error
from nnlib.module import replace, split
from nnlib.optim import sgd
from nnlib.train import fit
from tests.helpers import assert_close, assert_same, float64

KEY = jax.random.key(0)


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.5, 0.9])
def test_survivors_are_scaled_so_that_the_mean_stays(rate):
    x = jnp.full((40_000,), 3.0)
    y, after = dropout(rate).train_call(x, KEY)
    assert set(np.unique(np.asarray(y)).round(4).tolist()) <= {0.0, round(3 / (1 - rate), 4)}
    assert float((y == 0).mean()) == pytest.approx(rate, abs=0.01)
    assert float(y.mean()) == pytest.approx(3, abs=6 * 3 * (rate / (1 - rate) / len(x)) ** 0.5 + 1e-6)
    assert_same(after, dropout(rate))
    assert_same(dropout(rate)(x), x)


def test_slip_scaling_by_p_is_right_only_where_p_means_keeping():
    """Prediction with weights times p, p the share left out, is a quarter of what training gave at p = 0.2."""
    for p, ratio in ((0.5, 1.0), (0.2, 0.25)):
        trained = jax.random.bernoulli(KEY, 1 - p, (40_000,)).mean()  # the mean of x = 1, not scaled while training
        assert float(p / trained) == pytest.approx(ratio, rel=0.02)
        assert float((1 - p) / trained) == pytest.approx(1, rel=0.02)


def test_slip_a_unit_is_silenced_at_its_output():
    """With its inbound weights at 0 the bias still fires."""
    layer = replace(dense(KEY, 3, 4), b=jnp.full(4, 0.7))
    no_inbound = replace(layer, W=layer.W.at[:, 1].set(0.0))
    assert_close(no_inbound(jnp.ones((1, 3)))[0, 1], 0.7)
    y, _ = sequential(layer, dropout(0.5)).train_call(jnp.ones((200, 3)), KEY)
    assert float((y[:, 1] == 0).mean()) == pytest.approx(0.5, abs=0.15)


def test_the_gradient_goes_through_survivors_only():
    x = jax.random.normal(KEY, (50,))
    y, slope = jax.value_and_grad(lambda x: dropout(0.3).train_call(x, KEY)[0].sum())(x)
    assert_close(jnp.vdot(slope, x), y)
    assert_close(np.unique(np.asarray(slope)), np.array([0, 1 / 0.7]))


def test_drop_connect_leaves_out_weights_and_keeps_biases():
    layer = replace(dense(KEY, 200, 300), b=jnp.full(300, 0.7))
    thin = drop_connect(layer, 0.25)
    columns = thin.train_call(jnp.eye(200), KEY)[0] - 0.7  # W M / (1 - p), row by row
    gone = jnp.abs(columns) < 1e-6
    assert float(gone.mean()) == pytest.approx(0.25, abs=0.01)
    assert_close(jnp.where(gone, 0, columns), jnp.where(gone, 0, layer.W / 0.75), atol=1e-5)
    x = jax.random.normal(KEY, (5, 200))
    assert_same(thin(x), layer(x))
    assert thin.train_call(x, KEY)[1] is thin
    assert drop_connect(conv(KEY, 1, 2, 3), 0.5).train_call(jnp.ones((1, 4, 4, 1)), KEY)[0].shape == (1, 2, 2, 2)


def test_jit_vmap_scan_and_rates_that_move():
    traces = []

    @jax.jit
    def trained(layer, x, key):
        traces.append(layer)
        return layer.train_call(x, key)[0]

    x = jnp.ones((4, 5))
    for rate in np.linspace(0, 0.99, 100).tolist():
        y = trained(dropout(rate), x, KEY)
    assert len(traces) == 1
    assert_same(y, dropout(rate).train_call(x, KEY)[0])
    keys = jax.random.split(KEY, 3)
    each = jax.vmap(lambda key: dropout(0.5).train_call(x, key)[0])(keys)
    assert_same(each[1], dropout(0.5).train_call(x, keys[1])[0])
    assert_same(jax.jit(lambda x: dropout(0.5).train_call(x, KEY)[0])(x), dropout(0.5).train_call(x, KEY)[0])
    model = sequential(dense(KEY, 5, 3), dropout(0.5), drop_connect(dense(KEY, 3, 1), 0.5))
    run = fit(model, (x, jnp.ones(4)), squared_error, sgd(0.1), key=KEY, steps=4, frames=2)
    assert run.film.layers[1].rate.shape == (2,) and float(run.model.layers[1].rate) == 0.5
    assert len(jax.tree.leaves(split(model)[0])) == 4  # no rate is trained


def test_float64():
    with float64():
        assert dropout(0.5).train_call(jnp.ones(3), KEY)[0].dtype == jnp.float64


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: dropout(1.0), r"dropout: expected numbers in \[0, 1\), got 1.0; "),
        (lambda: drop_connect(dense(KEY, 1, 1), -0.1), r"drop_connect: expected numbers in \[0, 1\), got -0.1; "),
        (lambda: dropout(float("nan")), r"dropout: expected numbers in \[0, 1\), got nan; "),
        (lambda: dropout(0.5).train_call(jnp.ones(3), None), "Dropout: expected a key to train with, got None; "),
        (lambda: drop_connect(dense(KEY, 1, 1), 0.1).train_call(jnp.ones((1, 1)), None), "DropConnect: expected a key"),
    ],
)
def test_messages(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_no_key_is_needed_where_nothing_is_left_out():
    assert_same(dropout(0).train_call(jnp.ones(3), None)[0], jnp.ones(3))


def test_drop_connect_needs_weights():
    with pytest.raises(TypeError, match="drop_connect: expected a layer with weights W, got Dropout"):
        drop_connect(dropout(0.5), 0.5)
