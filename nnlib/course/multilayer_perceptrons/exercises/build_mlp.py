"""Chapter 09's exercise of a multilayer perceptron, built from layers; it is judged by what it is made of."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.activations import relu, tanh
from nnlib.course.common.answers import NotYet, as_list, kind
from nnlib.course.common.exercise import Exercise, Wrong
from nnlib.course.common.learner import unfinished
from nnlib.layers import Dense, dense, sequential

__all__ = ["BUILD_MLP", "build_mlp"]


def build_mlp(key, sizes):
    keys = jax.random.split(key, len(sizes) - 1)
    layers = []
    for layer_key, n_in, n_out in zip(keys, sizes[:-1], sizes[1:], strict=True):
        layers += [dense(layer_key, n_in, n_out), tanh]
    return sequential(*layers[:-1])


def built(function: Callable, seed: int, sizes: tuple) -> Any:
    """What the function builds, looked at: "a network", or a sentence that says what is wrong with it."""
    made = as_list(function(jax.random.key(seed), sizes))
    if made is None or unfinished(function, made):
        return made
    layers = list(getattr(made, "layers", made if isinstance(made, (list, tuple)) else ()))
    if not layers or any(layer is ... for layer in layers):
        return ... if any(layer is ... for layer in layers) else f"It gives {kind(made)}. {CHAINED}"
    if isinstance(made, (list, tuple)):
        return f"That is a list of layers. {CHAINED}"
    return _shapes(layers, sizes) or _between(layers) or _keys(layers) or "a network"


CHAINED = "Give back one network, `sequential(*layers)`: the star hands over the layers one by one."


def _shapes(layers: list, sizes: tuple) -> str:
    """What is wrong with the dense layers' sizes."""
    want = list(itertools.pairwise(sizes))
    got = [layer.W.shape for layer in layers if isinstance(layer, Dense)]
    said = f"For sizes {sizes} the dense layers should be {_pairs(want)}, but yours are {_pairs(got)}"
    if got == want:
        return ""
    if got == want[:-1]:
        return f"{said}: the last one, to the outputs, is forgotten."
    if got == [(n, n) for n in sizes[1:]] or got == [(n, n) for n in sizes[:-1]]:
        return f"{said}. A layer goes from one size to the next: sizes[k] into sizes[k + 1]."
    if got == [(n_out, n_in) for n_in, n_out in want]:
        return f"{said}: the wrong way round. It is dense(key, n_in, n_out)."
    return f"{said}. Each goes from one size to the next."


def _pairs(shapes: list) -> str:
    return ", ".join(f"{n_in} → {n_out}" for n_in, n_out in shapes) or "none"


def _between(layers: list) -> str:
    """Where an activation is missing, or one too many."""
    kinds = "".join("D" if isinstance(layer, Dense) else "a" for layer in layers)
    if "a" not in kinds and len(kinds) > 1:
        return "There is no activation between the layers. Without it all of them together are one linear layer."
    if kinds.endswith("a"):
        return "There is an activation after the last layer, too: logits must be free to be large. Leave the last away."
    if "DD" in kinds:
        return "Between two of the dense layers the activation is missing: they are one linear layer."
    if "aa" in kinds or kinds.startswith("a"):
        return "One activation after each dense layer but the last: there is one too many."
    return _bends([layer for layer in layers if not isinstance(layer, Dense)])


def _bends(activations: list) -> str:
    """Whether each of them is a tanh, number by number."""
    z = jnp.linspace(-3, 3, 7).reshape(1, 7)
    said = [np.asarray(each(z)) for each in activations]
    if any(y.shape != z.shape for y in said):
        return "An activation gives one number for each number. Is one of yours something else?"
    straight = any(np.allclose(np.diff(y, n=2), 0, atol=1e-5) for y in said)
    if straight:
        return "One of your activations is a straight line, which bends nothing. Take tanh."
    others = [a for a, y in zip(activations, said, strict=True) if not np.allclose(y, tanh(z), atol=1e-5)]
    return f"All is right but {_called(others[0])}: here it should be tanh." if others else ""


def _called(activation: Callable) -> str:
    """An activation by its name, if it has one."""
    activation = getattr(activation, "f", activation)  # a plain function is wrapped in a module
    name = getattr(activation, "__name__", type(activation).__name__)
    return "an activation of your own" if name == "<lambda>" else f"the activation {name}"


