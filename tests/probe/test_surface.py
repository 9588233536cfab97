"""Loss surfaces: directions as long as the weights, cuts in their place; curvatures of known objectives."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.data import moons
from nnlib.layers import Dense, mlp
from nnlib.losses import binary_cross_entropy
from nnlib.module import Array, Module, buffer
from nnlib.optim import adam
from nnlib.probe import coordinates, directions, hessian_eigenvalues, loss_surface
from nnlib.train import fit
from tests.helpers import assert_close, float64

KEY = jax.random.key(0)
MODEL = mlp(KEY, 2, 5, 1)


def test_every_filter_s_direction_is_as_long_as_its_weights():
    u, v = directions(KEY, MODEL)
    for tree in (u, v):
        assert jax.tree.structure(tree) == jax.tree.structure(MODEL)
        for i in (0, 2):
            lengths = (jnp.linalg.norm(m.layers[i].W, axis=0) for m in (tree, MODEL))
            np.testing.assert_allclose(*lengths, rtol=1e-5)
            assert not tree.layers[i].b.any()
    assert not np.allclose(u.layers[0].W, v.layers[0].W)
    kernel = Dense(jnp.arange(24.0).reshape(2, 3, 2, 2), jnp.zeros(2))
    lengths = (jnp.sqrt(jnp.sum(m.W**2, (0, 1, 2))) for m in (directions(KEY, kernel)[0], kernel))
    np.testing.assert_allclose(*lengths, rtol=1e-5)


def test_a_filter_of_zeros_has_no_direction():
    u, _ = directions(KEY, Dense(jnp.zeros((3, 2)), jnp.ones(2)))
    assert not u.W.any()


class Scaled(Module):
    w: Array
    mean: Array = buffer()


def test_the_surface_is_the_objective_in_its_place():
    model = Scaled(jnp.array([1.0, 2.0]), jnp.array(7))
    u, v = Scaled(jnp.array([1.0, 0.0]), None), Scaled(jnp.array([0.0, 1.0]), None)
    values = loss_surface(lambda m: m.w[0] + 100 * m.w[1] + m.mean, model, u, v, (0, 3, -1, 1), 3)
    np.testing.assert_allclose(values, [[208 + a + 100 * b for a in (0, 1.5, 3)] for b in (-1, 0, 1)])


def test_one_trace_for_all_models_directions_and_bounds():
    X, y = moons(KEY, 20)
    traces = []

    def objective(model):
        traces.append(1)
        return jnp.mean(binary_cross_entropy(model(X), y))

    for i in range(5):
        u, v = directions(jax.random.key(i), MODEL)
        surface = loss_surface(objective, MODEL, u, v, (-1, 1, -i, i), 5)
    assert len(traces) == 1
    assert surface[2, 2] == pytest.approx(float(objective(MODEL)), rel=1e-5)
    film = jax.vmap(lambda i: loss_surface(objective, MODEL, u, v, (-i, i, -1, 1), 5))(jnp.array([1.0, 2.0]))
    assert film.shape == (2, 5, 5)


def test_a_path_in_the_plane_comes_back():
    u, v = directions(KEY, MODEL)
    at = jnp.array([[0.0, 0.0], [0.3, -2.0], [1.0, 1.0]])
    film = jax.vmap(lambda a: jax.tree.map(lambda w, u, v: w + a[0] * u + a[1] * v, MODEL, u, v))(at)
    assert_close(jax.vmap(coordinates, (0, None, None, None))(film, MODEL, u, v), at, atol=1e-5)
    run = fit(MODEL, moons(KEY, 20), binary_cross_entropy, adam(0.1), 10, frames=5)
    assert jax.vmap(coordinates, (0, None, None, None))(run.film, run.model, u, v).shape == (5, 2)


def test_curvatures_of_a_quadratic_and_of_a_saddle():
    with float64():
        A = np.random.default_rng(0).normal(size=(4, 4))
        A = A + A.T
        model = Scaled(jnp.ones(4), jnp.array(2))  # the buffer has no curvature
        found = hessian_eigenvalues(lambda m: 0.5 * m.w @ A @ m.w * m.mean, model)
        np.testing.assert_allclose(found, np.linalg.eigvalsh(2 * A), rtol=1e-10)
        saddle = hessian_eigenvalues(lambda m: m.w[0] ** 2 - m.w[1] ** 2, Scaled(jnp.zeros(2), None))
        np.testing.assert_allclose(saddle, [-2, 2])


def test_curvatures_against_differences_of_gradients():
    with float64():
        X, y = moons(KEY, 20)
        model = mlp(KEY, 2, 2, 1)
        w, form = jax.flatten_util.ravel_pytree(model)

        def gradient(w):
            return jax.grad(lambda w: jnp.mean(binary_cross_entropy(form(w)(X), y)))(w)

        H = np.stack([(gradient(w + 1e-5 * e) - gradient(w - 1e-5 * e)) / 2e-5 for e in np.eye(len(w))])
        found = hessian_eigenvalues(lambda m: jnp.mean(binary_cross_entropy(m(X), y)), model)
        np.testing.assert_allclose(found, np.linalg.eigvalsh((H + H.T) / 2), atol=1e-8)


def test_messages():
    with pytest.raises(ValueError, match="hessian_eigenvalues: expected at most 1000 trained numbers, got 1201; "):
        hessian_eigenvalues(lambda m: 0.0, mlp(KEY, 2, 300, 1))
    with pytest.raises(ValueError, match=r"expected bounds .*, got \(0, 1\); give four"):
        loss_surface(lambda m: 0.0, MODEL, *directions(KEY, MODEL), (0, 1), 3)
