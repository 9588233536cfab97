"""Grids from bottom to top, and what a model answers on them."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.layers import mlp
from nnlib.probe import boundary, grid, on_grid
from tests.helpers import assert_close

BOUNDS = (-1.0, 2.0, 0.0, 10.0)


def test_grid_runs_left_to_right_and_bottom_to_top():
    points = grid(BOUNDS, 3)
    np.testing.assert_allclose(points[:4], [[-1, 0], [0.5, 0], [2, 0], [-1, 5]])
    np.testing.assert_allclose(points[-1], [2, 10])


def test_on_grid_is_indexed_by_row_and_column():
    values = on_grid(lambda p: p, BOUNDS, 5)  # (5, 5, 2)
    assert values.shape == (5, 5, 2)
    np.testing.assert_allclose(values[4, 0], [-1, 10])


def test_boundary_is_the_sigmoid_of_the_logit():
    model = mlp(jax.random.key(0), 2, 4, 1)
    p = boundary(model, BOUNDS, 6)
    assert p.shape == (6, 6)
    logit = model(jnp.array([-1.0, 10.0]))[0]
    assert p[5, 0] == pytest.approx(1 / (1 + np.exp(-float(logit))), rel=1e-5)
    assert_close(boundary(lambda p: model(p)[:, 0], BOUNDS, 6), p)


def test_films_and_jit():
    film = jax.vmap(lambda key: mlp(key, 2, 4, 1))(jax.random.split(jax.random.key(0), 3))
    moving = jax.vmap(lambda model: boundary(model, BOUNDS, 6))(film)
    assert moving.shape == (3, 6, 6)
    second = jax.tree.map(lambda leaf: leaf[1], film)
    assert_close(moving[1], jax.jit(boundary, static_argnums=2)(second, BOUNDS, 6))


def test_messages():
    with pytest.raises(ValueError, match=r"expected bounds .*, got \(0, 1\); "):
        grid((0, 1), 3)
    model = mlp(jax.random.key(0), 2, 3, 1)
    for bounds in (BOUNDS[:3], (*BOUNDS, 1.0), ((-1, 1), (-1, 1))):
        for f in (model, lambda p: model(p)):
            with pytest.raises(ValueError, match=r"expected bounds .*, got \(.*\); give four"):
                boundary(f, bounds, 3)
    with pytest.raises(ValueError, match=r"expected a model with one logit .*, got shape \(3,\); "):
        boundary(mlp(jax.random.key(0), 2, 3), BOUNDS, 4)
