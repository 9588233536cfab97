"""The models of the chapters are the library's: nothing in the course defines a network, an optimizer or a loss.

A chapter builds what it shows from `nnlib.layers`, `nnlib.optim` and `nnlib.losses`, the same that its text teaches.
Solutions and usual mistakes of the exercises are what a learner writes, and stand apart.
"""

import ast
from pathlib import Path

import pytest

from tests.test_floors import ROOT

COURSE = Path(ROOT) / "course"
FILES = sorted(path for path in COURSE.rglob("*.py") if "exercises" not in str(path.relative_to(COURSE)))
NAMES = [str(path.relative_to(COURSE)) for path in FILES]

ACTIVATIONS = {"tanh", "sigmoid", "relu", "softmax", "maximum", "expit", "swish", "elu", "switch"}
PRODUCTS = {"dot", "matmul", "einsum", "tensordot", "inner", "vecdot"}
LOSSES = {"softplus", "logaddexp", "log_softmax", "log_sigmoid", "xlogy", "logsumexp"}
MEANS = {"mean", "sum", "average"}
METHODS = {"__call__", "train_call", "update", "step"}
# Not models but functions that are asked for their derivatives, primitive by primitive.
ASKED = {"autodiff/figures/functions.py", "autodiff/figures/rates.py"}


def called(node):
    """The names of what is called in a piece of code: `np.tanh(z)` and `tanh(z)` are both "tanh"."""
    calls = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
    return {f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in calls}


def multiplies(node):
    matrices = any(isinstance(one, ast.BinOp) and isinstance(one.op, ast.MatMult) for one in ast.walk(node))
    return matrices or bool(called(node) & PRODUCTS)


def squares_a_difference(node):
    """Whether there is something like `((y - d) ** 2).mean()` or `np.square(y - d).sum()`."""
    for one in ast.walk(node):
        if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Pow):
            base, power = one.left, one.right
            if isinstance(base, ast.BinOp) and isinstance(base.op, ast.Sub) and getattr(power, "value", 0) == 2:
                return True
        square = isinstance(one, ast.Call) and getattr(one.func, "attr", getattr(one.func, "id", "")) == "square"
        if square and any(isinstance(part, ast.BinOp) and isinstance(part.op, ast.Sub) for part in one.args):
            return True
    return False


def defined(source):
    """What a source defines that belongs to the library, each with its line and the reason."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            bases = {base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases}
            methods = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
            if bases & {"Module", "ByArray"} or methods & METHODS:
                found.append((node.lineno, node.name, "a module of its own, or what is called or updates like one"))
        elif isinstance(node, (ast.FunctionDef, ast.Lambda)):
            name, used = getattr(node, "name", "lambda"), called(node)
            if multiplies(node) and used & ACTIVATIONS:
                found.append((node.lineno, name, "a product and an activation: a network"))
            if used & LOSSES or (squares_a_difference(node) and used & MEANS):
                found.append((node.lineno, name, "a loss"))
    return found


@pytest.mark.parametrize("path", [path for path, name in zip(FILES, NAMES, strict=True) if name not in ASKED],
                         ids=[name for name in NAMES if name not in ASKED])  # fmt: skip
def test_the_models_of_a_chapter_are_the_librarys(path):
    assert defined(path.read_text()) == [], "take it from nnlib.layers, optim or losses, or put it there"


def test_what_is_asked_for_its_derivative_is_there():
    assert set(NAMES) >= ASKED


@pytest.mark.parametrize(
    "source",
    [
        "class Packed(Module):\n    row: Array",
        "class Net:\n    def __call__(self, x):\n        return x",
        "class ByFunction:\n    def update(self, grads, state, params=None):\n        return grads, state",
        "def forward(layers, x):\n    for W, b in layers:\n        x = np.tanh(x @ W + b)\n    return x",
        "f = lambda x, W: jnp.maximum(jnp.dot(x, W), 0)",
        "def loss(z, y):\n    return (jax.nn.softplus(z) - y * z).mean()",
        "def loss(y, d):\n    return ((y - d) ** 2).mean()",
        "def loss(y, d):\n    return jnp.sum(jnp.square(y - d)) / 2",
    ],
)
def test_a_model_of_one_s_own_is_found(source):
    assert defined(source)
