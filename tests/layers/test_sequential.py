"""Dense layers, chains and multilayer perceptrons against NumPy."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib.activations import relu, tanh
from nnlib.initializers import he_normal
from nnlib.layers import Dense, Sequential, dense, mlp, sequential
from nnlib.losses import squared_error
from nnlib.module import Array, Module
from tests.helpers import assert_close, assert_same, central_difference, float64

KEY = jax.random.key(0)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 4), max_size=3), st.integers(1, 5), st.integers(1, 5))
def test_dense(batch, n_in, n_out):
    layer = dense(KEY, n_in, n_out, he_normal)
    x = np.random.default_rng(0).normal(size=(*batch, n_in)).astype(np.float32)
    assert_close(layer(jnp.asarray(x)), np.einsum("...i,ij->...j", x, layer.W) + np.asarray(layer.b))


def test_gradients_of_a_small_network():
    with float64():
        model = mlp(KEY, 2, 3, 1)
        X, d = jax.random.normal(KEY, (4, 2)), jnp.arange(4.0)

        def objective(model):
            return jnp.mean(squared_error(model(X), d))

        leaves, form = jax.tree.flatten(model)
        gradients = jax.tree.leaves(jax.grad(objective)(model))
        for i, leaf in enumerate(leaves):

            def of_one(value, i=i):
                return objective(form.unflatten([*leaves[:i], value, *leaves[i + 1 :]]))

            np.testing.assert_allclose(gradients[i], central_difference(of_one, leaf), atol=1e-8)


def test_mlp_is_dense_layers_with_an_activation_between_and_logits_at_the_end():
    model = mlp(KEY, 4, 5, 7, 3)
    assert sum(leaf.size for leaf in jax.tree.leaves(model)) == 91
    x = jnp.linspace(-1, 1, 8).reshape(2, 4)
    first, _, second, _, last = model.layers
    assert_close(model(x), last(tanh(second(tanh(first(x))))))
    assert_close(mlp(KEY, 4, 5, 3, activation=relu)(x).shape, (2, 3))


def test_jit_and_vmap():
    model, X = mlp(KEY, 2, 8, 1), jax.random.normal(KEY, (5, 2))
    assert_close(jax.jit(lambda m, x: m(x))(model, X), model(X))
    assert_close(jax.vmap(model)(X), model(X))
    models = jax.vmap(lambda key: mlp(key, 2, 8, 1))(jax.random.split(KEY, 3))
    assert jax.vmap(lambda m: m(X))(models).shape == (3, 5, 1)


class Jitter(Module):
    size: Array

    def __call__(self, x):
        return x

    def train_call(self, x, key):
        return x + self.size * jax.random.normal(key, x.shape), self


class Counter(Module):
    count: Array

    def __call__(self, x):
        return x

    def train_call(self, x, key):
        return x, Counter(self.count + 1)


def test_chain_threads_keys_and_updates():
    model = sequential(Jitter(jnp.array(1.0)), tanh, Counter(jnp.array(0.0)), Jitter(jnp.array(1.0)))
    y, after = model.train_call(jnp.zeros(3), KEY)
    first, _, _, last = jax.random.split(KEY, 4)
    expected = jnp.tanh(jax.random.normal(first, (3,))) + jax.random.normal(last, (3,))
    assert_close(y, expected)
    assert isinstance(after, Sequential) and after.layers[2].count == 1
    assert_same(model(jnp.zeros(3)), jnp.zeros(3))


def test_a_module_around_a_plain_chain_needs_no_train_call():
    class Net(Module):
        body: Sequential

        def __call__(self, x):
            return self.body(x)

    net = Net(mlp(KEY, 2, 3, 1))
    assert_same(net.train_call(jnp.ones((1, 2)), None)[0], net(jnp.ones((1, 2))))
    with pytest.raises(TypeError, match="expected Net to define train_call"):
        Net(sequential(Jitter(jnp.array(1.0)))).train_call(jnp.ones(2), KEY)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: dense(KEY, 3, 2)(jnp.ones((5, 4))), r"expected inputs of .*, 3\), got \(5, 4\); "),
        (lambda: dense(KEY, 0, 2), "dense: expected n_in to be a whole number from 1 up, got 0; give one"),
        (lambda: mlp(KEY, 3), "mlp: expected two or more widths, got .3,.; "),
        (lambda: Dense(jnp.ones((2, 3)), jnp.ones(3))(jnp.ones(())), "expected inputs"),
    ],
)
def test_messages(make, message):
    with pytest.raises(ValueError, match=message):
        make()
