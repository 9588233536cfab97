"""Measured sets: against scikit-learn and against the numbers that their sources give; MNIST without the network."""

import subprocess
import sys
from types import SimpleNamespace
from urllib.error import URLError

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from sklearn import datasets

from nnlib.data import diabetes, digits, iris, mnist, real, sunspots, wine


def test_wine():
    source, table = datasets.load_wine(), wine(None)
    np.testing.assert_allclose(table.X, source.data, rtol=1e-6)
    np.testing.assert_array_equal(table.y, source.target)
    assert np.bincount(table.y).tolist() == [59, 71, 48] and len(table.features) == 13 and table.y.dtype == jnp.int32
    some = wine(("proline", "hue"), ("class_2", "class_0"))
    np.testing.assert_allclose(some.X[some.y == 1], source.data[:59][:, [12, 10]], rtol=1e-6)
    assert wine().X.shape == (178, 2) and iris(None).X.shape == (150, 4)
    spread = table.X.std(0)
    assert float(spread.max() / spread.min()) > 1000  # what the docstring says of its scales


def test_diabetes_is_a_regression_in_real_units():
    table = diabetes(None)
    source = datasets.load_diabetes(scaled=False)
    np.testing.assert_allclose(table.X, source.data, rtol=1e-6)
    np.testing.assert_allclose(table.y, source.target)
    assert table.y.dtype == jnp.float32 and table.classes == () and (table.y.min(), table.y.max()) == (25, 346)
    age, sex, bmi = table.X[:, :3].T
    assert age.min() > 18 and age.max() < 80 and set(sex.tolist()) == {1, 2} and bmi.min() >= 18 and bmi.max() < 45
    np.testing.assert_array_equal(diabetes(("s6", "age")).X, table.X[:, [9, 0]])
    with jax.enable_x64(True):
        assert diabetes().X.dtype == diabetes().y.dtype == jnp.float64


def test_digits():
    table, source = digits(), datasets.load_digits()
    assert table.X.shape == (1797, 8, 8, 1) and table.X.dtype == jnp.float32 and table.y.dtype == jnp.int32
    assert (table.X.min(), table.X.max()) == (0, 1) and len(table.classes) == 10
    np.testing.assert_allclose(table.X[..., 0] * 16, source.images)
    np.testing.assert_array_equal(table.y, source.target)
    pair = digits(("8", "3"))
    np.testing.assert_array_equal(pair.X[pair.y == 0], table.X[table.y == 8])
    assert pair.classes == ("8", "3") and len(pair.y) == int(((table.y == 3) | (table.y == 8)).sum())


def test_digits_need_no_import_and_no_file(monkeypatch):
    said = "import sys; from nnlib.data import digits; digits(); print('sklearn.datasets' in sys.modules)"
    asked = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "False"
    usual = digits()
    monkeypatch.setattr(real, "find_spec", lambda name: SimpleNamespace(submodule_search_locations=["nowhere"]))
    moved = digits()
    np.testing.assert_array_equal(moved.X, usual.X)
    np.testing.assert_array_equal(moved.y, usual.y)


def test_sunspots():
    series = sunspots()
    assert series.times.shape == series.values.shape == (309,) and series.times.dtype == jnp.int32
    np.testing.assert_array_equal(series.times, np.arange(1700, 2009))
    assert [float(series.values[i]) for i in (0, -1)] == pytest.approx([5.0, 2.9])
    assert int(series.times[series.values.argmax()]) == 1957 and float(series.values.max()) == pytest.approx(190.2)
    assert float(series.values.min()) == 0 and "year" in series.time_unit and "sunspot" in series.unit
    waves = np.abs(np.fft.rfft(series.values - series.values.mean()))
    assert 309 / waves.argmax() == pytest.approx(11, abs=0.3)  # years


@pytest.mark.parametrize(
    ("load", "names", "what"),
    [
        (diabetes, ("length",), "features"), (wine, "hue", "features"), (wine, (), "features"),
        (digits, ("eleven",), "classes"), (digits, ("1", "1"), "classes"), (digits, 3 * ("3",), "classes"),
    ],
)  # fmt: skip
def test_unknown_names(load, names, what):
    with pytest.raises(ValueError, match=rf"expected {what} to be different names out of .*, got .*; give a tuple"):
        load(names)


def test_mnist_looks_like_digits(monkeypatch):
    asked = {}

    def fetch(name, **options):
        asked.update(options, name=name)
        pixels = np.zeros((20, 784))
        pixels[np.arange(20), np.arange(20)] = 255
        return SimpleNamespace(data=pixels, target=np.array([str(i % 10) for i in range(20)], object))

    monkeypatch.setattr(datasets, "fetch_openml", fetch)
    table = mnist()
    assert asked["name"] == "mnist_784" and asked["version"] == 1 and asked["as_frame"] is False
    assert table.X.shape == (20, 28, 28, 1) and table.X.dtype == jnp.float32 and table.y.tolist() == [*range(10)] * 2
    assert table.X[7, 0, 7, 0] == 1 and float(table.X.sum()) == 20
    assert (table.features, table.classes) == (digits().features, digits().classes)
    assert mnist(("4", "2")).y.tolist() == [1, 0, 1, 0]


@pytest.mark.parametrize("trouble", [URLError("no route"), TimeoutError(), ValueError("a broken file")])
def test_mnist_without_the_network(monkeypatch, trouble):
    def fetch(*_, **__):
        raise trouble

    monkeypatch.setattr(datasets, "fetch_openml", fetch)
    with pytest.raises(ConnectionError) as caught:
        mnist()
    said = str(caught.value)
    assert "the network, once" in said and "scikit-learn's data folder" in said and "digits()" in said
    assert type(trouble).__name__ in said and datasets.get_data_home() not in said
    assert caught.value.__cause__ is trouble
