"""`code()` is complete: run in a fresh interpreter, it gives the same frame."""

import linecache
import subprocess
import sys

import jax
import jax.numpy as jnp
import pytest

from nnlib.course.common.surfaces import SURFACES
from nnlib.live import Curves, Handle, Plane, choice, handle, live, points, slider
from nnlib.live.wire import arrange, pack

KEY = jax.random.key(3)
OFFSET = 0.25


def helper(x):
    return x + OFFSET


noise = object()  # a name that `wave` uses for something of its own, and that no code could write down


@live(
    a=slider(0.0, 1.0, 0.5),
    shape=choice({"sine": jnp.sin, "hyperbolic": jnp.tanh}),
    data=points([[0, 1], [2, 3]], [0, 1]),
    at=handle(0.5, 0.5),
)
def wave(a, shape, data, at):
    noise = jax.random.normal(KEY, (20,))
    return Plane(points=data, handles=[at]), Curves(y=shape(a * noise) + helper(at.x))


PRINT = """
from nnlib.live.wire import arrange, pack
import hashlib
header, buffers = pack(*arrange(views))
print(hashlib.sha256(b"".join(buffers)).hexdigest())
"""


def fingerprint(views):
    import hashlib

    return hashlib.sha256(b"".join(pack(*arrange(views))[1])).hexdigest()


@pytest.fixture(autouse=True)
def as_in_a_notebook(monkeypatch):
    for function in (wave.function, helper):
        monkeypatch.setattr(function, "__module__", "__main__")


def test_the_code_of_a_notebooks_function_gives_the_same_frame():
    wave.set(a=0.31, shape="hyperbolic", data=([[0, 1], [2, 3.5], [1, 1]], [0, 1, 1]), at=Handle(0.25, 0.1))
    run = subprocess.run([sys.executable, "-c", wave.code() + PRINT], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    # The points and handles of the screen are edited there and so not in the frame; everything else must be equal.
    assert run.stdout.strip() == fingerprint(strip(wave()))


def strip(views):
    plane, curves = views
    from dataclasses import replace

    return replace(plane, points=replace(plane.points, source="")), curves


def drawn(f, parts):
    """A piece that is made by a function, as a lesson makes them: what it draws are values of that function's own."""

    @live(a=slider(0.0, 1.0, 0.5))
    def picture(a):
        x, (names, end) = parts
        return Curves(y=f(a * x) + end, title=names[0])

    return picture


def test_what_surrounds_a_function_goes_with_it():
    """A function under another name than its own; arrays and texts within tuples and lists."""
    piece = drawn(helper, (jnp.arange(3.0), (["one"], 2.0)))
    assert "f = helper" in piece.code() and '["one"]' in piece.code().replace("'", '"')
    run = subprocess.run([sys.executable, "-c", piece.code() + PRINT], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == fingerprint(piece())


def test_a_dataclass_is_made_anew():
    bowl = SURFACES["bowl"]  # whose function has the same name

    @live(a=slider(0.0, 1.0, 0.5), ground=choice(list(SURFACES.values())))
    def picture(a, ground):
        return Curves(y=[bowl.f((a, 1.0)), ground.f((a, 2.0))])

    picture.set(ground=SURFACES["saddle"])
    assert "bowl = Surface(name='bowl', f=bowl_, " in picture.code()
    run = subprocess.run([sys.executable, "-c", picture.code() + PRINT], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == fingerprint(picture())


def test_a_lambda_is_cut_out_of_its_line():
    alone = drawn(
        lambda x: helper(x) * 2,
        (jnp.arange(2.0), (["one"], 2.0)),
    )
    for piece in (alone, drawn(lambda x: helper(x) * 2, (jnp.arange(2.0), (["one"], 2.0)))):
        assert "f = lambda x: helper(x) * 2\n" in piece.code()
        run = subprocess.run([sys.executable, "-c", piece.code() + PRINT], capture_output=True, text=True)
        assert run.stdout.strip() == fingerprint(piece()), run.stderr


def test_a_learner_can_read_it():
    code = wave.code()
    assert code.startswith("import jax\n") and "@live" not in code and "OFFSET" not in code.split("def wave")[1]
    assert "KEY = jax.random.key(3)" in code and "def wave(a, shape, data, at):" in code


CELL = """
from dataclasses import dataclass

import jax

from nnlib.live import Note, live
from nnlib.module import Array


@dataclass
class Twice:
    x: Array

    def value(self):
        return 2 * self.x


@live()
def doubled():
    return Note(str(Twice(21.0).value()))
"""


def test_a_class_of_the_notebook_is_part_of_the_code(monkeypatch):
    """Python looks for a class's file, and a notebook has none; the cell's text is known to its methods."""
    lines = CELL.splitlines(keepends=True)
    linecache.cache["<cell 7>"] = (len(CELL), None, lines, "<cell 7>")
    names = {"__name__": "__main__"}
    exec(compile(CELL, "<cell 7>", "exec"), names)
    monkeypatch.setattr(sys.modules["__main__"], "Array", jax.Array, raising=False)
    for name in ("dataclass", "Note", "Twice"):
        monkeypatch.setattr(sys.modules["__main__"], name, names[name], raising=False)
    source = names["doubled"].code()
    assert "@dataclass\nclass Twice:" in source and "from jax import Array" in source
    run = subprocess.run([sys.executable, "-c", source + "print(views.text)"], capture_output=True, text=True)
    assert run.stdout.strip() == "42.0", run.stderr