def _keys(layers: list) -> str:
    """Whether two layers began with the same random numbers: their weights, divided by their scale, agree."""
    rows = [np.ravel(layer.W) for layer in layers if isinstance(layer, Dense)]
    if not all(row.any() for row in rows):
        return "All weights of a layer are 0, and would stay alike. Leave dense its initializer."
    rows = [row / np.abs(row).max() for row in rows]
    for one, other in itertools.combinations(rows, 2):
        if len(one) == len(other) > 3 and np.allclose(one, other, atol=1e-4):
            return ("Two layers have the same key, and so begin with the same weights. Give each its own: "
                    "jax.random.split(key, n).")  # fmt: skip
    return ""


def said_of(answer: Any) -> str:
    """The verdict on what was built.  Raises NotYet with the sentence if it is no network as asked."""
    if answer != "a network":
        raise NotYet(answer if isinstance(answer, str) else f"It gives {kind(answer)}. {CHAINED}")
    return answer


def _with(*, inner: Any = tanh, last: bool = False, pairs: Callable = itertools.pairwise, same: bool = False):
    """The answer of a learner who builds it in another way."""

    def answer(key, sizes):
        layers = []
        pairs_of = list(pairs(sizes))
        keys = [key] * len(pairs_of) if same else jax.random.split(key, len(pairs_of))
        for layer_key, (n_in, n_out) in zip(keys, pairs_of, strict=True):
            layers += [dense(layer_key, n_in, n_out), *([inner] if inner else [])]
        return sequential(*(layers if last or not inner else layers[:-1]))

    return answer


BUILD_MLP = Exercise(
    solution=build_mlp,
    cases=[(0, (2, 5, 5, 5, 1)), (1, (4, 3, 2)), (2, (3, 2))],
    ask=built,
    read=said_of,
    right="A network of any sizes: dense layers with a tanh between them, each with weights of its own, and logits "
    "at the end.",
    wrong=[
        Wrong(
            _with(last=True),
            "There is an activation after the last layer, too: logits must be free to be large. Leave the last away.",
        ),
        Wrong(
            _with(inner=None),
            "There is no activation between the layers. Without it all of them together are one linear layer.",
        ),
        Wrong(
            _with(same=True),
            "Two layers have the same key, and so begin with the same weights. Give each its own: "
            "jax.random.split(key, n).",
        ),
        Wrong(
            _with(pairs=lambda sizes: [(n, n) for n in sizes[1:]]),
            "For sizes (2, 5, 5, 5, 1) the dense layers should be 2 → 5, 5 → 5, 5 → 5, 5 → 1, but yours are 5 → 5, "
            "5 → 5, 5 → 5, 1 → 1. A layer goes from one size to the next: sizes[k] into sizes[k + 1].",
        ),
        Wrong(
            _with(pairs=lambda sizes: list(itertools.pairwise(sizes))[:-1]),
            "For sizes (2, 5, 5, 5, 1) the dense layers should be 2 → 5, 5 → 5, 5 → 5, 5 → 1, but yours are 2 → 5, "
            "5 → 5, 5 → 5: the last one, to the outputs, is forgotten.",
        ),
        Wrong(
            _with(pairs=lambda sizes: [(n_out, n_in) for n_in, n_out in itertools.pairwise(sizes)]),
            "For sizes (2, 5, 5, 5, 1) the dense layers should be 2 → 5, 5 → 5, 5 → 5, 5 → 1, but yours are 5 → 2, "
            "5 → 5, 5 → 5, 1 → 5: the wrong way round. It is dense(key, n_in, n_out).",
        ),
        Wrong(
            _with(inner=lambda z: 2 * z),
            "One of your activations is a straight line, which bends nothing. Take tanh.",
        ),
        Wrong(
            _with(inner=relu),
            "All is right but the activation relu: here it should be tanh.",
        ),
    ],
    hints=[
        "Neighbours come in pairs: zip(sizes[:-1], sizes[1:]), and the keys go along with them.",
        "For each pair add two things to a list: dense(key, n_in, n_out), and tanh.",
        "Afterwards one tanh is too many, at the end of the list: sequential(*layers[:-1]).",
    ],
    because="A loop over neighbouring sizes, with a key for each layer. The last tanh is dropped: what follows it, a "
    "sigmoid or softmax, belongs to the loss, and needs logits of any size.",
)
