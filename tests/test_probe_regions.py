"""Linear regions: counts that are known, kinks against brute force, pieces that are linear between them."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.activations import relu, tanh
from nnlib.initializers import he_normal
from nnlib.layers import Dense, chain, mlp
from nnlib.probe import kinks, linear_regions

KEY = jax.random.key(0)


def network(seed, *widths):
    model = mlp(jax.random.key(seed), *widths, activation=relu, init=he_normal)
    keys = iter(jax.random.split(jax.random.key(seed + 100), len(widths)))
    return chain(
        *(Dense(f.W, jax.random.normal(next(keys), f.b.shape)) if isinstance(f, Dense) else f for f in model.layers)
    )


def patterns(model, x):
    """Which ReLUs are on, in float64 NumPy: (points, units)."""
    on, h = [], x
    for layer in model.layers:
        if isinstance(layer, Dense):
            h = h @ np.asarray(layer.W, float) + np.asarray(layer.b, float)
        else:
            on.append(h > 0)
            h = np.maximum(h, 0)
    return np.concatenate(on, axis=1)


@pytest.mark.parametrize("widths", [(1, 8, 1), (1, 6, 6, 1), (1, 5, 5, 5, 1), (2, 7, 7, 1), (3, 4, 4, 4, 2)])
@pytest.mark.parametrize("seed", range(4))
def test_kinks_are_all_and_only_the_changes_that_brute_force_finds(widths, seed):
    model = network(seed, *widths)
    start = np.random.default_rng(seed).normal(size=widths[0])
    start, end = -6 * start / np.linalg.norm(start), 5 * start / np.linalg.norm(start) + 0.3
    t = kinks(model, start, end)
    fine = np.linspace(0, 1, 100_001)
    on = patterns(model, start + fine[:, None] * (end - start))
    changes = np.flatnonzero((on[1:] != on[:-1]).any(1))  # between fine[i] and fine[i + 1]
    assert np.unique(np.searchsorted(fine, t) - 1).tolist() == changes.tolist()
    assert (np.diff(t) > 0).all() and len(t) > 4


def test_it_is_linear_between_two_kinks_and_bent_at_them():
    model = network(0, 1, 6, 6, 1)
    t = np.concatenate([[0.0], kinks(model, [-4.0], [4.0]), [1.0]])

    def value(t):
        h = -4 + 8 * np.asarray(t)[:, None]
        for layer in model.layers:
            h = h @ np.asarray(layer.W, float) + np.asarray(layer.b, float) if isinstance(layer, Dense) else h * (h > 0)
        return h[:, 0]

    a, b = t[:-1], t[1:]
    np.testing.assert_allclose(value((a + b) / 2), (value(a) + value(b)) / 2, atol=1e-12)


def test_known_kinks():
    hat = chain(Dense(jnp.array([[1.0, 1.0, -1.0]]), jnp.array([0.0, -1.0, 0.0])), relu)  # at 0, 1, and 0 again
    np.testing.assert_allclose(kinks(hat, [-1.0], [3.0]), [0.25, 0.5])
    assert kinks(chain(hat.layers[0]), [-1.0], [3.0]).size == 0
    with pytest.raises(TypeError, match=r"kinks: expected a chain of Dense layers and relu, got .*tanh.* in it"):
        kinks(mlp(KEY, 1, 2, 1, activation=tanh), [0.0], [1.0])


def test_regions_of_lines_that_cross():
    lines = chain(Dense(jnp.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]), jnp.array([0.0, 0.0, 0.5])), relu)
    regions = linear_regions(lines, (-1, 1, -1, 1), 41)
    assert regions.shape == (41, 41) and int(regions.max()) + 1 == 7  # 1 + 3 + 3 for three lines in general position
    assert regions.dtype == jnp.int32 and set(np.unique(regions)) == set(range(7))


@pytest.mark.parametrize("widths", [(2, 5, 1), (2, 9, 9, 1), (1, 20, 20, 1)])
def test_regions_against_brute_force(widths):
    model, n = network(3, *widths), 60
    line = np.linspace(-3, 3, n)
    x = line[:, None] if widths[0] == 1 else np.stack(np.meshgrid(line, line), -1).reshape(-1, 2)
    on = patterns(model, x)
    found = np.asarray(linear_regions(model, (-3, 3) * widths[0], n)).ravel()
    _, wanted = np.unique(on, axis=0, return_inverse=True)
    assert len(set(found)) == len(set(wanted.ravel())) == len(set(zip(found, wanted.ravel(), strict=True)))


def test_films_and_networks_without_relus():
    film = jax.vmap(lambda key: mlp(key, 2, 8, 1, activation=relu))(jax.random.split(KEY, 3))
    moving = jax.jit(jax.vmap(lambda model: linear_regions(model, (-1, 1, -1, 1), 20)))(film)
    assert moving.shape == (3, 20, 20)
    assert not linear_regions(mlp(KEY, 2, 1), (-1, 1, -1, 1), 4).any()
