"""An optimizer from one function, as a learner would write it."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from nnlib.module import static
from nnlib.optim.base import Optimizer

__all__ = ["FromFunction", "from_function"]


class FromFunction(Optimizer):
    """An optimizer whose step is f: update, memory <- f(g, memory), the memory like the parameters, and 0 at first.

    Here g is grads, all of them, and the memory is the state. f is compiled in, with all numbers in it.
    """

    f: Callable = static()

    def init(self, params: Any) -> Any:
        return jax.tree.map(jnp.zeros_like, params)

    def update(self, grads: Any, state: Any, params: Any = None, **extra: Any) -> tuple[Any, Any]:
        return self.f(grads, state)


def from_function(f: Callable) -> FromFunction:
    """The optimizer `g, memory -> update, memory`: `from_function(lambda g, v: (-0.1 * g, v))` is gradient descent.

    f is given the gradients and the memory whole, as the parameters are: an array, a model. What cannot be called is a
    TypeError.
    """
    if not callable(f):
        raise TypeError(f"from_function: expected a function (g, memory) -> (update, memory), got {f!r}; give one")
    return FromFunction(f)
