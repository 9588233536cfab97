"""Linear regions: counts that are known, kinks against brute force, pieces that are linear between them."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.optimize import linprog

from nnlib.activations import relu, tanh
from nnlib.initializers import he_normal
from nnlib.layers import Dense, mlp, sequential
from nnlib.probe import cells, count_regions, exact_answers, kinks, linear_regions, switched_on

KEY = jax.random.key(0)


def network(seed, *widths):
    model = mlp(jax.random.key(seed), *widths, activation=relu, init=he_normal)
    keys = iter(jax.random.split(jax.random.key(seed + 100), len(widths)))
    return sequential(
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
    hat = sequential(Dense(jnp.array([[1.0, 1.0, -1.0]]), jnp.array([0.0, -1.0, 0.0])), relu)  # at 0, 1, and 0 again
    np.testing.assert_allclose(kinks(hat, [-1.0], [3.0]), [0.25, 0.5])
    assert kinks(sequential(hat.layers[0]), [-1.0], [3.0]).size == 0
    with pytest.raises(TypeError, match=r"kinks: expected a Sequential of Dense layers and relu, got .*tanh.* in it"):
        kinks(mlp(KEY, 1, 2, 1, activation=tanh), [0.0], [1.0])


def test_regions_of_lines_that_cross():
    lines = sequential(Dense(jnp.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]), jnp.array([0.0, 0.0, 0.5])), relu)
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


def area(corners):
    x, y = corners.T
    return float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)) / 2)


@pytest.mark.parametrize("widths", [(2, 1), (2, 6, 1), (2, 5, 5, 1), (2, 4, 4, 4, 3)])
@pytest.mark.parametrize("seed", range(3))
def test_cells_are_convex_cover_the_box_once_and_have_the_models_linear_map(widths, seed):
    model, bounds = network(seed, *widths), (-3.0, 2.0, -1.0, 4.0)
    found = cells(model, bounds)
    areas = [area(cell.corners) for cell in found]
    assert min(areas) > 0 and sum(areas) == pytest.approx(25, rel=1e-9)
    rng, signs = np.random.default_rng(seed), set()
    for corners, A, c in found:
        side = np.roll(corners, -1, axis=0) - corners
        turn = side[:, 0] * np.roll(side[:, 1], -1) - side[:, 1] * np.roll(side[:, 0], -1)
        assert turn.min() > -1e-9  # to the left at every corner
        x = rng.dirichlet(np.ones(len(corners)), 5) @ corners  # inside
        np.testing.assert_allclose(x @ A + c, np.asarray(model(jnp.asarray(x))), atol=1e-4)
        if len(widths) > 2:
            on = patterns(model, x)
            assert (on == on[0]).all()
            signs.add(tuple(on[0]))
    assert len(widths) == 2 or len(signs) == len(found)  # no region twice


@pytest.mark.parametrize("widths", [(2, 5, 1), (2, 3, 3, 1), (2, 2, 2, 2, 1)])
@pytest.mark.parametrize("seed", range(3))
def test_cells_against_linear_programs(widths, seed):
    """A pattern of the units is a region if the largest ball inside all its half planes has a radius above 0."""
    model, box = network(seed, *widths), 2.0
    dense = [(np.asarray(f.W, float), np.asarray(f.b, float)) for f in model.layers if isinstance(f, Dense)][:-1]
    units = sum(len(b) for _, b in dense)
    count = 0
    for number in range(2**units):
        on = np.array([number >> k & 1 for k in range(units)], bool)
        A, c, rows, limits = np.eye(2), np.zeros(2), [*np.eye(2), *-np.eye(2)], [box] * 4
        for W, b in dense:
            A, c = A @ W, c @ W + b
            now, on = on[: len(b)], on[len(b) :]
            sign = np.where(now, -1.0, 1.0)  # on: -(x A + c) <= 0
            rows, limits = [*rows, *(A * sign).T], [*limits, *(-c * sign)]
            A, c = A * now, c * now
        lengths = np.linalg.norm(rows, axis=1)
        if (np.array(limits)[lengths == 0] <= 0).any():
            continue  # a unit without an input that would have to be what it is not
        best = linprog([0, 0, -1], np.column_stack([rows, lengths]), limits, bounds=[(None, None)] * 2 + [(0, None)])
        count += best.status == 0 and -best.fun > 1e-9
    assert count == count_regions(model, (-box, box, -box, box)) > 3


@pytest.mark.parametrize("n", [1, 2, 3, 6, 10])
def test_one_layer_makes_as_many_regions_as_lines_do(n):
    assert count_regions(network(n, 2, n, 1), (-1e4, 1e4, -1e4, 1e4)) == 1 + n + n * (n - 1) // 2


@pytest.mark.parametrize("widths", [(2, 6, 1), (2, 4, 4, 1), (2, 3, 3, 3, 1)])
def test_every_region_of_a_fine_grid_is_a_cell(widths):
    model, bounds = network(5, *widths), (-3, 3, -3, 3)
    seen = np.unique(linear_regions(model, bounds, 800), return_counts=True)[1]
    found = cells(model, bounds)
    large = sum(area(cell.corners) > 0.01 for cell in found)  # some 200 points of the grid
    assert large <= len(seen) <= len(found) == count_regions(model, bounds)
    assert len(seen) >= 0.9 * len(found)


def test_regions_of_an_interval_are_its_kinks_and_one():
    model = network(0, 1, 6, 6, 1)
    assert count_regions(model, (-4, 4)) == len(kinks(model, [-4.0], [4.0])) + 1


def test_lines_through_one_point_and_along_the_edge_make_no_slivers():
    through = sequential(Dense(jnp.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]), jnp.zeros(3)), relu)
    assert count_regions(through, (-1, 1, -1, 1)) == 6
    along = sequential(Dense(jnp.array([[1.0, 1.0], [0.0, 0.0]]), jnp.array([1.0, 0.0])), relu)  # x = -1, x = 0
    assert count_regions(along, (-1, 1, -1, 1)) == 2
    assert count_regions(sequential(along.layers[0]), (-1, 1, -1, 1)) == 1
    with pytest.raises(TypeError, match=r"cells: expected a Sequential of Dense layers and relu, got .*tanh.* in it"):
        cells(mlp(KEY, 2, 2, 1, activation=tanh), (-1, 1, -1, 1))
    with pytest.raises(ValueError, match=r"cells: expected bounds \(left, right, bottom, top\), got \(0, 1, 2\)"):
        cells(through, (0, 1, 2))
    with pytest.raises(ValueError, match=r"cells: expected a layer of 2 inputs, got 3"):
        count_regions(network(0, 3, 2, 1), (-1, 1, -1, 1))


@pytest.mark.parametrize("widths", [(2, 5, 1), (3, 6, 4, 2), (1, 7, 1)])
def test_exact_answers_and_who_is_switched_on(widths):
    model, rng = network(3, *widths), np.random.default_rng(0)
    x = rng.normal(size=(50, widths[0]))
    np.testing.assert_allclose(exact_answers(model, x), model(x), rtol=1e-4, atol=1e-4)
    assert exact_answers(model, np.float32(x)).dtype == np.float64
    for points in (x, np.asfortranarray(x)):
        on = switched_on(model, points)
        assert [each.shape for each in on] == [(50, width) for width in widths[1:-1]]
        np.testing.assert_array_equal(np.concatenate(on, axis=1), patterns(model, x))
    for f in (exact_answers, switched_on):
        with pytest.raises(TypeError, match=f"{f.__name__}: expected a Sequential of Dense layers and relu, got "):
            f(mlp(KEY, 2, 3, 1), np.ones((4, 2)))  # tanh
