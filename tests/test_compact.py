"""The library stays an evening's reading: short functions, short files, and every public name explained."""

import ast
import importlib
import inspect
import re
import typing

import pytest

from tests.test_floors import FILES, FLOOR, ROOT

LIBRARY = [path for path in FILES if FLOOR.get(path.relative_to(ROOT).parts[0].removesuffix(".py"), 0) <= 2]
LONGEST_FUNCTION, LONGEST_FILE = 40, 240
FORMULA = re.compile(r"[=^|<>]|\w\(|\d| [-+*/] \w|\([NTHn.(]")  # an equation, a term, a call, a number or a shape
# One sentence says all: there is nothing to compute, or it is said in words that need no symbols.
ONE_LINE = set(
    """
    augment.flip augment.rotate augment.translate
    autodiff.Edge autodiff.Graph autodiff.Node autodiff.PathCount
    data.MinMax data.blobs initializers.zeros losses.weights
    module.buffer module.merge module.split_key module.static optim.AdamState train.Stopped
    """.split()
)
ROOMS = sorted({path.relative_to(ROOT).parts[0].removesuffix(".py") for path in LIBRARY})
NAMES = [str(path.relative_to(ROOT)) for path in LIBRARY]


def lines(path):
    return len(path.read_text().splitlines())


def functions(path):
    """Every function in a file, methods and inner ones too, with its number of lines, docstring included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.end_lineno - node.lineno + 1


def public(room):
    """The functions and classes of the library that `from nnlib.room import` is for."""
    module = importlib.import_module(f"nnlib.{room}")
    for name in module.__all__:
        value = inspect.unwrap(getattr(module, name))
        if (inspect.isfunction(value) or inspect.isclass(value)) and value.__module__.startswith("nnlib."):
            yield name, value


@pytest.mark.parametrize("path", LIBRARY, ids=NAMES)
def test_no_long_function(path):
    assert [(name, size) for name, size in functions(path) if size > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("path", LIBRARY, ids=NAMES)
def test_no_long_file(path):
    assert lines(path) <= LONGEST_FILE, f"{lines(path)} lines; one idea a file"


@pytest.mark.parametrize("path", LIBRARY, ids=NAMES)
def test_every_file_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text()))


def doc(value):
    """A docstring that somebody wrote: neither inherited nor made by dataclasses or named tuples."""
    said = (value.__dict__.get("__doc__") if inspect.isclass(value) else value.__doc__) or ""
    return "" if said.startswith(f"{value.__name__}(") else said.strip()


def explained(value):
    """Two lines or more, or one with a formula; what a factory makes may say the rest."""
    said = doc(value)
    made = None if inspect.isclass(value) else typing.get_type_hints(value).get("return")
    made_says = doc(made) if inspect.isclass(made) and made.__module__.startswith("nnlib.") else ""
    return bool(said) and (len(f"{said}\n{made_says}".strip().splitlines()) > 1 or bool(FORMULA.search(said)))


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_name_is_explained(room):
    poor = {f"{room}.{name}": doc(value) for name, value in public(room) if not explained(value)}
    assert {name: said for name, said in poor.items() if name not in ONE_LINE or not said} == {}
    assert {name for name in ONE_LINE if name.split(".")[0] == room} <= set(poor), "these need no exception any more"


def test_the_checks_can_fail():
    long = "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION
    node = ast.parse(long).body[0]
    assert node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    assert not FORMULA.search("Adds things.") and FORMULA.search("The square: z^2.")
    assert {"module", "layers", "train"} <= set(ROOMS) and len(LIBRARY) > len(ROOMS) > 10


def main():
    """python -m tests.test_compact: lines of every file of floors 0 to 2, and their sum."""
    for path, name in zip(LIBRARY, NAMES, strict=True):
        print(f"{lines(path):5}  {name}")
    print(f"{sum(map(lines, LIBRARY)):5}  in all; the longest function has", end=" ")
    print(max(size for path in LIBRARY for _, size in functions(path)), "lines")


if __name__ == "__main__":
    main()
