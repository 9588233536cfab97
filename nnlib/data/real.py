"""Measured data that needs no network: scikit-learn's small sets, with named columns.

    flowers = iris(("petal length (cm)", "petal width (cm)"), ("setosa", "versicolor"))
    flowers.X, flowers.y                        # (100, 2), (100,)

Setosa and versicolor are separable in their petals; versicolor and virginica are not.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from nnlib.module import Array, as_float

__all__ = ["Table", "breast_cancer", "iris"]


class Table(NamedTuple):
    """Measurements X (N, D), labels y (N,), int32, and their names: y = 1 means classes[1]."""

    X: Array
    y: Array
    features: tuple[str, ...]
    classes: tuple[str, ...]


def iris(
    features: Sequence[str] = ("petal length (cm)", "petal width (cm)"),
    classes: Sequence[str] = ("setosa", "versicolor", "virginica"),
) -> Table:
    """Iris flowers: 50 of each of three species, four lengths in centimetres.

    Features: sepal length (cm), sepal width (cm), petal length (cm), petal width (cm). Source: Anderson 1935
    and Fisher 1936, as scikit-learn carries them.
    """
    return _table(_sklearn().load_iris(), features, classes)


def breast_cancer(
    features: Sequence[str] = ("mean radius", "mean concave points"),
    classes: Sequence[str] = ("benign", "malignant"),
) -> Table:
    """Cell nuclei of 569 breast tumours, thirty measurements of each picture: 357 benign, 212 malignant.

    Features: "mean", "worst" and error of radius, texture, perimeter, area, smoothness and more, as in
    "worst area". Source: Street, Wolberg and Mangasarian 1993, as scikit-learn carries them.
    """
    return _table(_sklearn().load_breast_cancer(), features, classes)


def _table(source: Any, features: Sequence[str], classes: Sequence[str]) -> Table:
    """The rows of these classes and the columns of these features, in the order of the names."""
    columns = _places("features", features, [str(name) for name in source.feature_names])
    wanted = _places("classes", classes, [str(name) for name in source.target_names])
    label = np.full(len(source.target_names), -1)
    label[wanted] = np.arange(len(wanted))  # from scikit-learn's number of a class to ours; -1: left out
    y = label[source.target]
    kept = y >= 0
    X = as_float(source.data[kept][:, columns])
    return Table(X, jnp.asarray(y[kept].astype(np.int32)), tuple(features), tuple(classes))


def _places(what: str, names: Sequence[str], known: list[str]) -> list[int]:
    """Where the names stand among the known ones."""
    if isinstance(names, str) or not set(names) <= set(known) or len(set(names)) != len(names):
        raise ValueError(f"expected {what} to be different names out of {known}, got {names!r}; give a tuple of names")
    return [known.index(name) for name in names]


def _sklearn() -> Any:
    try:
        from sklearn import datasets
    except ImportError as error:
        raise ImportError(
            "expected scikit-learn, which carries the measured data, got none; pip install scikit-learn"
        ) from error
    return datasets
