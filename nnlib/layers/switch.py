"""One of several layers, by number: which one is data, so that another choice needs no new program."""

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp

from nnlib.layers.lengths import pair, paired
from nnlib.module import Array, Module, as_module, buffer, replace, split_key, train
from nnlib.numbered import as_number, choose

__all__ = ["Switch", "switch"]


class Switch(Module):
    """One of several layers: y = f_k(x), with k the number.

    Shapes: x any that all of the layers take; they must all give the same shape. Those that read lengths, or weights
    (N,) in training, are given them. Where k is a traced number with no
    layer of its own, y is NaN.
    """

    layers: tuple[Module, ...]
    number: Array = buffer()

    @property
    def reads_lengths(self) -> bool:
        """Whether one of the layers reads them."""
        return any(layer.reads_lengths for layer in self.layers)

    @property
    def reads_weights(self) -> bool:
        """Whether one of the layers reads them."""
        return any(layer.reads_weights for layer in self.layers)

    def __call__(self, x: Any) -> Any:
        x, lengths = pair(x)
        return choose(self.number, [lambda x, f=f: f(paired(f, x, lengths)) for f in self.layers], jnp.asarray(x))

    def train_call(self, x: Any, key: Array | None, weights: Array | None = None) -> tuple[Any, "Switch"]:
        x, lengths = pair(x)
        keys = split_key(key, len(self.layers))

        def branch(k: int) -> Callable:
            def trained(x: Any) -> tuple[Any, tuple]:
                y, layer = train(self.layers[k], paired(self.layers[k], x, lengths), keys[k], weights)
                return y, (*self.layers[:k], layer, *self.layers[k + 1 :])  # the others stay as they are

            return trained

        y, layers = choose(self.number, [branch(k) for k in range(len(self.layers))], jnp.asarray(x))
        return y, replace(self, layers=layers)

    def trains_as_it_predicts(self) -> bool:
        return all(layer.trains_as_it_predicts() for layer in self.layers)


def switch(number: int | Array, *layers: Module | Callable) -> Switch:
    """One of these layers or plain functions: `switch(1, tanh, relu)` is relu, and so is every program made with it.

    number: from 0 up; a slider may move it. Without layers, or with a number that none of them has, a ValueError; with
    anything but a whole number or but layers and functions a TypeError.
    """
    return Switch(tuple(map(as_module, layers)), as_number("switch", number, len(layers)))
