"""What functions read besides their arguments: what is compiled in, and so belongs into the key of a cached program."""

import inspect
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache, partial
from types import CodeType, FunctionType
from typing import Any

__all__ = ["reads"]

LIBRARIES = ("jax", "nnlib", "numpy", "optax")  # whose globals stay as they are


class Same:
    """A value as a key that equals itself alone; it keeps the value alive, so that no other gets its id."""

    __slots__ = ("value",)

    def __init__(self, value: Any):
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value


def reads(*things: Any) -> tuple[Same, ...]:
    """The globals and the outer variables that functions among the things, or in modules of ours, read by name.

    Functions of the same file that they read are followed. A value that is changed in place, as an array of NumPy may
    be, is the same one; so is whatever libraries read.
    """
    found: dict[int, Same] = {}
    todo = [f for thing in things for f in _functions(thing)]
    for f in todo:  # grows on the way
        for value in _values(f):
            if id(value) not in found:
                found[id(value)] = Same(value)
                todo += [g for g in _functions(value) if g.__globals__ is f.__globals__]
    return tuple(found.values())


def _functions(thing: Any) -> Iterator[FunctionType]:
    """The plain functions that a thing is, covers or has in its fields, but for those of libraries."""
    if isinstance(thing, (tuple, list)):
        for part in thing:
            yield from _functions(part)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from _functions(getattr(thing, field.name))
    elif isinstance(thing, partial):
        yield from _functions(thing.func)
    elif callable(thing):
        f = inspect.unwrap(thing)
        if isinstance(f, FunctionType) and (f.__module__ or "").split(".")[0] not in LIBRARIES:
            yield f


def _values(f: FunctionType) -> Iterator[Any]:
    for cell in f.__closure__ or ():
        try:
            yield cell.cell_contents
        except ValueError:  # nothing is in it yet
            continue
    for name in _names(f.__code__):
        if name in f.__globals__:
            yield f.__globals__[name]


@lru_cache(maxsize=1024)
def _names(code: CodeType) -> tuple[str, ...]:
    """The names that a function's code reads, and that of the functions inside it."""
    inner = [name for const in code.co_consts if isinstance(const, CodeType) for name in _names(const)]
    return tuple(dict.fromkeys([*code.co_names, *inner]))
