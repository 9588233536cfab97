"""The library stays an evening's reading: short functions, short files, each of which says what it is."""

import ast

import pytest

from tests.test_floors import FILES, FLOOR, ROOT

LIBRARY = [path for path in FILES if FLOOR.get(path.relative_to(ROOT).parts[0].removesuffix(".py"), 0) <= 2]
LONGEST_FUNCTION, LONGEST_FILE = 40, 240
NAMES = [str(path.relative_to(ROOT)) for path in LIBRARY]
EVERYWHERE = [str(path.relative_to(ROOT)) for path in FILES]


def lines(path):
    return len(path.read_text().splitlines())


def functions(path):
    """Every function in a file, methods and inner ones too, with its number of lines, docstring included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("path", FILES, ids=EVERYWHERE)
def test_no_long_function(path):
    assert [(name, size) for name, size in functions(path) if size > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("path", FILES, ids=EVERYWHERE)
def test_no_long_file(path):
    assert lines(path) <= LONGEST_FILE, f"{lines(path)} lines; one idea a file"


@pytest.mark.parametrize("path", FILES, ids=EVERYWHERE)
def test_every_file_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_the_checks_can_fail():
    long = "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION
    node = ast.parse(long).body[0]
    assert node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    assert {"module.py", "layers/dense.py", "train/loop.py"} <= {path.relative_to(ROOT).as_posix() for path in LIBRARY}


def main():
    """python -m tests.test_compact: lines of every file of floors 0 to 2, and their sum."""
    for path, name in zip(LIBRARY, NAMES, strict=True):
        print(f"{lines(path):5}  {name}")
    print(f"{sum(map(lines, LIBRARY)):5}  in all; the longest function has", end=" ")
    print(max(size for path in LIBRARY for _, size in functions(path)), "lines")


if __name__ == "__main__":
    main()
