"""A notebook of pieces that go wrong in every way that a learner's piece can."""

from __future__ import annotations

from pathlib import Path

import nbformat

CELLS = [
    """\
import time
import warnings

import numpy as np

from nnlib.live import Curves, Note, Plane, handle, live, predict, slider""",
    """\
@live(a=slider(0, 10, 3))
def raises(a):
    return Curves(y=[0.0, 1 / (a - 10)])


raises""",
    """\
@live(a=slider(0, 10, 3))
def endless(a):
    while a == 10:
        time.sleep(0.01)
    return Curves(y=[0.0, a])


endless""",
    """\
@live(a=slider(0, 10, 3))
def noisy(a):
    print(f"printed {a}")
    warnings.warn(f"warned {a}")
    return Curves(y=[0.0, a])


noisy""",
    """\
@live(a=slider(0, 10, 3))
def diverges(a):
    return Plane(np.full((9, 9), np.inf if a == 10 else 0.1 * a)), Curves(y=[1.0, np.nan if a == 10 else a])


diverges""",
    """\
@live(a=slider(0, 10, 3))
def returns_nothing(a):
    Curves(y=[0.0, a])


returns_nothing""",
    """\
@live(a=slider(0, 10, 3), still=5)
def runs_on(a):
    for step in range(10**6):
        yield Curves(y=[0.0, a, step % 100]), Note(f"step {step}")
        time.sleep(0.005)


runs_on""",
    """\
@live(guess=predict("Which?", ["one", "two"], "two", "two it is"))
def guess():
    return Curves(y=[1.0, 2.0])


guess""",
    """\
@live(a=slider(0, 10, 3), h=handle(0.0, 0.0))
def twice(a, h):
    return Plane(handles=[h]), Curves(y=[0.0, a])


twice""",
    "twice",
    """\
from nnlib.autodiff import expression_graph
from nnlib.live import Graph, Refused, numbers, player, text

LONG = " + ".join(f"tanh(a*{n} + b)*sin(b*{n} - a)" for n in range(2, 8))


@live(expression=text(LONG), values=numbers(a=2.0, b=-3.0), step=player(fps=30))
def typed(expression, values):
    try:
        return Graph(expression_graph(expression, **values), values)
    except ValueError as error:
        raise Refused(expression=str(error)) from None


typed""",
]


def write(path: Path) -> None:
    """Writes the notebook, never run, to `path`."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    nbformat.write(notebook, path)
