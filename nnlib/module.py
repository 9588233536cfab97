"""A model is a value: a frozen dataclass whose arrays JAX can see.

    class Scale(Module):
        w: Array                        # trained
        mean: Array = buffer()          # carried, never trained
        name: str = static("scale")     # changes the program; hashable

        def __call__(self, x):          # (..., D) -> (..., D)
            return self.w * (x - self.mean)

That is all there is to learn: subclassing makes the frozen dataclass and tells JAX which fields hold arrays.
So `jax.grad(loss)(model)` is a model of gradients, `jax.vmap` stacks models, and `jax.tree.map` updates one.
"""

import dataclasses
import math
from collections.abc import Callable
from dataclasses import MISSING, replace
from typing import Any, ClassVar, dataclass_transform

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

__all__ = [
    "Array", "Function", "Module", "as_float", "as_module", "buffer", "merge", "replace", "shown", "split", "split_key",
    "static", "train",
]  # fmt: skip


def buffer(default: Any = MISSING) -> Any:
    """A field, with a default or without, that is carried, never trained: a running mean, what a slider may move."""
    return dataclasses.field(default=default, metadata={"kind": "buffer"})


def static(default: Any = MISSING) -> Any:
    """A field, with a default or without, that changes the program: hashable, and each new value is compiled anew."""
    return dataclasses.field(default=default, metadata={"kind": "static"})


def _names(cls: type, *kinds: str) -> list[str]:
    """The names of the fields of these kinds: "trained", "buffer", "static"."""
    return [f.name for f in dataclasses.fields(cls) if f.metadata.get("kind", "trained") in kinds]


@dataclass_transform(frozen_default=True, eq_default=False, field_specifiers=(buffer, static))
class Module:
    """The base of everything that holds arrays: layers, models, optimizers and their states.

    `layer(x)` predicts: deterministic, no key, no mode. `layer.train_call(x, key)` is the training pass.
    TypeError: a static field without a hash, such as an array or a list.
    """

    reads_lengths: ClassVar[bool] = False  # whether padded sequences come to it as the pair (x, lengths)
    reads_weights: ClassVar[bool] = False  # whether its train_call(x, key, weights) takes those of the examples, (N,)

    def __init_subclass__(cls, **kwargs: Any):
        super().__init_subclass__(**kwargs)
        dataclasses.dataclass(frozen=True, eq=False, repr=False)(cls)
        jax.tree_util.register_dataclass(cls, _names(cls, "trained", "buffer"), _names(cls, "static"))

    def __post_init__(self):
        # Static fields only: JAX rebuilds models with tracers, shapes and bare objects in the array fields.
        for name in _names(type(self), "static"):
            value = getattr(self, name)
            try:
                hash(value)
            except TypeError:
                raise TypeError(
                    f"expected a hashable value in the static field {type(self).__name__}.{name}, got {shown(value)}; "
                    "an array belongs in a trained field or in one declared = buffer(), a list becomes a tuple"
                ) from None

    def train_call(self, x: Any, key: Array | None) -> tuple[Any, "Module"]:
        """The training pass: `(output, layer)`, the layer with its buffers brought up to date.

        x: as for the prediction; key: for what is random, or None where nothing is. Here it is the prediction and the
        layer unchanged. Dropout, batch norm, and whatever contains them, override it; so forgetting to is a TypeError,
        and nothing runs in prediction mode by accident.
        """
        for child in _children(self):
            if not child.trains_as_it_predicts():
                raise TypeError(
                    f"expected {type(self).__name__} to define train_call(x, key) -> (y, layer), got none; call there "
                    f"train_call of each layer inside, for its {type(child).__name__} does not train as it predicts"
                )
        return self(x), self

    def trains_as_it_predicts(self) -> bool:
        """Whether `train_call` does nothing but predict, here and in every module inside."""
        plain = type(self).train_call is Module.train_call
        return plain and all(child.trains_as_it_predicts() for child in _children(self))

    def __repr__(self) -> str:
        fields = (f"{f.name}={shown(getattr(self, f.name))}" for f in dataclasses.fields(self))
        return f"{type(self).__name__}({', '.join(fields)})"


class Function(Module):
    """A plain function f as a module: f(*args). It has nothing to train; another function is another program."""

    f: Callable = static()

    def __call__(self, *args: Any) -> Any:
        return self.f(*args)


def as_module(f: Callable) -> Module:
    """f itself if it is a module; a plain function f wrapped in `Function`. Anything else is a TypeError."""
    if isinstance(f, Module):
        return f
    if not callable(f):
        raise TypeError(f"expected a Module or a function, got {shown(f)}; wrap it in a function")
    return Function(f)


def train(layer: Module, x: Any, key: Array | None, weights: Array | None = None) -> tuple[Any, Module]:
    """`layer.train_call(x, key)`, with the weights (N,) of the examples, None if all are 1, where the layer reads them.

    A layer with parts calls it for each. TypeError: there are weights, and a part that reads them would get none.
    """
    if weights is None:
        return layer.train_call(x, key)
    if layer.reads_weights:
        return layer.train_call(x, key, weights)
    for part in _inside(layer):
        if part.reads_weights:
            got = f"a {type(part).__name__} in it, which does"
            raise TypeError(f"expected {type(layer).__name__} to say reads_weights, got {got}; hand them on with train")
    return layer.train_call(x, key)


