"""One of several layers, by number: which one is data, so that another choice needs no new program."""

from collections.abc import Callable
from typing import Any

from nnlib.module import Array, Module, as_module, buffer, replace, split_key
from nnlib.numbered import as_number, choose

__all__ = ["Switch", "switch"]


class Switch(Module):
    """One of several layers: y = f_k(x), with k the number.

    Shapes: x any that all of the layers take; they must all give the same shape. Where k is a traced number with no
    layer of its own, y is NaN.
    """

    layers: tuple[Module, ...]
    number: Array = buffer()

    def __call__(self, x: Any) -> Any:
        return choose(self.number, self.layers, x)

    def train_call(self, x: Any, key: Array | None) -> tuple[Any, "Switch"]:
        keys = split_key(key, len(self.layers))

        def branch(k: int) -> Callable:
            def train(x: Any) -> tuple[Any, tuple]:
                y, layer = self.layers[k].train_call(x, keys[k])
                return y, (*self.layers[:k], layer, *self.layers[k + 1 :])  # the others stay as they are

            return train

        y, layers = choose(self.number, [branch(k) for k in range(len(self.layers))], x)
        return y, replace(self, layers=layers)

    def trains_as_it_predicts(self) -> bool:
        return all(layer.trains_as_it_predicts() for layer in self.layers)


def switch(number: int | Array, *layers: Module | Callable) -> Switch:
    """One of these layers or plain functions: `switch(1, tanh, relu)` is relu, and so is every program made with it.

    number: from 0 up; a slider may move it. Without layers, or with a number that none of them has, a ValueError; with
    anything but a whole number or but layers and functions a TypeError.
    """
    return Switch(tuple(map(as_module, layers)), as_number("switch", number, len(layers)))
