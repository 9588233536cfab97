"""Layers one after another, and the multilayer perceptron, which is such a model."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from nnlib.activations import tanh
from nnlib.given import check_key
from nnlib.initializers import glorot_uniform
from nnlib.layers.dense import dense
from nnlib.layers.lengths import cleared, pair, paired
from nnlib.module import Array, Module, as_module, split_key, train

__all__ = ["Sequential", "mlp", "sequential"]


class Sequential(Module):
    """Layers one after another: y = f_n(... f_2(f_1(x))), with f_1 to f_n the layers. Make one with `sequential`.

    Shapes: x what the first layer takes, y what the last gives. Padded sequences may come as a pair (x, lengths): the
    layers that read lengths get the pair, the others x; a pair that none of them reads is a ValueError. In training
    each layer gets a key of its own, and the examples' weights (N,) if it reads them.
    """

    layers: tuple[Module, ...]

    @property
    def reads_lengths(self) -> bool:
        """Whether one of the layers reads them."""
        return any(layer.reads_lengths for layer in self.layers)

    @property
    def reads_weights(self) -> bool:
        """Whether one of the layers reads them."""
        return any(layer.reads_weights for layer in self.layers)

    def __call__(self, x: Any) -> Any:
        x, lengths = self._taken(x)
        for layer in self.layers:
            x = layer(paired(layer, x, lengths))
        return x

    def train_call(self, x: Any, key: Array | None, weights: Array | None = None) -> tuple[Any, "Sequential"]:
        x, lengths = self._taken(x)
        trained = []
        for layer, layer_key in zip(self.layers, split_key(key, len(self.layers)), strict=True):
            x, layer = train(layer, paired(layer, x, lengths), layer_key, weights)
            trained.append(layer)
        return x, Sequential(tuple(trained))

    def _taken(self, x: Any) -> tuple[Any, Array | None]:
        """The input without what its padding holds, and the lengths, if there are some."""
        x, lengths = pair(x)
        if lengths is None:
            return x, None
        if not self.reads_lengths:
            raise ValueError("Sequential: expected one array, got a pair, and no layer reads lengths; give x alone")
        return cleared(jnp.asarray(x), lengths), lengths

    def trains_as_it_predicts(self) -> bool:
        return all(layer.trains_as_it_predicts() for layer in self.layers)


def sequential(*layers: Module | Callable[[Array], Any]) -> Sequential:
    """Layers one after another, in order; plain functions such as `tanh` are layers too, all else is a TypeError."""
    return Sequential(tuple(as_module(layer) for layer in layers))


def mlp(key: Array, *widths: int, activation: Callable = tanh, init: Callable = glorot_uniform) -> Sequential:
    """A multilayer perceptron: dense layers with an activation between them, and logits at the end.

    `mlp(key, 2, 16, 16, 1)`: 2 inputs, two hidden layers of 16 units, 1 output; (..., 2) -> (..., 1).

    widths: two or more whole numbers from 1 up, or a ValueError. activation: a layer or a function, else a TypeError.
    init: of the weights, as in `nnlib.initializers`; each layer draws them with a key of its own. Biases start at 0.
    """
    check_key("mlp", key)
    if len(widths) < 2:
        raise ValueError(f"mlp: expected two or more widths, got {widths}; such as mlp(key, 2, 16, 1)")
    keys = jax.random.split(key, len(widths) - 1)
    layers: list[Any] = []
    for layer_key, n_in, n_out in zip(keys, widths[:-1], widths[1:], strict=True):
        layers += [dense(layer_key, n_in, n_out, init), activation]
    return sequential(*layers[:-1])
