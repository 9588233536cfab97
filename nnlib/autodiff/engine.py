"""The engine: a number that remembers how it was made, and so finds its gradient.

    x = Value(5.0)
    y = x**2 - 2 * x + 1
    y.backward()            # y.value is 16, x.grad = dy/dx = 8

Every operation op is a row of RULES, with its derivatives beside it: y is its result, inputs are what it works on. The
chain rule is the last line of `backward`. What is not one number is a TypeError, and so is a comparison. A number that
is not finite is a ValueError, whether given or computed: a division by 0, a log below 0, an overflow. An operation
without a row is a ValueError too.
"""

import math

__all__ = ["RULES", "Number", "Value", "as_number", "calculate", "local_derivative"]

RULES = {
    # operation: y as a function of its inputs; dy/da; dy/db.  `b and ...`: 0 where b is 0, even if the rest is infinite
    "+": (lambda a, b: a + b, lambda y, a, b: 1.0, lambda y, a, b: 1.0),
    "-": (lambda a, b: a - b, lambda y, a, b: 1.0, lambda y, a, b: -1.0),
    "*": (lambda a, b: a * b, lambda y, a, b: b, lambda y, a, b: a),
    "/": (lambda a, b: a / b, lambda y, a, b: 1 / b, lambda y, a, b: -y / b),
    "**": (math.pow, lambda y, a, b: b and b * math.pow(a, b - 1), lambda y, a, b: y and y * math.log(a)),
    "neg": (lambda a: -a, lambda y, a: -1.0),
}
RULES |= {
    "exp": (math.exp, lambda y, a: y),
    "log": (math.log, lambda y, a: 1 / a),
    "sin": (math.sin, lambda y, a: math.cos(a)),
    "cos": (math.cos, lambda y, a: -math.sin(a)),
    "tanh": (math.tanh, lambda y, a: 1 - y * y),
}
RULES |= {
    "relu": (lambda a: max(a, 0.0), lambda y, a: a > 0),
    "sigmoid": (lambda a: math.exp(min(a, 0.0)) / (1 + math.exp(-abs(a))), lambda y, a: y * (1 - y)),
    "maximum": (max, lambda y, a, b: ((a > b) + (a >= b)) / 2, lambda y, a, b: ((b > a) + (b >= a)) / 2),
}
DOMAINS = {"/": "a divisor other than 0", "log": "a number above 0", "**": "a base above 0, or below and a whole power"}


def calculate(op, inputs):
    """y = op(*inputs), on plain numbers, such as calculate("+", [1.0, 2.0])."""
    if op not in RULES:
        raise ValueError(f"expected one of {', '.join(RULES)}, got {op}; add a row to RULES")
    return finite(op, inputs, RULES[op][0], *inputs)


def local_derivative(op, i, y, inputs):
    """dy / d inputs[i], where y = op(*inputs). Where there are two slopes: relu takes 0, and maximum the mean."""
    return finite(f"the derivative of {op}", inputs, RULES[op][1 + i], y, *inputs)


def finite(what, inputs, f, *args):
    """f(*args) as a finite float, or a ValueError that says what was expected."""
    try:
        result = float(f(*args))
    except OverflowError:
        result = math.inf
    except (ValueError, ZeroDivisionError):
        result = math.nan
    if not math.isfinite(result):
        known = DOMAINS.get(what.split()[-1], "a number")
        expected = known if math.isnan(result) else "at most 1.8e308"
        got = ", ".join(map(str, inputs))
        raise ValueError(f"{what}: expected {expected}, got {got}; give other inputs")
    return result


def as_number(x):
    """x, one finite number of whatever kind, as a float."""
    if not hasattr(x, "__float__") or getattr(x, "shape", ()):
        raise TypeError(f"expected one number, got {x!r:.60}; such as 2.0")
    return finite("number", [x if isinstance(x, float) else type(x).__name__], float, x)


def method(op):
    """The method that applies an operation."""
    return lambda a, *others: a.apply(op, a, *others)


def both_sides(op):
    """Two methods: for `a op b`, and the one that Python calls where only b is ours."""
    return method(op), lambda b, a: b.apply(op, a, b)


def refuse(self, other=None):
    """The answer to a comparison."""
    got = "a comparison: the branch it chooses is no part of the graph, and no gradient knows of it"
    remedy = "use maximum or relu, or compare the plain numbers in .value"
    raise TypeError(f"expected arithmetic, got {got}; {remedy}")


class Number:
    """The operators + - * / ** and the functions, for every kind of number that has `apply(op, *inputs)`.

    exp, log, sin, cos, tanh, relu, sigmoid and maximum(other) are methods: x.exp().
    """

    __slots__ = ()
    __add__, __radd__ = both_sides("+")
    __sub__, __rsub__ = both_sides("-")
    __mul__, __rmul__ = both_sides("*")
    __truediv__, __rtruediv__ = both_sides("/")
    __pow__, __rpow__ = both_sides("**")
    __neg__ = method("neg")
    exp, log, sin, cos, tanh = map(method, ["exp", "log", "sin", "cos", "tanh"])
    relu, sigmoid, maximum = map(method, ["relu", "sigmoid", "maximum"])
    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = __bool__ = refuse
    __hash__ = object.__hash__
    __array_ufunc__ = None  # NumPy's numbers leave `2 * x` to us


def local_derivatives(y):
    """dy / d input for each input; None for a constant."""
    values = [x.value for x in y.inputs]
    return [
        None if x.op == "number" else local_derivative(y.op, i, y.value, values)  # a constant needs none
        for i, x in enumerate(y.inputs)
    ]


def ancestors(y):
    """All that y depends on, and y itself: each once, inputs before results."""
    order, seen, todo = [], set(), [y]
    while todo:
        node = todo.pop()
        if node is None:  # the inputs of the next one are in the order
            order.append(todo.pop())
        elif node not in seen:
            seen.add(node)
            todo += [node, None, *reversed(node.inputs)]
    return order


def backward(y):
    """grad = dy / d node in every ancestor: 1 in y itself, then (gradient of a result) (local derivative), summed.

    It starts afresh, so a second call gives the same.
    """
    order = y.ancestors()
    for node in order:
        node.grad = 0.0
    y.grad = 1.0
    for node in reversed(order):
        as_number(node.grad)  # an overflow ends here
        for x, derivative in zip(node.inputs, node.local_derivatives(), strict=True):
            if derivative is not None:
                x.grad += node.grad * derivative


class Value(Number):
    """A number in a graph: its value, how it was made (op, inputs), and after `y.backward()` its grad, dy / d this.

    Value(2.0) is an input, which has no inputs of its own; the operators fill in the rest.
    """

    __slots__ = ("grad", "inputs", "op", "value")
    local_derivatives, ancestors, backward = local_derivatives, ancestors, backward

    def __init__(self, value, op="input", inputs=()):
        self.value, self.op, self.inputs, self.grad = as_number(value), op, inputs, 0.0

    def __repr__(self):
        return f"Value({self.value:g}, grad={self.grad:g})"

    @staticmethod
    def apply(op, *inputs):
        """The result of an operation, op(*inputs); plain numbers among the inputs are constants."""
        inputs = tuple(x if isinstance(x, Value) else Value(x, "number") for x in inputs)
        return Value(calculate(op, [x.value for x in inputs]), op, inputs)
