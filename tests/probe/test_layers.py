"""Layer by layer: activations, gradients against differences, gradients through time against powers of a matrix."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.activations import tanh
from nnlib.layers import dense, mlp, sequential
from nnlib.layers.recurrent import lstm
from nnlib.losses import squared_error
from nnlib.module import Array, Module, buffer
from nnlib.probe import activations, gradient_through_time, gradients, predictions
from nnlib.probe.layers import layers
from tests.helpers import assert_close, central_difference, float64

KEY = jax.random.key(0)
X = jax.random.normal(KEY, (5, 2))


def test_activations_are_what_the_layers_give_nested_ones_too():
    model = sequential(mlp(KEY, 2, 3, 4), tanh, sequential(sequential(dense(KEY, 4, 1))))
    first, inner, last = model.layers[0].layers, model.layers[2].layers[0].layers[0], layers(model)[-1]
    seen = activations(model, X)
    assert [a.shape for a in seen] == [(5, 3), (5, 3), (5, 4), (5, 4), (5, 1)] and inner is last
    assert_close(seen[0], first[0](X))
    assert_close(seen[2], first[2](tanh(first[0](X))))
    assert_close(seen[-1], model(X))
    alone = dense(KEY, 2, 3)
    assert_close(activations(alone, X), [alone(X)])


def test_films_and_jit():
    film = jax.vmap(lambda key: mlp(key, 2, 3, 1))(jax.random.split(KEY, 4))
    moving = jax.jit(jax.vmap(activations, (0, None)))(film, X)
    assert [a.shape for a in moving] == [(4, 5, 3), (4, 5, 3), (4, 5, 1)]
    y = X[:, 0]
    found, norms = jax.jit(jax.vmap(lambda model: gradients(model, (X, y), squared_error)))(film)
    assert norms.shape == (4, 3) and found[0].shape == (4, 5, 3)


def test_gradients_against_differences():
    with float64():
        X, y = jax.random.normal(KEY, (3, 2)), jnp.array([1.0, 0.0, 2.0])
        model = mlp(KEY, 2, 3, 1)
        found, norms = gradients(model, (X, y), squared_error)
        first, activation, last = model.layers
        a = first(X)
        cuts = [(a, lambda a: last(activation(a))), (activation(a), last), (model(X), lambda a: a)]
        for g, norm, (a, rest) in zip(found, norms, cuts, strict=True):
            wanted = central_difference(lambda a, rest=rest: squared_error(rest(a), y).mean(), a)
            np.testing.assert_allclose(g, wanted, atol=1e-8)
            assert norm == pytest.approx(np.sqrt((wanted**2).sum()), rel=1e-6)


class Masked(Module):
    """Drops units when it trains."""

    scale: Array = buffer()

    def __call__(self, x):
        return self.scale * x

    def train_call(self, x, key):
        return x * jax.random.bernoulli(key, 0.5, x.shape), self


def test_gradients_are_those_of_the_training_pass():
    model = sequential(dense(KEY, 2, 40), Masked(jnp.array(0.5)), dense(KEY, 40, 1))
    found, _ = gradients(model, (X, X[:, 0]), squared_error, jax.random.key(1))
    assert 0.3 < float((found[0] == 0).mean()) < 0.7 and not (found[1] == 0).any()


def test_gradients_vanish_through_small_weights_and_explode_through_large_ones():
    deep = mlp(KEY, 10, *[10] * 12, 1)
    X = jax.random.normal(KEY, (20, 10))

    def ratio(scale):
        model = jax.tree.map(lambda w: scale * w, deep)
        norms = gradients(model, (X, X[:, 0]), squared_error)[1]
        return float(norms[0] / norms[-1])

    assert ratio(0.3) < 1e-4 and ratio(3.0) > 10


# ---------------------------------------------------------------------------------------------- through time


class Plain(Module):
    """h <- h Theta + x W, or tanh of it."""

    W: Array
    Theta: Array
    slope: Array = buffer()  # 1: tanh, 0: linear

    def initial(self, n):
        return jnp.zeros((n, self.Theta.shape[0]))

    def step(self, x, h):
        z = h @ self.Theta + x @ self.W
        return self.slope * jnp.tanh(z) + (1 - self.slope) * z


class Pair(Module):
    """A state of two arrays: one forgets, the other keeps."""

    keep: Array = buffer()

    def initial(self, n):
        return {"a": jnp.zeros((n, 2)), "b": jnp.zeros((n, 1))}

    def step(self, x, state):
        return {"a": self.keep * state["a"] + x, "b": state["b"]}


def plain(slope, radius=0.8):
    Theta = jax.random.normal(KEY, (3, 3))
    Theta = radius * Theta / np.abs(np.linalg.eigvals(np.asarray(Theta))).max()
    return Plain(jnp.ones((2, 3)), Theta, jnp.array(slope))


def test_linear_recurrence_gives_powers_of_its_matrix():
    layer, x = plain(0.0), jax.random.normal(KEY, (20, 2))
    norms = gradient_through_time(layer, x)
    wanted = [np.linalg.norm(np.linalg.matrix_power(np.asarray(layer.Theta, float), 20 - t), 2) for t in range(21)]
    np.testing.assert_allclose(norms, wanted, rtol=1e-4)
    assert norms[-1] == 1


def test_against_the_jacobian_of_the_whole():
    with float64():
        layer, x = plain(1.0), jax.random.normal(KEY, (6, 2))

        def last(h, t):
            for x_t in x[t:]:
                h = layer.step(x_t[None], h[None])[0]
            return h

        h, wanted = jnp.zeros(3), []
        for t in range(7):
            wanted.append(np.linalg.norm(jax.jacobian(last)(h, t), 2))
            h = layer.step(x[t][None], h[None])[0] if t < 6 else h
        np.testing.assert_allclose(gradient_through_time(layer, x), wanted, rtol=1e-10)


@pytest.mark.parametrize(("radius", "low", "high"), [(0.5, 0, 1e-5), (1.5, 1e3, 1e9)])
def test_the_spectral_radius_decides(radius, low, high):
    assert low < gradient_through_time(plain(0.0, radius), jnp.zeros((30, 2)))[0] < high


def test_states_of_several_arrays_batches_and_films():
    assert_close(gradient_through_time(Pair(jnp.array(0.5)), jnp.zeros((4, 2))), jnp.ones(5))
    batch = jax.vmap(gradient_through_time, (None, 0))(plain(1.0), jax.random.normal(KEY, (3, 6, 2)))
    film = jax.vmap(lambda slope: gradient_through_time(plain(slope), jnp.ones((6, 2))))(jnp.array([0.0, 1.0]))
    assert batch.shape == (3, 7) and film.shape == (2, 7) and film[1, 0] < film[0, 0]


def test_the_library_s_own_recurrent_layers_and_padded_sequences():
    x = jax.random.normal(KEY, (4, 12, 3))
    norms = jax.vmap(gradient_through_time, (None, 0))(lstm(KEY, 3, 5), x)
    assert norms.shape == (4, 13) and (norms[:, -1] == 1).all() and (norms > 0).all()
    model = sequential(lstm(KEY, 3, 5), dense(KEY, 5, 2))
    padded = (x, jnp.array([12, 3, 7, 5]))
    assert_close(activations(model, padded)[-1], model(padded))


def test_predictions_are_those_of_every_model_of_a_stack():
    stack = jax.vmap(lambda key: mlp(key, 2, 3, 1))(jax.random.split(KEY, 4))
    found = predictions(stack, X)
    assert found.shape == (4, 5, 1)
    for k in range(4):
        assert_close(found[k], jax.tree.map(lambda leaf, k=k: leaf[k], stack)(X))
    before = predictions._cache_size()
    predictions(jax.tree.map(lambda leaf: 2 * leaf, stack), X)
    assert predictions._cache_size() == before
