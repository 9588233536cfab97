"""Measured data, with named columns: scikit-learn's small sets, and sunspots. `mnist` alone needs the network.

    flowers = iris(("petal length (cm)", "petal width (cm)"), ("setosa", "versicolor"))
    flowers.X, flowers.y                        # (100, 2), (100,)
    wine(None)                                  # all features

Setosa and versicolor are separable in their petals; versicolor and virginica are not. `features` are names of columns,
and None means all; `classes` are names of kinds, and others are left out. Both set the order. A name that is not there,
the same one twice, or none at all is a ValueError.
"""

from collections.abc import Sequence
from http.client import HTTPException
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from nnlib.module import Array, as_float

__all__ = ["Series", "Table", "breast_cancer", "diabetes", "digits", "iris", "mnist", "sunspots", "wine"]

_TEN = tuple("0123456789")


class Table(NamedTuple):
    """Measurements X (N, D), labels y (N,), int32, and their names: column j is features[j], y = 1 means classes[1].

    Images are X (N, H, W, 1). Where y is a measured number, there are no classes: `classes` is ().
    """

    X: Array
    y: Array
    features: tuple[str, ...]
    classes: tuple[str, ...]


class Series(NamedTuple):
    """Measurements in order: times (T,), int32, in `time_unit`, and values (T,), in `unit`."""

    times: Array
    values: Array
    time_unit: str
    unit: str


def iris(
    features: Sequence[str] | None = ("petal length (cm)", "petal width (cm)"),
    classes: Sequence[str] = ("setosa", "versicolor", "virginica"),
) -> Table:
    """Iris flowers: 50 of each of three species, four lengths in centimetres.

    Features: sepal length (cm), sepal width (cm), petal length (cm), petal width (cm). Source: Anderson 1935
    and Fisher 1936, as scikit-learn carries them.
    """
    return _table(_sklearn().load_iris(), features, classes)


def breast_cancer(
    features: Sequence[str] | None = ("mean radius", "mean concave points"),
    classes: Sequence[str] = ("benign", "malignant"),
) -> Table:
    """Cell nuclei of 569 breast tumours, thirty measurements of each picture: 357 benign, 212 malignant.

    Features: "mean", "worst" and error of radius, texture, perimeter, area, smoothness and more, as in
    "worst area". Source: Street, Wolberg and Mangasarian 1993, as scikit-learn carries them.
    """
    return _table(_sklearn().load_breast_cancer(), features, classes)


def wine(
    features: Sequence[str] | None = ("alcohol", "flavanoids"),
    classes: Sequence[str] = ("class_0", "class_1", "class_2"),
) -> Table:
    """178 Italian wines from three cultivars, thirteen chemical measurements: 59, 71 and 48 of each.

    Features: alcohol, flavanoids, hue, proline and more, without units, on scales that differ a thousandfold.
    Source: Forina and others, at UCI since 1991, as scikit-learn carries them.
    """
    return _table(_sklearn().load_wine(), features, classes)


def diabetes(features: Sequence[str] | None = ("bmi", "s5")) -> Table:
    """442 patients, ten measurements: y is how far the disease went in one year, 25 to 346, without a unit.

    Features, not scaled: age (years), sex (1 or 2), bmi (kg/m^2), bp (blood pressure, mm Hg), s1 (cholesterol),
    s2 (LDL), s3 (HDL), s4 (cholesterol / HDL), s5 (log of triglycerides), s6 (glucose). The source gives a unit
    for age alone; by their size, the serum values are in mg/dl. Source: Efron, Hastie, Johnstone and
    Tibshirani 2004, as scikit-learn carries them.
    """
    source = _sklearn().load_diabetes(scaled=False)
    columns, features = _places("features", features, source.feature_names)
    return Table(as_float(source.data[:, columns]), as_float(source.target), features, ())


def digits(classes: Sequence[str] = _TEN) -> Table:
    """1797 handwritten digits: images X (N, 8, 8, 1) from 0 (paper) to 1 (ink), about 180 of each digit.

    Source: Alpaydin and Kaynak 1998, a test set of 13 writers, as scikit-learn carries them.
    """
    rows = _digits()
    X, y, classes = _chosen(rows[:, :64].reshape(-1, 8, 8, 1), rows[:, 64].astype(int), classes, _TEN)
    return Table(as_float(X / 16), y, ("ink",), classes)