def split(model: Any) -> tuple[Any, Any]:
    """The trained arrays, and the rest: `merge(*split(model))` is the model again. model: a Module, or a tree of such.

    Both have the model's form, with None where the other has the array, so gradients and optimizers that are
    given the first part see trained arrays only. A field inside a `buffer()` field is not trained either.
    TypeError: a trained field that holds something else than floating-point numbers; it is named.
    """
    trained = _trained(model)
    jax.tree_util.tree_map_with_path(_check_trained, model, trained)
    return (
        jax.tree.map(lambda leaf, keep: leaf if keep else None, model, trained),
        jax.tree.map(lambda leaf, keep: None if keep else leaf, model, trained),
    )


def merge(trained: Any, rest: Any) -> Any:
    """One model from the two parts that `split` made: the trained arrays, where there is one, otherwise the rest."""
    return jax.tree.map(lambda a, b: b if a is None else a, trained, rest, is_leaf=lambda leaf: leaf is None)


def as_float(x: Any, name: str | None = None, low: float = -math.inf, high: float = math.inf) -> Array:
    """x as an array of the default float type: 1, 1.0 and float32(1) become one and the same.

    x: a real number, or an array or list of them; anything else is a TypeError, complex numbers and text too. Cast
    hyper-parameters with it once, where they enter: otherwise each kind of number is compiled anew. With a name,
    numbers that are not in [low, high) are a ValueError that begins with it; traced ones cannot be looked at, and pass.
    """
    try:
        if _complex_or_text(x):
            raise TypeError
        number = jnp.asarray(x, dtype=jnp.result_type(float))
    except (TypeError, ValueError):
        raise TypeError(f"expected a real number, got {shown(x)}; give one, or an array or list of them") from None
    known = None if name is None or isinstance(number, jax.core.Tracer) else np.asarray(number)
    if known is not None and not np.all((low <= known) & (known < high)):
        raise ValueError(f"{name}: expected numbers in [{low:g}, {high:g}), got {shown(x)}; choose one of those")
    return number


def split_key(key: Array | None, n: int) -> list[Any]:
    """n keys from one key; n times None from None, for training passes in which nothing is random."""
    return [None] * n if key is None else list(jax.random.split(key, n))


def _complex_or_text(x: Any) -> bool:
    """Whether x holds what JAX makes floats of all the same: complex arrays, losing their imaginary parts, and text."""
    kinds = {getattr(leaf, "dtype", type(leaf)) for leaf in jax.tree.leaves(x)}
    return any(jnp.issubdtype(kind, other) for kind in kinds for other in (np.complexfloating, np.character))


def _is_module(node: Any) -> bool:
    return isinstance(node, Module)


def _children(module: Module) -> list[Module]:
    """The modules directly inside, also those in tuples, lists and dictionaries."""
    values = [getattr(module, name) for name in _names(type(module), "trained", "buffer")]
    return [node for node in jax.tree.leaves(values, is_leaf=_is_module) if _is_module(node)]


def _inside(module: Module) -> list[Module]:
    """All the modules inside, however deep."""
    return [part for child in _children(module) for part in (child, *_inside(child))]


def _trained(tree: Any) -> Any:
    """A tree of booleans like `tree`: which of its arrays are trained."""

    def mark(node: Any) -> Any:
        if not _is_module(node):
            return True
        fields = {name: _trained(getattr(node, name)) for name in _names(type(node), "trained")}
        for name in _names(type(node), "buffer"):
            fields[name] = jax.tree.map(lambda _: False, getattr(node, name))
        return replace(node, **fields)

    return jax.tree.map(mark, tree, is_leaf=_is_module)


def _check_trained(path: tuple, leaf: Any, trained: bool) -> None:
    try:
        floating = jnp.issubdtype(jnp.result_type(leaf), jnp.floating)
    except TypeError:  # not a number at all
        floating = False
    if trained and not floating:
        raise TypeError(
            f"expected floating-point numbers in the trained field {jax.tree_util.keystr(path)}, got "
            f"{shown(leaf)}; cast them to float, or declare the field = buffer() or = static()"
        )


def shown(value: Any) -> str:
    """A value in few words: arrays by type and shape, single numbers and static values as they are."""
    if isinstance(value, (tuple, list)):
        inside = ", ".join(map(shown, value))
        return f"({inside})" if isinstance(value, tuple) else f"[{inside}]"
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        if value.shape == () and not isinstance(value, jax.core.Tracer) and hasattr(value, "item"):
            return f"{value.item():.6g}" if jnp.issubdtype(value.dtype, jnp.number) else str(value)
        return f"{value.dtype}[{','.join(map(str, value.shape))}]"
    return getattr(value, "__name__", None) or repr(value)
