"""A docstring says what it must: each parameter by its name, and each error that bad input gets.

What functions share is said once: a module's docstring counts for its functions, a class's for its methods, that of a
method for those of its name in the classes below. One that points to the class it makes, as `Dense` or `Slider`, need
not say again what is said of that class and those above it. A field may have its words beside it.
"""

import ast
import builtins
import dataclasses
import importlib
import inspect
import re
import textwrap
import typing

import pytest

from nnlib import course, layers, live, losses
from nnlib.given import check_sizes
from nnlib.module import Module, as_float
from tests.test_floors import FILES, FLOOR, ROOT

SHARED = re.compile(r"(check|as)_\w+|lay")  # functions whose errors are those of whoever calls them, in any module
ASKED = {"__init__", "__post_init__", "__call__"}  # methods with underscores that everybody calls
ARTICLE = re.compile(r"\b[Aa] (?=[a-z'-]{2,}(?![\w(]))")  # "a unit"; but "a min(0, z)" is a times that


def place(path):
    return path.relative_to(ROOT).as_posix()


def room(path):
    return place(path).split("/")[0].removesuffix(".py")


# Of these rooms only what the package itself exports is for others.
PACKAGES = {"live": live, "course": course}
LIBRARY = [path for path in FILES if FLOOR[room(path)] <= 2 or room(path) in ("server", *PACKAGES)]


# --- what is public, and what is said of it ------------------------------------------------------------------------


def plain(value):
    """The function inside a property, a static method, a jit."""
    value = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
    return inspect.unwrap(value)


def public(path):
    """(name, class or None, function or class) for all that a file exports, and the methods of its classes."""
    module = importlib.import_module(".".join(["nnlib", *path.relative_to(ROOT).with_suffix("").parts]))
    package = PACKAGES.get(room(path), module)
    for name in getattr(module, "__all__", ()):
        if name not in package.__all__ or getattr(package, name) is not getattr(module, name):
            continue
        value = plain(getattr(module, name))
        if not (inspect.isclass(value) or inspect.isfunction(value)) or value.__module__ != module.__name__:
            continue
        yield name, None, value
        for own in vars(value) if inspect.isclass(value) else ():
            method = plain(vars(value)[own])
            if inspect.isfunction(method) and (own in ASKED or own[0] != "_") and by_hand(method):
                yield f"{name}.{own}", value, method


def by_hand(method):
    """Not what a dataclass writes, and no operator of the engine, of which its class tells."""
    return method.__code__.co_filename != "<string>" and method.__name__ != "<lambda>"


def written(thing):
    """The docstring that somebody wrote: neither inherited nor made by dataclasses or named tuples."""
    said = (vars(thing).get("__doc__") if inspect.isclass(thing) else thing.__doc__) or ""
    return "" if said.startswith(f"{thing.__name__}(") else said


def own(cls, thing):
    """What a docstring says itself; a method without one has that of the class above."""
    above = [plain(vars(one).get(thing.__name__)) for one in cls.__mro__[1:]] if cls else []
    return next(filter(None, map(written, [thing, *filter(inspect.isfunction, above)])), "")


def said(cls, thing):
    """All that the reader of a docstring is given: its own, those of its name above it, its class's, its module's."""
    itself = thing if inspect.isclass(thing) else cls
    classes = [one for one in getattr(itself, "__mro__", ()) if one.__module__.startswith("nnlib.")]
    classes = [one for one in classes if one is itself or one is not Module]  # it speaks of every layer's x and key
    above = filter(inspect.isfunction, [plain(vars(one).get(thing.__name__)) for one in classes] if cls else [])
    return "\n".join([own(cls, thing), *map(written, above), *map(written, classes), inspect.getmodule(thing).__doc__])


def made(function):
    """What is said of a factory's class, if its own docstring points there."""
    kind = typing.get_type_hints(function).get("return") if inspect.isfunction(function) else None
    ours = inspect.isclass(kind) and kind.__module__.startswith("nnlib.")
    return said(None, kind) if ours and f"`{kind.__name__}`" in written(function) else ""


def parameters(cls, thing):
    """The names that a caller may give; of a class its fields, but those with a comment beside them."""
    if inspect.isclass(thing):
        beside = re.findall(r"^    (\w+): .*  # ", inspect.getsource(thing), re.MULTILINE)
        fields = [one.name for one in dataclasses.fields(thing)] if dataclasses.is_dataclass(thing) else []
        return [name for name in getattr(thing, "_fields", fields) if name not in beside]
    names = list(inspect.signature(thing).parameters)
    return names[1:] if cls and not isinstance(vars(cls).get(thing.__name__), staticmethod) else names