def sunspots() -> Series:
    """The yearly mean number of sunspots, 1700 to 2008: 309 values between 0 and 190.2, about 11 years a wave.

    The unit is the international sunspot number (10 a group and 1 a spot, in the scale used until 2015). Source:
    National Geophysical Data Center (NOAA), public domain, as statsmodels carries it.
    """
    text = files("nnlib.data").joinpath("sunspots.csv").read_text(encoding="utf-8")
    years, numbers = np.loadtxt(text.splitlines(), delimiter=",", skiprows=1, unpack=True)
    return Series(jnp.asarray(years.astype(np.int32)), as_float(numbers), "year", "sunspot number, yearly mean")


def mnist(classes: Sequence[str] = _TEN) -> Table:
    """70,000 handwritten digits: images X (N, 28, 28, 1) from 0 (paper) to 1 (ink).

    The last 10,000 of all classes are the usual test set. The first call needs the network, or a ConnectionError
    says so; then scikit-learn keeps a copy. Source: LeCun, Bottou, Bengio and Haffner 1998, from openml.org.
    """
    try:  # this parser needs no pandas
        source = _sklearn().fetch_openml("mnist_784", version=1, as_frame=False, parser="liac-arff", n_retries=1)
    except (OSError, HTTPException, ValueError) as error:
        raise ConnectionError(
            "mnist: expected the network, once, to fetch MNIST from openml.org into scikit-learn's data folder, got "
            f"{type(error).__name__}; go online and call again, or use digits(), which needs no network"
        ) from error
    images = source.data.reshape(-1, 28, 28, 1).astype(np.uint8)  # (N, 784) -> (N, 28, 28, 1)
    X, y, classes = _chosen(images, source.target.astype(int), classes, _TEN)
    return Table(as_float(X) / 255, y, ("ink",), classes)


def _table(source: Any, features: Sequence[str] | None, classes: Sequence[str]) -> Table:
    """The rows of these classes and the columns of these features, in the order of the names."""
    columns, features = _places("features", features, source.feature_names)
    X, y, classes = _chosen(source.data[:, columns], source.target, classes, source.target_names)
    return Table(as_float(X), y, features, classes)


def _chosen(X: Any, y: Any, classes: Sequence[str], known: Sequence[str]) -> tuple[Any, Array, tuple[str, ...]]:
    """The examples of these classes, numbered in the order of the names."""
    wanted, classes = _places("classes", classes, known)
    label = np.full(len(known), -1)
    label[wanted] = np.arange(len(wanted))  # from scikit-learn's number of a class to ours; -1: left out
    y = label[y]
    return X[y >= 0], jnp.asarray(y[y >= 0].astype(np.int32)), classes


def _places(what: str, names: Sequence[str] | None, known: Sequence[str]) -> tuple[list[int], tuple[str, ...]]:
    """Where the names stand among the known ones, and the names: None means all."""
    known = [str(name) for name in known]
    names = known if names is None else names
    if isinstance(names, str) or not names or not set(names) <= set(known) or len(set(names)) != len(names):
        raise ValueError(f"expected {what} to be different names out of {known}, got {names!r}; give a tuple of names")
    return [known.index(name) for name in names], tuple(names)


def _digits() -> np.ndarray:
    """64 pixels and the label, (1797, 65), from the file that comes with scikit-learn.

    The file alone, where it is found: the whole library takes a second and 70 MB.
    """
    found = find_spec("sklearn")
    for folder in found.submodule_search_locations if found else ():
        file = Path(folder, "datasets", "data", "digits.csv.gz")
        if file.is_file():
            return np.loadtxt(file, delimiter=",")
    source = _sklearn().load_digits()
    return np.column_stack([source.data, source.target])


def _sklearn() -> Any:
    from sklearn import datasets  # not at the top: it takes a second, and training reads nnlib.data

    return datasets
