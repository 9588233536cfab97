"""The Python that makes what is on the screen, complete in itself.

The live function's own source, the imports and constants that it uses, the notebook's functions that it calls, and a
call with the controls' present values.  Pasted into a fresh kernel it gives the same views.
"""

from __future__ import annotations

import ast
import dis
import inspect
import linecache
import sys
import textwrap
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from types import CodeType, ModuleType
from typing import Any

import jax
import numpy as np

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
        self._known: dict[str, Any] = {}

    def parts(self) -> list[str]:
        chosen = [f"from {module} import {', '.join(sorted(names))}" for module, names in self._from.items()]
        imports = sorted(self._imports) + sorted(chosen)
        return [part for part in ("\n".join(imports), "\n".join(self._constants), *self._definitions) if part]

    def define(self, thing: Callable, decorated: bool = True) -> None:
        """Adds the source of a function or class, after everything outside that it names."""
        inner = inspect.unwrap(thing)
        source = _lambda(inner) if thing.__name__ == "<lambda>" else _source(inner, decorated)
        outside = dict(vars(sys.modules[inner.__module__]))
        if inspect.isfunction(inner):
            outside = {**inner.__globals__, **inspect.getclosurevars(inner).nonlocals}
        for name in _names(compile(source, "<source>", "exec", dont_inherit=True)):
            if name in outside and name != thing.__name__:
                self.name(name, outside[name], inner.__module__)
        if thing.__name__ != "<lambda>":
            self._definitions[source] = None

    def name(self, name: str, thing: Any, used_in: str = "__main__") -> None:
        """Makes `name` mean `thing`: by import, by definition, or as a constant.

        used_in: the module of the function that uses it; whatever that module holds can be imported from there.
        """
        if name in self._known:
            return
        self._known[name] = thing
        if isinstance(thing, ModuleType):
            self._imports[_import_module(name, thing.__name__)] = None
        elif (module := _home(thing, name)) is not None:
            self._from.setdefault(module, set()).add(_as(_own_name(thing), name))
        elif used_in != "__main__" and getattr(sys.modules.get(used_in), name, None) is thing:
            self._from.setdefault(used_in, set()).add(name)
        elif inspect.isroutine(inspect.unwrap(thing)) or inspect.isclass(thing):
            self.define(thing)
            if thing.__name__ != name:
                named = _lambda(thing) if thing.__name__ == "<lambda>" else thing.__name__
                self._definitions[f"{name} = {named}"] = None
        else:
            self._constants[f"{name} = {self.literal(thing)}"] = None

    def literal(self, value: Any) -> str:
        """An expression that gives `value`, with the imports that it needs."""
        if hasattr(type(value), "as_code"):
            return value.as_code(self)
        if isinstance(value, jax.Array):
            return self._array(value)
        if isinstance(value, np.ndarray):
            self.name("np", np)
            return f"np.array({value.tolist()}, np.{value.dtype})"
        if type(value) in (tuple, list):
            inner = ", ".join(map(self.literal, value))
            return f"[{inner}]" if isinstance(value, list) else f"({inner}{',' * (len(value) == 1)})"
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{self.literal(key)}: {self.literal(one)}" for key, one in value.items()) + "}"
        if is_dataclass(value) and not isinstance(value, type):
            return self._dataclass(value)
        if callable(value) and hasattr(value, "__qualname__"):
            return self._called(value)
        return repr(value)

    def _dataclass(self, value: Any) -> str:
        kind = self._called(type(value))
        given = [f"{field.name}={self.literal(getattr(value, field.name))}" for field in fields(value) if field.init]
        return f"{kind}({', '.join(given)})"

    def _called(self, thing: Callable) -> str:
        """The name under which a function or class is there: its own, unless that means something else already."""
        name = thing.__name__
        while self._known.get(name, thing) is not thing:
            name += "_"
        self.name(name, thing)
        return name

    def _array(self, value: jax.Array) -> str:
        self.name("jax", jax)
        if jax.dtypes.issubdtype(value.dtype, jax.dtypes.prng_key):
            data = np.asarray(jax.random.key_data(value)).tolist()
            if data[:1] == [0] and len(data) == 2:
                return f"jax.random.key({data[1]})"
            return f"jax.random.wrap_key_data(jax.numpy.array({data}, jax.numpy.uint32))"
        return f"jax.numpy.array({np.asarray(value).tolist()}, jax.numpy.{value.dtype})"


def _source(thing: Callable, decorated: bool) -> str:
    """The dedented source of a function or class, with or without its decorators."""
    at_home = inspect.isclass(thing) and thing.__module__ == "__main__"
    source = textwrap.dedent(_class_source(thing) if at_home else inspect.getsource(thing)).rstrip()
    if decorated:
        return source
    return "\n".join(source.splitlines()[ast.parse(source).body[0].lineno - 1 :])


def _class_source(thing: type) -> str:
    """The source of a class of the notebook: Python looks for its file, of which there is none; its methods know it."""
    for method in filter(inspect.isfunction, vars(thing).values()):
        lines = linecache.getlines(method.__code__.co_filename)
        for node in ast.walk(ast.parse("".join(lines))):
            if isinstance(node, ast.ClassDef) and node.name == thing.__name__:
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                return "".join(lines[first - 1 : node.end_lineno])
    return inspect.getsource(thing)


def _lambda(thing: Callable) -> str:
    """The source of a lambda, out of the line in which it stands (the first one, if there are several)."""
    source = _source(thing, True)
    start = source.index("lambda")
    for end in range(len(source), start, -1):  # what follows it in the line is no part of it
        with suppress(SyntaxError):
            tree = ast.parse(f"({source[start:end]})", mode="eval")
            return ast.unparse(next(node for node in ast.walk(tree) if isinstance(node, ast.Lambda)))
    raise ValueError(f"code: expected a function with a name, got {source[:40]!r}; give it one with def")


def _names(code: CodeType) -> list[str]:
    """Every name that compiled source looks up outside of itself, in order of appearance; local ones are not asked."""
    own = [i.argval for i in dis.get_instructions(code) if i.opname in ("LOAD_NAME", "LOAD_GLOBAL")]
    inner = [name for const in code.co_consts if isinstance(const, CodeType) for name in _names(const)]
    return [name for name in dict.fromkeys([*own, *inner]) if not name.startswith("__")]


def _home(thing: Any, name: str) -> str | None:
    """The module that `thing` can be imported from, the shortest public one; None if it has none."""
    module, own = getattr(thing, "__module__", None), _own_name(thing)
    if module in (None, "__main__") or own is None:
        return None
    parts = module.split(".")
    candidates = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    return next((m for m in candidates if getattr(sys.modules.get(m), own, None) is thing), None)


def _own_name(thing: Any) -> str | None:
    """The last part of its name: `jax.Array` calls itself jaxlib._jax.Array, and says that it is in jax."""
    qualified = getattr(thing, "__qualname__", None)
    return None if qualified is None else qualified.rsplit(".", 1)[-1]


def _import_module(name: str, module: str) -> str:
    package, _, last = module.rpartition(".")
    if package and name == last:
        return f"from {package} import {last}"
    return f"import {module}" if name == module else f"import {module} as {name}"


def _as(original: str, name: str) -> str:
    return original if original == name else f"{original} as {name}"
