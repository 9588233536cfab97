"""Forward mode: a number that carries its derivative along, so that one pass gives the derivative by one input.

    f(a + a' e) = f(a) + f'(a) a' e, where e e = 0

A function of n inputs takes n passes; the engine, which goes backward, takes one. A derivative within another has an e
of its own, which the outer one knows nothing of: with one for both, the two would be added up.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

from nnlib.autodiff.engine import RULES, Number, as_number, calculate, local_derivative

__all__ = ["Dual", "derivative"]

_levels = count(1)  # the later a derivative begins, the further inside it is


class Dual(Number):
    """A dual number: `value`, and `tangent`, its derivative by whatever input was given the tangent 1.

    The same operations as `Value`, by the same rules: the tangent of a result is the sum of local derivative times
    tangent. The same errors: a TypeError for what is not one number, a ValueError for one that is not finite, given or
    computed, and for an operation that is not in the table. level: which e it is, of derivatives within each other;
    those further inside have higher ones, and there value and tangent may be dual numbers of the others.
    """

    __slots__ = ("level", "tangent", "value")

    def __init__(self, value: Any, tangent: Any = 0.0, level: int = 0):
        self.value, self.tangent = (x if isinstance(x, Dual) else as_number(x) for x in (value, tangent))
        self.level = level

    def __repr__(self) -> str:
        value, tangent = (x if isinstance(x, Dual) else f"{x:g}" for x in (self.value, self.tangent))
        return f"Dual({value}, tangent={tangent})"

    @staticmethod
    def apply(op: str, *inputs: Any) -> Any:
        """The result of an operation, op(*inputs); plain numbers among the inputs, and outer ones, have tangent 0."""
        level = max((x.level for x in inputs if isinstance(x, Dual)), default=None)
        if level is None:
            return Dual(calculate(op, [as_number(x) for x in inputs]))
        own = [isinstance(x, Dual) and x.level == level for x in inputs]
        values = [
            x.value if mine else x if isinstance(x, Dual) else as_number(x) for x, mine in zip(inputs, own, strict=True)
        ]
        nested = any(isinstance(x, Dual) for x in values)
        y = Dual.apply(op, *values) if nested else calculate(op, values)
        slope = _nested_derivative if nested else local_derivative
        tangents = {i: x.tangent for i, x in enumerate(inputs) if own[i] and (isinstance(x.tangent, Dual) or x.tangent)}
        return Dual(y, sum(slope(op, i, y, values) * tangent for i, tangent in tangents.items()), level)


def _nested_derivative(op: str, i: int, y: Any, values: list) -> Any:
    """dy / d values[i] where these carry outer derivatives, which the rule then has to carry on."""
    try:
        return RULES[op][1 + i](y, *values)
    except TypeError:  # a rule that asks math, or compares
        raise ValueError(
            f"derivative: expected arithmetic, exp, log, tanh or sigmoid in one derivative within another, got {op}; "
            "take that one by jax.grad"
        ) from None


def derivative(f: Callable, x: float) -> float:
    """f'(x), in one pass forward, at one number x. f is written with what `Dual` has: lambda x: x * x.sin().

    Within another f, x may be a dual number, and so is f'(x) then. An f that gives no number is a TypeError,
    and an operation that cannot be carried on, as sin within another derivative, a ValueError.
    """
    level = next(_levels)
    y = f(Dual(x, 1.0, level))
    if isinstance(y, Dual):
        return y.tangent if y.level == level else 0.0
    as_number(y)  # a constant, if it is a number
    return 0.0
