"""The library stays an evening's reading: short functions, short files, and every public name explained."""

import ast
import importlib
import inspect
import re

import pytest

from tests.test_floors import FILES, FLOOR, ROOT

LIBRARY = [path for path in FILES if FLOOR.get(path.relative_to(ROOT).parts[0].removesuffix(".py"), 0) <= 2]
LONGEST_FUNCTION, LONGEST_FILE = 40, 240
FORMULA = re.compile(r"[=^|<>]|\w\(|\d")
NAMES = [str(path.relative_to(ROOT)) for path in LIBRARY]


def lines(path):
    return len(path.read_text().splitlines())


def functions(path):
    """Every function in a file, methods and inner ones too, with its number of lines, docstring included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.end_lineno - node.lineno + 1


def public(path):
    """The public functions and classes that a file defines itself."""
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
    for name in module.__all__:
        value = inspect.unwrap(getattr(module, name))
        if (inspect.isfunction(value) or inspect.isclass(value)) and value.__module__ == module.__name__:
            yield name, value


@pytest.mark.parametrize("path", LIBRARY, ids=NAMES)
def test_no_long_function(path):
    assert [(name, size) for name, size in functions(path) if size > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("path", LIBRARY, ids=NAMES)
def test_no_long_file(path):
    assert lines(path) <= LONGEST_FILE, f"{lines(path)} lines; one idea a file"


@pytest.mark.parametrize("path", LIBRARY, ids=NAMES)
def test_every_public_name_is_explained(path):
    """Two lines or more, or one with a formula; the whole file says in its first line what it is."""
    assert ast.get_docstring(ast.parse(path.read_text())), "no docstring at the top of the file"
    poor = []
    for name, value in public(path):
        said = value.__dict__.get("__doc__") if inspect.isclass(value) else value.__doc__
        said = (said or "").strip()
        generated = said.startswith(f"{name}(")  # what dataclasses and named tuples write by themselves
        if generated or not (len(said.splitlines()) > 1 or FORMULA.search(said)):
            poor.append(name)
    assert poor == []


def test_the_checks_can_fail():
    long = "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION
    node = ast.parse(long).body[0]
    assert node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    assert not FORMULA.search("Adds things.") and FORMULA.search("The square: z^2.")
    assert len(LIBRARY) > 10 and {"module.py", "train.py"} <= set(NAMES)


def main():
    """python -m tests.test_compact: lines of every file of floors 0 to 2, and their sum."""
    for path, name in zip(LIBRARY, NAMES, strict=True):
        print(f"{lines(path):5}  {name}")
    print(f"{sum(map(lines, LIBRARY)):5}  in all; the longest function has", end=" ")
    print(max(size for path in LIBRARY for _, size in functions(path)), "lines")


if __name__ == "__main__":
    main()
