"""Scalers and folds: against scikit-learn, and the two slips that go with them."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from nnlib.data import k_fold, min_max, shuffle, wine, z_score
from nnlib.module import split
from tests.helpers import assert_same

KEY = jax.random.key(0)
X = wine(None).X
TYPES = [(jnp.float32, 1e-5), (jnp.float64, 1e-10)]


def skewness(x):
    return np.mean(((x - x.mean()) / x.std()) ** 3)


@pytest.mark.parametrize(("dtype", "rtol"), TYPES)
def test_scalers_are_scikit_learn_s(dtype, rtol):
    with jax.enable_x64(dtype == jnp.float64):
        train, test = jnp.asarray(X[:100], dtype), jnp.asarray(X[100:], dtype)
        pairs = [
            (z_score(train), StandardScaler()),
            (min_max(train), MinMaxScaler()),
            (min_max(train, -2, 3), MinMaxScaler((-2, 3))),
        ]
        for ours, theirs in pairs:
            theirs.fit(np.asarray(train, np.float64))
            for part in (train, test):
                Z = ours(part)
                assert Z.dtype == dtype
                np.testing.assert_allclose(Z, theirs.transform(np.asarray(part, np.float64)), rtol=rtol, atol=10 * rtol)
                np.testing.assert_allclose(ours.inverse(Z), part, rtol=10 * rtol)


@pytest.mark.parametrize("value", [0.1, 3.0, 1e6, 0.0])
def test_a_column_that_never_changes_is_not_divided_by_zero(value):
    constant = jnp.full((1000, 1), value)
    for scaler, expected in ((z_score(constant), 0), (min_max(constant), 0), (min_max(constant, -1, 1), -1)):
        Z = scaler(constant)
        np.testing.assert_allclose(Z, expected, atol=1e-6 * max(1, value))
        np.testing.assert_allclose(scaler.inverse(Z), value, rtol=1e-6)


def test_a_scaler_is_a_value():
    scaler = min_max(X, -1.0, 1.0)
    assert jax.tree.leaves(split(scaler)[0]) == []  # nothing in it is trained
    np.testing.assert_allclose(jax.jit(lambda s, x: s(x))(scaler, X), scaler(X), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(jax.vmap(scaler)(X), scaler(X), rtol=1e-5, atol=1e-6)
    images = jax.random.uniform(KEY, (5, 4, 3, 1))
    assert z_score(images)(images[0]).shape == (4, 3, 1)
    traces = []

    @jax.jit
    def run(low, high):
        traces.append(low)
        return min_max(X, low, high)(X)

    for high in np.linspace(0.5, 2, 100).tolist():
        assert float(run(0.0, high).max()) == pytest.approx(high, rel=1e-5)
    assert len(traces) == 1


def test_z_scores_do_not_make_data_normal():
    """The slip: mean 0 and deviation 1 are not a bell. Skewness, 0 for a normal distribution, stays at 2."""
    skewed = jax.random.exponential(KEY, (20_000, 1))
    Z = z_score(skewed)(skewed)
    assert float(Z.mean()) == pytest.approx(0, abs=1e-4) and float(Z.std()) == pytest.approx(1, rel=1e-4)
    assert skewness(np.asarray(Z)) == pytest.approx(skewness(np.asarray(skewed)), rel=1e-3)
    assert skewness(np.asarray(Z)) > 1.8
    assert float((Z < 0).mean()) > 0.6 and float(Z.min()) > -1.01  # a normal variable: 0.5, and -4


def test_fitting_on_everything_leaks():
    """What the test set holds shows in the training inputs when the statistics come from all examples."""
    ordered = X[jnp.argsort(X[:, 12])]  # the test set has the largest values of proline
    train, test = ordered[:133], ordered[133:]
    honest, leaky = min_max(train), min_max(ordered)
    assert float(honest(train)[:, 12].max()) == pytest.approx(1)
    assert float(leaky(train)[:, 12].max()) < 0.6  # the training set alone could not know
    assert float(honest(test)[:, 12].max()) > 1.5 and float(leaky(test)[:, 12].max()) == pytest.approx(1)
    assert float(abs(z_score(train).shift - z_score(ordered).shift)[12]) > 100


@pytest.mark.parametrize(("n", "k"), [(10, 2), (10, 3), (7, 7), (100, 5), (11, 4)])
def test_every_example_is_held_out_exactly_once(n, k):
    folds = k_fold(KEY, n, k)
    assert len(folds) == k
    assert sorted(jnp.concatenate([held for _, held in folds]).tolist()) == list(range(n))
    for train, held in folds:
        assert sorted([*train.tolist(), *held.tolist()]) == list(range(n)) and train.dtype == jnp.int32
        assert len(held) in (n // k, -(-n // k))
    assert_same(k_fold(KEY, n, k), folds)
    assert_same(jax.jit(k_fold, static_argnums=(1, 2))(KEY, n, k), folds)
    order = jnp.concatenate([held for _, held in folds]).tolist()
    assert order != list(range(n))  # in random order


def test_k_random_splits_are_not_k_folds():
    """The slip: of 1000 examples, five random fifths leave about (4/5)^5 = 33% out of every test, and repeat others."""
    n, k = 1000, 5
    rows = jnp.arange(n)
    parts = [shuffle(key, rows, rows)[0][: n // k] for key in jax.random.split(KEY, k)]
    times = np.bincount(np.concatenate(parts), minlength=n)
    assert np.mean(times == 0) == pytest.approx(0.8**5, abs=0.05) and times.max() >= 3
    folds = np.concatenate([held for _, held in k_fold(KEY, n, k)])
    assert set(np.bincount(folds, minlength=n)) == {1}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: k_fold(KEY, 3, 4), "k_fold: expected 2 <= k <= n, got k = 4 and n = 3; "),
        (lambda: k_fold(KEY, 3, 1), "k_fold: expected k to be a whole number from 2 up, got 1; "),
        (lambda: z_score(X[:0]), r"z_score: expected examples X \(N, D\), got \(0, 13\); "),
        (lambda: min_max(1.0), r"min_max: expected examples X \(N, D\), got \(\); "),
        (lambda: z_score(X.at[3, 2].set(jnp.nan)), "z_score: expected finite numbers, got NaN or infinity; "),
        (lambda: min_max(X.at[3, 2].set(jnp.inf)), "min_max: expected finite numbers, got NaN or infinity; "),
        (lambda: min_max(X, 1, 1), "min_max: expected low < high, got 1.0 and 1.0; "),
        (lambda: min_max(X, jnp.zeros(13)), r"min_max: expected single numbers .*, got \(13,\) and \(\); "),
        (lambda: min_max(X, 0.0, [1.0]), r"min_max: expected single numbers .*, got \(\) and \(1,\); "),
        (lambda: z_score(X)(X[:, :5]), r"ZScore: expected shape \(..., 13,\), got \(178, 5\); "),
        (lambda: min_max(X).inverse(X[0, 0]), r"MinMax: expected shape \(..., 13,\), got \(\); "),
    ],
)
def test_messages(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("scaler", [z_score, min_max])
def test_complex_numbers_are_not_cut(scaler):
    for complex_ones in (X + 1j, np.asarray(X) + 1j):
        with pytest.raises(TypeError, match=r"expected a real number, got complex\d+\[178,13\]; give"):
            scaler(complex_ones)


@pytest.mark.parametrize("unit", [3e-30, 1e-19, 1e-10, 1.0, 1e10, 1e20, 6e37])
def test_a_z_score_is_one_in_every_unit(unit):
    """Squares of 1e-19 are 0 in float32, those of 1e20 infinite, and so are sums of 1e38."""
    X = unit * jnp.array([[3.0, 5.0], [4.0, 5.0], [5.0, 5.0]])
    Z = z_score(X)(X)
    np.testing.assert_allclose(Z, [[-1.2247449, 0], [0, 0], [1.2247449, 0]], rtol=1e-4, atol=1e-5)


def test_in_usual_units_the_scaler_is_numpy_s_to_the_last_bit():
    X = jax.random.normal(jax.random.key(0), (50, 3)) * jnp.array([1e-3, 1.0, 1e4]) + 2.0
    scaler = z_score(X)
    np.testing.assert_array_equal(scaler.shift, X.mean(0))
    np.testing.assert_array_equal(scaler.scale, X.std(0))
