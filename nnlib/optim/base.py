"""What optimizers share: adding updates, rates that may be schedules, a rule for every array, other libraries' own."""

import inspect
from collections.abc import Callable
from typing import Any, ClassVar

import jax
import jax.numpy as jnp

from nnlib.module import Array, Module, as_float, as_module, buffer, static

__all__ = [
    "ByArray", "Fixed", "Memory", "Optimizer", "Rate", "Several", "apply_updates", "as_optimizer", "as_rate",
    "as_typed", "asked", "call_update", "rate_at",
]  # fmt: skip

Rate = float | Array | Callable  # in a Module: an array, or a Module that is called


def apply_updates(params: Any, updates: Any) -> Any:
    """The parameters after a step: params + updates, trees of one form, array by array, in the types of params."""
    return jax.tree.map(lambda p, u: (p + u).astype(jnp.result_type(p)), params, updates)


def as_typed(tree: Any, like: Any) -> Any:
    """A tree of arrays in the types of `like`, another of its form: updates have the types of their gradients.

    A rate is float32, or float64 under x64; a model of another type would come out of each step as a new one. Whole
    numbers, as in an example by hand, are no type for an update, which stays as it is.
    """

    def typed(x: Array, y: Any) -> Array:
        kind = jnp.result_type(y)
        return x.astype(kind) if jnp.issubdtype(kind, jnp.inexact) else x

    return jax.tree.map(typed, tree, like)


def as_rate(rate: Rate) -> Array | Module:
    """A rate as it is kept: a schedule as a module, a number from 0 up as an array.

    A number below 0 is a ValueError, what is neither number nor function a TypeError.
    """
    return as_module(rate) if callable(rate) else as_float(rate, "learning_rate", 0)


def rate_at(rate: Rate, count: Array) -> Array:
    """The learning rate of the step after `count` steps: what the schedule `rate` says, or the number `rate` itself."""
    return rate(count) if callable(rate) else rate


class Optimizer(Module):
    """What all optimizers and transforms are: a first state, and a step from one state to the next.

    params, grads, updates: trees of arrays, all of the same form; grads are the gradients, or what the part before
    made of them. state: whatever is remembered between steps. extra: what a step may ask for besides, such as
    `loss=`; it is passed over where nobody asks.
    learning_rate, eta in the formulas: an array, or a schedule that is asked before every step.
    """

    def init(self, params: Any) -> Any:
        """The state before the first step on params: here t = 0, the number of steps made, int32."""
        return jnp.zeros((), jnp.int32)

    def update(self, grads: Any, state: Any, params: Any = None, **extra: Any) -> tuple[Any, Any]:
        """One step: the updates, to be added to params, and the state after it.

        A subclass that does not say what a step is meets a NotImplementedError.
        """
        who = f"{type(self).__name__} to define update(grads, state, params)"
        raise NotImplementedError(f"expected {who} -> (updates, state), got none; write it")


class Several(Optimizer):
    """What consists of parts, optimizers and transforms; its state is the tuple of theirs."""

    parts: tuple = buffer()

    @property
    def packs(self) -> bool:
        """Whether it is all one to every part to which array a number belongs."""
        return all(getattr(part, "packs", False) for part in self.parts)

    def init(self, params: Any) -> tuple:
        return tuple(part.init(params) for part in self.parts)


class Memory(Module):
    """What an optimizer remembers. It says whose it is, so that no other goes on from it, nor from its checkpoint."""

    of: str = static()  # the optimizer's class
    count: Array = buffer()  # t, the steps made, int32
    memory: Any = buffer()  # m, as the parameters


class ByArray(Optimizer):
    """An optimizer that does the same to every array: `step(g, m, rate)` gives the update and the new memory.

    Its state is a `Memory`: the steps t, and for every array a memory m of its shape and type, 0 at first. A subclass
    says what a step is; one that does not meets a NotImplementedError.
    """

    packs: ClassVar[bool] = True  # to which array a number belongs is all one to it: `fit` may put them in one row

    learning_rate: Rate = buffer()

    def step(self, g: Array, m: Array, rate: Array) -> tuple[Array, Array]:
        """The update of one array and its new memory, from its gradient g, its memory m and the rate, ()."""
        raise NotImplementedError(f"expected {type(self).__name__} to define step(g, m, rate), got none; write it")

    def init(self, params: Any) -> Memory:
        return Memory(type(self).__name__, jnp.zeros((), jnp.int32), jax.tree.map(jnp.zeros_like, params))

    def update(self, grads: Any, state: Memory, params: Any = None, **extra: Any) -> tuple[Any, Memory]:
        rate = rate_at(self.learning_rate, state.count)
        both = jax.tree.map(lambda g, m: self.step(g, m, rate), grads, state.memory)
        updates, new = (jax.tree.map(lambda _, pair, i=i: pair[i], grads, both) for i in (0, 1))
        return as_typed(updates, grads), Memory(state.of, state.count + 1, as_typed(new, state.memory))


class Fixed(Optimizer):
    """An optimizer that is compiled in: optax's are tuples of functions, without a number to move.

    optimizer: what has `init` and `update`; its state is its own.
    """

    optimizer: Any = static()

    def init(self, params: Any) -> Any:
        return self.optimizer.init(params)

    def update(self, grads: Any, state: Any, params: Any = None, **extra: Any) -> tuple[Any, Any]:
        return call_update(self.optimizer, grads, state, params, **extra)


def as_optimizer(optimizer: Any) -> Module:
    """An optimizer that is a Module as it is, any other with `init` and `update` as a `Fixed` one; else a TypeError."""
    if not (hasattr(optimizer, "init") and hasattr(optimizer, "update")):
        raise TypeError(f"expected an optimizer (init, update), got {optimizer}; call it: adam(0.03)")
    return optimizer if isinstance(optimizer, Module) else Fixed(optimizer)


def asked(f: Callable, value: Array, grads: Any) -> dict[str, Any]:
    """What an optimizer may ask for besides, by name: the function f that it goes down, its value there, and grads.

    `loss` is our name for f; `value_fn`, `value` and `grad` are optax's, for line searches and plateaus. Its line
    searches refuse every other name but those that `value_fn` takes.
    """
    return {"loss": f, "value_fn": lambda params, loss=None: f(params), "value": value, "grad": grads}


def call_update(optimizer: Any, grads: Any, state: Any, params: Any, **extra: Any) -> tuple[Any, Any]:
    """`optimizer.update(grads, state, params)`, with those of the extra arguments, see `asked`, that it takes."""
    takes = inspect.signature(optimizer.update).parameters.values()
    if not any(p.kind is p.VAR_KEYWORD for p in takes):
        extra = {p.name: extra[p.name] for p in takes if p.name in extra}
    return optimizer.update(grads, state, params, **extra)
