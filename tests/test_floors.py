"""A module imports from its own floor or below, read from the source."""

import ast
from pathlib import Path

import pytest

import nnlib

ROOT = Path(nnlib.__file__).parent
FLOORS = [
    (
        "module",
        "given",
        "numbered",
        "activations",
        "initializers",
        "losses",
        "metrics",
        "data",
        "augment",
        "optim",
        "autodiff",
    ),
    ("layers", "perceptron"),
    ("train", "checkpoint", "probe"),
    ("live", "server"),
    ("course",),
]
FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names}
PICTURES = {"ipywidgets", "anywidget", "matplotlib", "IPython"}
FILES = sorted(path for path in ROOT.rglob("*.py") if path != ROOT / "__init__.py")


def imported(path):
    """Every module that a file imports, with its dots: from a import b counts as a.b."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            inside = list(path.relative_to(ROOT.parent).parent.parts) if node.level else []
            base = inside[: len(inside) - node.level + 1]
            yield from (".".join([*base, *filter(None, [node.module]), alias.name]) for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down(path):
    own = path.relative_to(ROOT).parts[0].removesuffix(".py")
    assert own in FLOOR, f"expected {own} on one of the floors, got none; add it to FLOORS"
    for name in imported(path):
        first, *rest = name.split(".")
        if first == "nnlib" and rest and rest[0] in FLOOR:
            assert FLOOR[rest[0]] <= FLOOR[own], f"{own} is below {rest[0]}"
        if FLOOR[own] <= 2:
            assert first not in PICTURES, f"{own} computes; {first} belongs to nnlib.live"


def test_the_package_itself_imports_nothing():
    assert list(imported(ROOT / "__init__.py")) == []
    assert nnlib.__version__


@pytest.mark.parametrize("path", [p for p in FILES if p.relative_to(ROOT).parts[0] not in ("live", "course")])
def test_public_names_are_explicit(path):
    assigned = [n.targets[0].id for n in ast.parse(path.read_text()).body if isinstance(n, ast.Assign)
                and isinstance(n.targets[0], ast.Name)]  # fmt: skip
    assert "__all__" in assigned
