"""The Python that makes what is on the screen, complete in itself.

The live function's own source, the imports and constants that it uses, the notebook's functions that it calls, and a
call with the controls' present values.  Pasted into a fresh kernel it gives the same views.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Any

import jax
import numpy as np

from .inputs import Handle, Points
from .numbers import round_digits

__all__ = ["code_for"]


def code_for(function: Callable, values: Mapping[str, Any]) -> str:
    """Source that ends in `views = function(...)` with these values."""
    script = _Script()
    script.define(function, decorated=False)
    arguments = "".join(f"    {name}={script.literal(value)},\n" for name, value in values.items())
    call = f"views = {function.__name__}(\n{arguments})" if arguments else f"views = {function.__name__}()"
    return "\n\n".join([*script.parts(), call]) + "\n"


class _Script:
    """Collects imports, constants and definitions, each once, what is used before what uses it."""

    def __init__(self):
        self._imports: dict[str, None] = {}
        self._from: dict[str, set[str]] = {}
        self._constants: dict[str, None] = {}
        self._definitions: dict[str, None] = {}
        self._known: set[str] = set()

    def parts(self) -> list[str]:
        chosen = [f"from {module} import {', '.join(sorted(names))}" for module, names in self._from.items()]
        imports = sorted(self._imports) + sorted(chosen)
        return [part for part in ("\n".join(imports), "\n".join(self._constants), *self._definitions) if part]

    def define(self, function: Callable, decorated: bool = True) -> None:
        """Adds a function's source, after everything that it names."""
        inner = inspect.unwrap(function)
        source, tree = _source(inner, decorated)
        scope = inspect.getclosurevars(inner)
        outside = {**inner.__globals__, **scope.nonlocals}
        for name in _names(tree):
            if name in outside and name != function.__name__:
                self.name(name, outside[name])
        self._definitions[source] = None

    def name(self, name: str, thing: Any) -> None:
        """Makes `name` mean `thing`: by import, by definition, or as a constant."""
        if name in self._known:
            return
        self._known.add(name)
        if isinstance(thing, ModuleType):
            self._imports[_import_module(name, thing.__name__)] = None
        elif (module := _home(thing, name)) is not None:
            self._from.setdefault(module, set()).add(_as(thing.__qualname__, name))
        elif inspect.isroutine(inspect.unwrap(thing)) or inspect.isclass(thing):
            self.define(thing)
        else:
            self._constants[f"{name} = {self.literal(thing)}"] = None

    def literal(self, value: Any) -> str:
        """An expression that gives `value`, with the imports that it needs."""
        if isinstance(value, Points):
            self.name("np", np), self.name("Points", Points)
            x = f"np.array([{_listed(round_digits(float(v), 4) for v in value.x.ravel())}], np.float32).reshape(-1, 2)"
            y = f"np.array([{_listed(value.y.tolist())}], np.int32)"
            return f"Points(\n        {x},\n        {y},\n        room={value.room},\n    )"
        if isinstance(value, Handle):
            self.name("Handle", Handle)
            return f"Handle({value.x!r}, {value.y!r})"
        if isinstance(value, jax.Array):
            return self._array(value)
        if isinstance(value, np.ndarray):
            self.name("np", np)
            return f"np.array({value.tolist()}, np.{value.dtype})"
        if callable(value) and hasattr(value, "__qualname__"):
            self.name(value.__name__, value)
            return value.__name__
        return repr(value)

    def _array(self, value: jax.Array) -> str:
        self.name("jax", jax)
        if jax.dtypes.issubdtype(value.dtype, jax.dtypes.prng_key):
            data = np.asarray(jax.random.key_data(value)).tolist()
            if data[:1] == [0] and len(data) == 2:
                return f"jax.random.key({data[1]})"
            return f"jax.random.wrap_key_data(jax.numpy.array({data}, jax.numpy.uint32))"
        return f"jax.numpy.array({np.asarray(value).tolist()}, jax.numpy.{value.dtype})"


def _source(function: Callable, decorated: bool) -> tuple[str, ast.AST]:
    """A function's dedented source, with or without its decorators, and its syntax tree."""
    source = textwrap.dedent(inspect.getsource(function)).rstrip()
    node = ast.parse(source).body[0]
    if not decorated:
        source = "\n".join(source.splitlines()[node.lineno - 1 :])
        node.decorator_list = []
    return source, node


def _names(tree: ast.AST) -> list[str]:
    """Every name that is read in the tree, in order of appearance."""
    nodes = sorted((n for n in ast.walk(tree) if isinstance(n, ast.Name)), key=lambda n: (n.lineno, n.col_offset))
    return list(dict.fromkeys(n.id for n in nodes if isinstance(n.ctx, ast.Load)))


def _home(thing: Any, name: str) -> str | None:
    """The module that `thing` can be imported from, the shortest public one; None if it has none."""
    module, qualified = getattr(thing, "__module__", None), getattr(thing, "__qualname__", None)
    if module in (None, "__main__") or qualified is None or "." in qualified:
        return None
    parts = module.split(".")
    candidates = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    return next((m for m in candidates if getattr(sys.modules.get(m), qualified, None) is thing), None)


def _import_module(name: str, module: str) -> str:
    return f"import {module}" if name == module else f"import {module} as {name}"


def _as(original: str, name: str) -> str:
    return original if original == name else f"{original} as {name}"


def _listed(numbers: Iterable[float]) -> str:
    """Numbers with commas, in lines of a hundred characters."""
    text = textwrap.fill(", ".join(map(repr, numbers)), 96, break_on_hyphens=False)
    return text if "\n" not in text else textwrap.indent("\n" + text, " " * 12) + "\n" + " " * 8