def occurs(name, text):
    """Whether a name stands in a text as a word of its own; the article is no name."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", ARTICLE.sub("", text)) is not None


# --- which errors a source raises ----------------------------------------------------------------------------------


def errors(cls, function, before=()):
    """The errors that a function makes, itself and in what it calls of its own module or of the shared checks."""
    if function in before:
        return set()
    node, found = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0], set()
    given = {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)}
    local = given | {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            found |= made_here(one) | cast_here(one, function, given)
        called = None if getattr(one, "id", None) in local else called_here(one, cls, function)
        if called is not None and called is not as_float:
            found |= errors(cls, called, (*before, function))
    return found


def made_here(call):
    """The error that a call makes, as in `raise ValueError(...)`."""
    kind = getattr(builtins, getattr(call.func, "id", ""), None)
    return {kind.__name__} if inspect.isclass(kind) and issubclass(kind, Exception) else set()


def cast_here(call, function, given):
    """The errors of as_float, where its number is the caller's: one more if it has a name, and so bounds."""
    called, arguments = call.func, call.args
    if "map" in (getattr(called, "id", ""), getattr(called, "attr", "")) and arguments:
        called, arguments = arguments[0], arguments[1:]
    names = {one.id for argument in arguments for one in ast.walk(argument) if isinstance(one, ast.Name)}
    if function.__globals__.get(getattr(called, "id", "")) is not as_float or not names & given:
        return set()
    return {"TypeError", "ValueError"} if called is call.func and len(call.args + call.keywords) > 1 else {"TypeError"}


def called_here(node, cls, function):
    """The function that a name stands for, if its errors count: a method, one of the same module, a shared check."""
    if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "self":
        found = plain(getattr(cls, node.attr, None))
        return found if inspect.isfunction(found) else None
    found = plain(function.__globals__.get(node.id)) if isinstance(node, ast.Name) else None
    near = getattr(found, "__module__", "") == function.__module__
    return found if inspect.isfunction(found) and (near or SHARED.fullmatch(node.id)) else None


# --- the tests -----------------------------------------------------------------------------------------------------


def told(path, what, names):
    """The message of a failure: the file, what to do, and each name on a line."""
    return "\n    ".join([f"{place(path)}: {what}", *names])


@pytest.mark.parametrize("path", LIBRARY, ids=place)
def test_every_public_name_has_a_docstring(path):
    asked = [one for one in public(path) if one[1] is None or one[2].__name__ not in ASKED]
    silent = [name for name, cls, thing in asked if not own(cls, thing)]
    assert not silent, told(path, "say in a docstring what these are", silent)


@pytest.mark.parametrize("path", LIBRARY, ids=place)
def test_every_parameter_is_named(path):
    missing = []
    for name, cls, thing in public(path):
        text = said(cls, thing) + made(thing)
        missing += [f"{name} does not name {one}" for one in parameters(cls, thing) if not occurs(one, text)]
    assert not missing, told(path, "say what these parameters are, with unit or shape", missing)


@pytest.mark.parametrize("path", LIBRARY, ids=place)
def test_every_error_is_named(path):
    missing = []
    for name, cls, thing in public(path):
        kinds = sorted(errors(cls, thing)) if inspect.isfunction(thing) else []
        missing += [f"{name} does not name {kind}" for kind in kinds if not occurs(kind, said(cls, thing))]
    assert not missing, told(path, "say for which input these errors are", missing)


def test_the_checks_can_fail():
    assert {path.name for path in LIBRARY} >= {"losses.py", "dense.py", "lstm.py", "server.py", "slider.py", "plane.py"}
    for name, package in PACKAGES.items():
        told_of = [one for path in LIBRARY if room(path) == name for one, cls, _ in public(path) if cls is None]
        assert sorted(told_of) == sorted(package.__all__)  # each once: `drawn` is also a function that lays out graphs
    assert (
        not occurs("a", "A slope, and a unit.") and occurs("a", "max(0, z) + a min(0, z)") and occurs("a", "slope a.")
    )
    assert not occurs("n", "name, n_in") and occurs("n_in", "D = n_in")
    assert errors(None, check_sizes) == errors(None, layers.dense) == {"ValueError"}
    assert errors(None, losses.huber) == {"ValueError", "TypeError"} and errors(None, losses.l2) == set()
    assert errors(layers.Recurrent, layers.Recurrent.run) == {"ValueError", "NotImplementedError"}
    assert parameters(None, layers.Conv) == ["W", "b", "stride", "padding", "dilation"]
    assert "Z = X W + b" in made(layers.dense) and made(layers.reverse) == ""
    assert occurs("same", made(live.slider)) and not occurs("same", live.slider.__doc__)
    assert occurs("ax", said(live.Plane, live.Plane.still)) and not occurs("ax", said(None, live.Plane))
