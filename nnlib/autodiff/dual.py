"""Forward mode: a number that carries its derivative along, so that one pass gives the derivative by one input.

    f(a + a' e) = f(a) + f'(a) a' e, where e e = 0

A function of n inputs takes n passes; the engine, which goes backward, takes one.
"""

from collections.abc import Callable
from typing import Any

from nnlib.autodiff.engine import Number, as_number, calculate, local_derivative

__all__ = ["Dual", "derivative"]


class Dual(Number):
    """A dual number: `value`, and `tangent`, its derivative by whatever input was given the tangent 1.

    The same operations as `Value`, by the same rules: the tangent of a result is the sum of local derivative times
    tangent. The same errors: a TypeError for what is not one number, a ValueError for one that is not finite, given or
    computed, and for an operation that is not in the table.
    """

    __slots__ = ("tangent", "value")

    def __init__(self, value: Any, tangent: Any = 0.0):
        self.value, self.tangent = as_number(value), as_number(tangent)

    def __repr__(self) -> str:
        return f"Dual({self.value:g}, tangent={self.tangent:g})"

    @staticmethod
    def apply(op: str, *inputs: Any) -> "Dual":
        """The result of an operation, op(*inputs); plain numbers among the inputs have tangent 0."""
        duals = [x if isinstance(x, Dual) else Dual(x) for x in inputs]
        values = [x.value for x in duals]
        y = calculate(op, values)
        return Dual(y, sum(local_derivative(op, i, y, values) * x.tangent for i, x in enumerate(duals) if x.tangent))


def derivative(f: Callable, x: float) -> float:
    """f'(x), in one pass forward, at one number x. f is written with what `Dual` has: lambda x: x * x.sin()."""
    y = f(Dual(x, 1.0))
    return y.tangent if isinstance(y, Dual) else 0.0
