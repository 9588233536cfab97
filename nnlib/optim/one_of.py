"""One of several optimizers, by number: which one is data, so that another choice needs no new program."""

from functools import partial
from typing import Any

from nnlib.module import Array, buffer
from nnlib.numbered import as_number, choose
from nnlib.optim.base import Several, as_optimizer, call_update

__all__ = ["OneOf", "one_of"]


class OneOf(Several):
    """One of several optimizers: update = update_k(g), with k the number and update_k that of parts[k].

    Its state is the tuple of all their states, of which only that of number k goes on. Where k is a traced number with
    no optimizer of its own, the update is NaN.
    """

    number: Array = buffer()

    def update(self, grads: Any, state: tuple, params: Any = None, **extra: Any) -> tuple[Any, tuple]:
        def one(k: int, grads: Any, state: tuple) -> tuple[Any, tuple]:
            updates, own = call_update(self.parts[k], grads, state[k], params, **extra)
            return updates, (*state[:k], own, *state[k + 1 :])

        return choose(self.number, [partial(one, k) for k in range(len(self.parts))], grads, state)


def one_of(number: int | Array, *optimizers: Any) -> OneOf:
    """One of these optimizers: `one_of(1, sgd(0.1), adam(0.03))` is Adam, and the program is the same for both.

    number: from 0 up; a slider may move it. Without optimizers, or with a number that none of them has, a ValueError;
    with anything but a whole number or but optimizers a TypeError.
    """
    return OneOf(tuple(map(as_optimizer, optimizers)), as_number("one_of", number, len(optimizers)))
