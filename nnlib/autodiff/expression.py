"""From a typed expression to its graph.

    expression_graph("(a*b + sin(a)) / (1 + exp(-b))", a=1.0, b=2.0)
    expression_graph("d = f + 3; e = f*g; (d + e) * (e + 2)", f=4.0, g=2.0)

The text is parsed and walked, and never executed.
"""

import ast
import re
from collections.abc import Iterator

from nnlib.autodiff.engine import Value
from nnlib.autodiff.graph import Graph, value_graph

__all__ = ["FUNCTIONS", "MAX_LENGTH", "MAX_NODES", "expression_graph"]

MAX_LENGTH = 1000  # characters
MAX_NODES = 200
OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.USub: "neg"}
FUNCTIONS = {"exp": 1, "log": 1, "sin": 1, "cos": 1, "tanh": 1, "relu": 1, "sigmoid": 1, "maximum": 2}  # inputs
STRANGE = re.compile(r"[^A-Za-z0-9_ .,+*/()=;\n-]")
REMEDY = "write products as 2*x, powers as x**2, and close every bracket"


def expression_graph(text: str, /, **inputs: float) -> Graph:
    """The graph of an expression, a text, at these inputs (name=number), after one pass forward and one back.

    It may have + - * / **, brackets, numbers, FUNCTIONS, and the names of the inputs (those it does not use are not
    in the graph). A name is one node however often it stands there; a part written twice is two; what has numbers
    only is a number. Steps before it, `name = expression` each, end with `;` or the line: a step is one node, with
    its name as the label. Anything else: a ValueError with its column, from 1 and in the whole text; and so is a number
    on the way that is not finite. TypeError: a text that is no string, an input that is no number.
    """
    if not isinstance(text, str):
        raise TypeError(f"expression_graph: expected a text, got {type(text).__name__}; such as 'a*b + sin(a)'")
    if taken := inputs.keys() & FUNCTIONS.keys():
        got = ", ".join(taken)
        raise ValueError(f"expression_graph: expected other names for inputs, got {got}; that is a function")
    values = {name: Value(x) for name, x in inputs.items()}
    labels = {x: name for name, x in values.items()}
    room = MAX_NODES
    for name, tree in _parse(text, values):
        parts = _parts(tree, text, values, room)
        y, room = _evaluate(parts, values), room - len(parts)
        if name:
            values[name] = y
            labels.setdefault(y, name)
    return value_graph(y, **{name: x for x, name in labels.items()})


def _parse(text: str, taken: dict[str, Value]) -> Iterator[tuple[str, ast.expr]]:
    """The steps one by one: the name of each, "" where it has none, and its expression."""
    if len(text) > MAX_LENGTH:
        raise _error(MAX_LENGTH, f"at most {MAX_LENGTH} characters", f"{len(text)}", "write a shorter expression")
    if strange := STRANGE.search(text):
        raise _error(strange.start(), "names, numbers, + - * / ** and brackets", repr(strange[0]), REMEDY)
    steps = [step for step in re.finditer(r"[^;\n]+", text) if step[0].strip()]
    if not steps:
        raise _error(0, "an expression", "nothing", REMEDY)
    for step in steps:
        line = _statement(step[0], step.start(), text)
        match line:
            case ast.Assign(targets=[ast.Name(id=name)], value=tree) if name not in {*taken, *FUNCTIONS}:
                yield name, tree
            case ast.Expr(value=tree) if step is steps[-1]:
                yield "", tree
            case ast.Assign(targets=[ast.Name(id=name)]):
                raise _error(line.col_offset, "a new name", repr(name), "it has a meaning already; take another")
            case _:
                got = repr(text[line.col_offset : line.end_col_offset][:40])
                last = "an expression" if step is steps[-1] else "name = expression before the last step"
                raise _error(line.col_offset, last, got, REMEDY)


def _statement(step: str, start: int, text: str) -> ast.stmt:
    """What Python's own parser makes of one step, with columns in the whole text."""
    start += len(step) - len(step.lstrip(" "))  # to Python, spaces at the start are an indent
    try:
        (line,) = ast.parse(step.strip(" ")).body
    except SyntaxError as error:
        column = start + max(error.offset or 1, 1) - 1
        got = repr(text[column : column + 20]) if text[column:].strip() else "the end"
        raise _error(column, "an expression", got, REMEDY) from None
    except (MemoryError, RecursionError, ValueError):
        raise _error(start, "fewer brackets in each other", "too many to be parsed", "take some away") from None
    for node in ast.walk(line):
        if isinstance(node, (ast.expr, ast.stmt)):
            node.col_offset, node.end_col_offset = node.col_offset + start, (node.end_col_offset or 0) + start
    return line


def _parts(tree: ast.expr, text: str, values: dict[str, Value], room: int) -> list[tuple]:
    """The operations, from the whole inwards: (node, operation, what it works on). Nothing here recurses."""
    parts = [(tree, *_operation(tree, text, values))]
    for _, _, inner in parts:  # grows on the way
        parts += [(part, *_operation(part, text, values)) for part in inner]
        if len(parts) > room:
            raise _error(tree.col_offset, f"at most {MAX_NODES} nodes", "more", "write a shorter expression")
    return parts


def _evaluate(parts: list[tuple], values: dict[str, Value]) -> Value:
    """The results, from the inside out; the last one is the whole's."""
    results: dict[ast.expr, Value] = {}
    for node, op, inner in reversed(parts):
        inputs = [results[part] for part in inner]
        try:
            if op == "input":
                results[node] = values[node.id]
            elif op == "number":
                results[node] = Value(node.value, "number")
            else:
                y = Value.apply(op, *inputs)
                results[node] = Value(y.value, "number") if all(x.op == "number" for x in inputs) else y
        except ValueError as error:
            raise ValueError(f"expression_graph: at column {node.col_offset + 1}: {error}") from None
    return results[parts[0][0]]


def _operation(node: ast.expr, text: str, values: dict[str, Value]) -> tuple[str, list[ast.expr]]:
    """The operation of a part and what it works on. Only what is listed here is allowed."""
    match node:
        case ast.Name(id=name) if name in values:
            return "input", []
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return "number", []
        case ast.BinOp(op=op) if type(op) in OPERATORS:
            return OPERATORS[type(op)], [node.left, node.right]
        case ast.UnaryOp(op=op) if type(op) in OPERATORS:
            return OPERATORS[type(op)], [node.operand]
        case ast.Call(func=ast.Name(id=name), keywords=[]) if FUNCTIONS.get(name) == len(node.args):
            return name, node.args
    known = f"the names are {', '.join(values) or 'none'}, the functions {', '.join(FUNCTIONS)}"
    got = text[node.col_offset : node.end_col_offset][:40]
    raise _error(node.col_offset, "names, numbers, + - * / ** and functions", repr(got), known)


def _error(column: int, expected: str, got: str, remedy: str) -> ValueError:
    return ValueError(f"expression_graph: expected {expected}, got {got} at column {column + 1}; {remedy}")
