"""What every optimizer needs: adding updates, learning rates that may be schedules, optimizers of other libraries."""

import inspect
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from nnlib.module import Array, Module, as_float, as_module, static

__all__ = ["Fixed", "Rate", "apply_updates", "as_optimizer", "as_rate", "call_update", "rate_at", "running_mean"]

Rate = Array | Module


def apply_updates(params: Any, updates: Any) -> Any:
    """The parameters after a step: params + updates, array by array, in the parameters' own types."""
    return jax.tree.map(lambda p, u: (p + u).astype(jnp.result_type(p)), params, updates)


def as_rate(learning_rate: float | Array | Callable) -> Rate:
    """A number as an array, a schedule as a module. A number below 0 is a ValueError."""
    return as_module(learning_rate) if callable(learning_rate) else as_float(learning_rate)


def rate_at(learning_rate: Rate, count: Array) -> Array:
    """The learning rate of the step after `count` steps."""
    return learning_rate(count) if callable(learning_rate) else learning_rate


def running_mean(old: Any, new: Any, keep: Array) -> Any:
    """keep old + (1 - keep) new, array by array, in the old one's type."""
    return jax.tree.map(lambda o, n: (keep * o + (1 - keep) * n).astype(o.dtype), old, new)


class Fixed(Module):
    """An optimizer that is compiled in: optax's are tuples of functions, without a number to move."""

    optimizer: Any = static()

    def init(self, params: Any) -> Any:
        return self.optimizer.init(params)

    def update(self, grads: Any, state: Any, params: Any = None, **extra: Any) -> tuple[Any, Any]:
        return call_update(self.optimizer, grads, state, params, **extra)


def as_optimizer(optimizer: Any) -> Module:
    """An optimizer that is a Module as it is, any other with `init` and `update` as a `Fixed` one."""
    if not (hasattr(optimizer, "init") and hasattr(optimizer, "update")):
        raise TypeError(f"expected an optimizer (init, update), got {optimizer}; call it: adam(0.03)")
    return optimizer if isinstance(optimizer, Module) else Fixed(optimizer)


def call_update(optimizer: Any, grads: Any, state: Any, params: Any, **extra: Any) -> tuple[Any, Any]:
    """`optimizer.update`, with those of the extra arguments (such as `loss=`) that it takes; the rest is dropped."""
    takes = inspect.signature(optimizer.update).parameters.values()
    if not any(p.kind is p.VAR_KEYWORD for p in takes):
        extra = {p.name: extra[p.name] for p in takes if p.name in extra}
    return optimizer.update(grads, state, params, **extra)
