"""Toy and measured sets: shapes, classes, geometry, names; shuffling, splitting, batches."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from sklearn.datasets import load_iris

from nnlib.data import (
    GATES,
    batch_rows,
    blobs,
    breast_cancer,
    circles,
    gate,
    iris,
    moons,
    shuffle,
    spirals,
    train_test_split,
)
from tests.helpers import assert_same

KEY = jax.random.key(0)
SETS = [moons, circles, spirals, blobs]


@pytest.mark.parametrize("make", SETS)
@pytest.mark.parametrize("n", [1, 100])
def test_toy_sets(make, n):
    X, y = make(KEY, n)
    assert X.shape == (n, 2) and X.dtype == jnp.float32 and y.shape == (n,) and y.dtype == jnp.int32
    assert int((y == 0).sum()) == (n + 1) // 2 and set(y.tolist()) <= {0, 1}
    assert_same(make(KEY, n), (X, y))
    assert not np.array_equal(make(jax.random.key(1), n)[0], X)


@pytest.mark.parametrize("make", SETS)
def test_the_noise_may_be_traced(make):
    clouds = jax.vmap(lambda noise: make(KEY, 50, noise)[0])(jnp.array([0.0, 0.5]))
    np.testing.assert_allclose(clouds[1], make(KEY, 50, 0.5)[0], atol=1e-5)


@pytest.mark.parametrize("make", [moons, circles, spirals])
def test_sets_are_centred_and_fit_the_picture(make):
    X, _ = make(KEY, 2000, noise=0.0)
    assert abs(X).max() < 1.6 and abs((X.max(0) + X.min(0)) / 2).max() < 0.35


def test_geometry():
    X, y = circles(KEY, 100, noise=0.0, inner=0.3)
    np.testing.assert_allclose(jnp.linalg.norm(X, axis=1), jnp.where(y, 0.3, 1.0), rtol=1e-5)
    X, y = moons(KEY, 100, noise=0.0)
    centre = jnp.where(y[:, None], jnp.array([0.5, 0.25]), jnp.array([-0.5, -0.25]))
    np.testing.assert_allclose(jnp.linalg.norm(X - centre, axis=1), 1, rtol=1e-5)
    assert ((X - centre)[:, 1] * jnp.where(y, -1, 1) > -1e-5).all()
    X, y = blobs(KEY, 2000, noise=0.1, distance=3.0)
    apart = X[y == 1].mean(0) - X[y == 0].mean(0)
    assert jnp.linalg.norm(apart) == pytest.approx(3.0, abs=0.02)


@pytest.mark.parametrize("name", GATES)
def test_gates(name):
    X, y = gate(name)
    a, b = X[:, 0].astype(bool), X[:, 1].astype(bool)
    truth = {"and": a & b, "or": a | b, "nand": ~(a & b), "nor": ~(a | b), "xor": a ^ b, "xnor": ~(a ^ b)}
    np.testing.assert_array_equal(y, truth[name])
    assert_same(gate(name.upper()), (X, y))


def test_iris():
    table, source = iris(), load_iris()
    np.testing.assert_allclose(table.X, source.data[:, 2:], rtol=1e-6)
    np.testing.assert_array_equal(table.y, source.target)
    some = iris(("sepal width (cm)", "petal width (cm)"), ("virginica", "setosa"))
    assert some.X.shape == (100, 2) and some.classes == ("virginica", "setosa")
    np.testing.assert_allclose(some.X[some.y == 1], source.data[:50][:, [1, 3]], rtol=1e-6)


def test_breast_cancer():
    table = breast_cancer()
    assert table.X.shape == (569, 2) and np.bincount(table.y).tolist() == [357, 212]
    assert table.X[table.y == 1].mean(0)[0] > table.X[table.y == 0].mean(0)[0]


@pytest.mark.parametrize("names", [("length",), "petal length (cm)", ("petal length (cm)",) * 2])
def test_unknown_names(names):
    with pytest.raises(ValueError, match=r"expected features to be different names out of .*, got .*; give"):
        iris(names)


def test_shuffle_and_split_keep_examples_together():
    X, y = jnp.arange(20.0).reshape(10, 2), jnp.arange(10)
    Xs, ys = shuffle(KEY, X, y)
    np.testing.assert_array_equal(Xs, X[ys])
    assert sorted(ys.tolist()) == list(range(10)) and ys.tolist() != list(range(10))
    (X_train, y_train), (X_test, y_test) = train_test_split(KEY, X, y, test=0.25)
    assert len(X_test) == 3 and sorted([*y_train.tolist(), *y_test.tolist()]) == list(range(10))
    np.testing.assert_array_equal(X_train, X[y_train])


def test_split_messages():
    with pytest.raises(ValueError, match=r"expected a share .*, got 1.0 of 4; "):
        train_test_split(KEY, jnp.ones((4, 2)), jnp.ones(4), test=1.0)
    with pytest.raises(ValueError, match="expected one target for each example, got 3 for 4; "):
        shuffle(KEY, jnp.ones((4, 2)), jnp.ones(3))


@pytest.mark.parametrize(("size", "batch"), [(1, 1), (7, 3), (8, 4)])
def test_every_epoch_of_batches_shows_every_example_once(size, batch):
    per_epoch = -(-size // batch)
    rows, weights = batch_rows(KEY, size, batch, 3 * per_epoch)
    for epoch in range(3):
        steps = slice(epoch * per_epoch, (epoch + 1) * per_epoch)
        assert sorted(rows[steps][weights[steps] == 1].tolist()) == list(range(size))
    later = batch_rows(KEY, size, batch, per_epoch, per_epoch + 1)
    assert_same(later, (rows[per_epoch + 1 : 2 * per_epoch + 1], weights[per_epoch + 1 : 2 * per_epoch + 1]))
