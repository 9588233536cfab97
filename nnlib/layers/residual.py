"""The residual block: what goes in is added to what comes out, so that the layers learn the difference."""

from collections.abc import Callable
from typing import Any

from nnlib.activations import identity
from nnlib.module import Array, Module, as_module, split_key

__all__ = ["Residual", "residual"]


class Residual(Module):
    """A residual block: y = g(F(x) + S(x)), with an inner layer F, a shortcut S and an activation g.

    S is the identity, or a projection where F changes the shape: another shape is a ValueError. A pair (x, lengths)
    goes to an F that reads lengths. In training each of the three gets a key of its own.
    Source: He, Zhang, Ren and Sun, 2016.
    """

    inner: Module
    shortcut: Module
    activation: Module

    @property
    def reads_lengths(self) -> bool:
        """Whether the inner layer reads them."""
        return self.inner.reads_lengths

    def __call__(self, x: Any) -> Array:
        return self.activation(_sum(self.inner(x), self.shortcut(self._for_shortcut(x))))

    def train_call(self, x: Any, key: Array | None) -> tuple[Array, "Residual"]:
        inner_key, shortcut_key, activation_key = split_key(key, 3)
        fx, inner = self.inner.train_call(x, inner_key)
        sx, shortcut = self.shortcut.train_call(self._for_shortcut(x), shortcut_key)
        y, activation = self.activation.train_call(_sum(fx, sx), activation_key)
        return y, Residual(inner, shortcut, activation)

    def _for_shortcut(self, x: Any) -> Any:
        return x[0] if isinstance(x, tuple) and not self.shortcut.reads_lengths else x

    def trains_as_it_predicts(self) -> bool:
        return all(part.trains_as_it_predicts() for part in (self.inner, self.shortcut, self.activation))


def residual(inner: Any, shortcut: Any = None, activation: Callable | None = None) -> Residual:
    """A residual block of layers or plain functions: inner F, shortcut S, activation g. Anything else is a TypeError.

    Without a shortcut x itself is added; the activation may be left out.
    """
    return Residual(*(as_module(identity if part is None else part) for part in (inner, shortcut, activation)))


def _sum(fx: Array, sx: Array) -> Array:
    if fx.shape != sx.shape:
        raise ValueError(
            f"Residual: expected F(x) of the shape of the shortcut, {sx.shape}, got {fx.shape}; give a projection as "
            'the shortcut, such as dense, or padding="same" inside F'
        )
    return fx + sx
