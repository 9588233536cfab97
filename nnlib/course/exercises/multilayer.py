"""Chapter 09's exercises: a network built from layers, how many numbers it has, and a score to beat."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.activations import tanh
from nnlib.layers import Dense, chain, dense

from .answers import NotYet
from .engine import Exercise, Wrong

__all__ = ["EXERCISES"]


# --- a network from layers ---------------------------------------------------------------------------------------


def build_mlp(key, sizes):
    keys = jax.random.split(key, len(sizes) - 1)
    layers = []
    for layer_key, n_in, n_out in zip(keys, sizes[:-1], sizes[1:], strict=True):
        layers += [dense(layer_key, n_in, n_out), tanh]
    return chain(*layers[:-1])


def built(function: Callable, seed: int, sizes: tuple) -> Any:
    """What the function builds, looked at: "a network", or a sentence that says what is wrong with it."""
    made = function(jax.random.key(seed), sizes)
    if made is None or made is ...:
        return made
    layers = list(getattr(made, "layers", made if isinstance(made, (list, tuple)) else ()))
    if not layers or any(layer is ... for layer in layers):
        return ... if any(layer is ... for layer in layers) else f"It gives a {type(made).__name__}. {CHAINED}"
    if isinstance(made, (list, tuple)):
        return f"That is a list of layers. {CHAINED}"
    return _shapes(layers, sizes) or _between(layers) or _keys(layers) or "a network"


CHAINED = "Give back one network, `chain(*layers)`: the star hands over the layers one by one."


def _shapes(layers: list, sizes: tuple) -> str:
    """What is wrong with the dense layers' sizes."""
    want = list(itertools.pairwise(sizes))
    got = [layer.W.shape for layer in layers if isinstance(layer, Dense)]
    said = f"For sizes {sizes} the dense layers should be {_pairs(want)}, but yours are {_pairs(got)}"
    if got == want:
        return ""
    if got == want[:-1]:
        return f"{said}: the last one, to the outputs, is missing."
    if got == [(n, n) for n in sizes[1:]] or got == [(n, n) for n in sizes[:-1]]:
        return f"{said}. A layer goes from one size to the next: sizes[k] into sizes[k + 1]."
    if got == [(n_out, n_in) for n_in, n_out in want]:
        return f"{said}: the other way round. It is dense(key, n_in, n_out)."
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
    """Whether each of them is a function that is no straight line, number by number."""
    z = jnp.linspace(-3, 3, 7).reshape(1, 7)
    said = [np.asarray(each(z)) for each in activations]
    if any(y.shape != z.shape for y in said):
        return "An activation gives one number for each number. Is one of yours something else?"
    straight = any(np.allclose(np.diff(y, n=2), 0, atol=1e-5) for y in said)
    return "One of your activations is a straight line, which bends nothing. Take tanh." if straight else ""


def _keys(layers: list) -> str:
    """Whether two layers began with the same random numbers: their weights, divided by their scale, agree."""
    rows = [np.ravel(layer.W) / np.abs(layer.W).max() for layer in layers if isinstance(layer, Dense)]
    if all(not row.any() for row in rows):
        return "All weights are 0, and would stay alike. Leave dense its initializer."
    for one, other in itertools.combinations(rows, 2):
        if len(one) == len(other) > 3 and np.allclose(one, other, atol=1e-4):
            return ("Two layers have the same key, and so begin with the same weights. Give each its own: "
                    "jax.random.split(key, n).")  # fmt: skip
    return ""


def said_of(answer: Any) -> str:
    """The verdict on what was built.  Raises NotYet with the sentence if it is no network as asked."""
    if answer != "a network":
        raise NotYet(answer if isinstance(answer, str) else f"It gives a {type(answer).__name__}. {CHAINED}")
    return answer


def _with(*, inner: Any = tanh, last: bool = False, pairs: Callable = itertools.pairwise, same: bool = False):
    """The answer of a learner who builds it in another way."""

    def answer(key, sizes):
        layers = []
        pairs_of = list(pairs(sizes))
        keys = [key] * len(pairs_of) if same else jax.random.split(key, len(pairs_of))
        for layer_key, (n_in, n_out) in zip(keys, pairs_of, strict=True):
            layers += [dense(layer_key, n_in, n_out), *([inner] if inner else [])]
        return chain(*(layers if last or not inner else layers[:-1]))

    return answer


BUILD_MLP = Exercise(
    solution=build_mlp,
    cases=[(0, (2, 5, 5, 5, 1)), (1, (4, 3, 2)), (2, (3, 2))],
    ask=built,
    read=said_of,
    right="A network of any sizes: dense layers with a bend between them, each with weights of its own, and logits "
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
            "5 → 5, 5 → 5: the last one, to the outputs, is missing.",
        ),
        Wrong(
            _with(inner=lambda z: 2 * z),
            "One of your activations is a straight line, which bends nothing. Take tanh.",
        ),
    ],
    hints=[
        "Neighbours come in pairs: zip(sizes[:-1], sizes[1:]), and the keys go along with them.",
        "For each pair add two things to a list: dense(key, n_in, n_out), and tanh.",
        "Afterwards one tanh is too many, at the end of the list: chain(*layers[:-1]).",
    ],
    because="A loop over neighbouring sizes, with a key for each layer. The last tanh is dropped: what follows it, a "
    "sigmoid or softmax, belongs to the loss, and needs logits of any size.",
)


# --- how many numbers --------------------------------------------------------------------------------------------


def count_parameters(sizes):
    return sum((sizes[k] + 1) * sizes[k + 1] for k in range(len(sizes) - 1))


def _counted(count: Callable) -> Callable:
    """The answer of a learner who adds up count(n_in, n_out) over the layers."""
    return lambda sizes: sum(count(n_in, n_out) for n_in, n_out in itertools.pairwise(sizes))


COUNT_PARAMETERS = Exercise(
    solution=count_parameters,
    cases=[((2, 3, 1),), ((2, 32, 1),), ((2, 32, 16, 1),), ((64, 32, 10),), ((5, 4),)],
    right="For each layer n_in · n_out weights, and n_out biases.",
    wrong=[
        Wrong(
            _counted(lambda n_in, n_out: n_in * n_out),
            "The biases are forgotten: each unit that is no input has one.",
        ),
        Wrong(
            lambda sizes: count_parameters(sizes) + sizes[0],
            "Biases are counted for the inputs, too. An input is only a number that comes in; it has none.",
        ),
        Wrong(
            lambda sizes: int(np.prod(sizes)) + sum(sizes[1:]),
            "All sizes are multiplied. Weights join neighbours only: a product for each layer, and their sum.",
        ),
        Wrong(
            lambda sizes: int(np.prod(sizes)),
            "All sizes are multiplied. Weights join neighbours only: a product for each layer, and their sum.",
        ),
        Wrong(
            _counted(lambda n_in, n_out: n_in * (n_out + 1)),
            "The number of biases is that of the inputs of a layer, n_in. Each *output* of a layer has one: n_out.",
        ),
        Wrong(
            _counted(lambda n_in, n_out: n_in * n_out + 1),
            "One bias for each layer. Each of its units has one of its own: n_out.",
        ),
        Wrong(
            lambda sizes: count_parameters(sizes[:-1]),
            "The last layer, to the outputs, is left out.",
        ),
        Wrong(
            lambda sizes: count_parameters(sizes) - sizes[-1],
            "The biases of the outputs are forgotten: the output units have them, too.",
        ),
        Wrong(
            lambda sizes: sum(sizes),
            "Those are the units. What is learned are the weights between them, n_in · n_out, and the biases.",
        ),
    ],
    hints=[
        "Think of one layer first, from n_in to n_out: how large is W, how large is b?",
        "n_in · n_out weights and n_out biases, that is (n_in + 1) · n_out. Add these up over all pairs of neighbours.",
        "`sum((sizes[k] + 1) * sizes[k + 1] for k in range(len(sizes) - 1))`.",
    ],
    because="W has a number for every pair of an input and an output of its layer, b one for every output: as if there "
    "were one more input, which is always 1.",
)


# --- a score to beat ---------------------------------------------------------------------------------------------


def best_settings():
    return (32,), 0.1


GOAL, BUDGET, LAYERS, SEEDS, TRIES = 0.95, 150, 3, 6, (0.1, 1.0, 10.0)


class Score(NamedTuple):
    """What settings came to: the mean accuracy at a tenth of the rate, at the rate, and at ten times the rate."""

    hidden: tuple
    rate: float
    shares: tuple[float, float, float]


class Beats(str):
    """The verdict, which is all that is compared, and the score by which one answer is better than another."""

    share = 0.0
    parameters = 0


def tried(function: Callable) -> Any:
    """Trains with the settings that the function gives: a Score, or a sentence if they are no settings.

    Nothing is trained that could not count, and nothing twice: a score is kept.
    """
    answer = function()
    if answer is None or answer is ... or (isinstance(answer, tuple) and any(part is ... for part in answer)):
        return answer
    if not (isinstance(answer, (tuple, list)) and len(answer) == 2):
        return "It should give two things, the hidden layers and the rate: `return (8,), 0.003`."
    hidden, rate = answer
    hidden = (hidden,) if isinstance(hidden, (int, np.integer)) else hidden
    return _amiss(hidden, rate) or _score(tuple(map(int, hidden)), float(rate))


def _amiss(hidden: Any, rate: Any) -> str:
    """Why these are no settings that can be tried; empty if they can."""
    whole = isinstance(hidden, (tuple, list)) and all(isinstance(n, (int, np.integer)) and n > 0 for n in hidden)
    if not whole or not hidden:
        return "The hidden layers are a tuple of whole numbers from 1 up: (8,) is one layer of 8, (8, 8) are two."
    if not isinstance(rate, (int, float, np.number)) or not 0 < rate < np.inf:
        return "The learning rate is a number above 0, such as 0.003."
    if len(hidden) > LAYERS:
        return f"{len(hidden)} hidden layers: at most {LAYERS} are tried here, and fewer will do."
    if (count := count_parameters((2, *hidden, 1))) > BUDGET:
        return (
            f"Too large: this network has {count:,} parameters, and {BUDGET} are allowed; count_parameters counts them."
        )
    return ""


@cache
def _score(hidden: tuple, rate: float) -> Score:
    """Six trainings for each of three rates, side by side in one program."""
    from nnlib.course.multilayer import draw

    train, test = draw("spirals", 0.05)
    rates = np.float32([share * rate for share in TRIES])
    keys = jax.random.split(jax.random.key(3), SEEDS)
    shares = _program((2, *hidden, 1))(rates, keys, train, test)
    return Score(hidden, rate, tuple(float(share) for share in np.asarray(shares).mean(axis=1)))


@cache
def _program(sizes: tuple) -> Callable:
    from nnlib.course.multilayer import mlp, right
    from nnlib.losses import binary_cross_entropy
    from nnlib.optim import adam
    from nnlib.train import fit

    def one(rate, key, train, test):
        return right(fit(mlp(key, *sizes), train, binary_cross_entropy, adam(rate), 300).model, *test)

    over_keys = jax.vmap(one, in_axes=(None, 0, None, None))
    return jax.jit(jax.vmap(over_keys, in_axes=(0, None, None, None)))


def judged(answer: Any) -> Beats:
    """That the score is beaten.  Raises NotYet with the reason if it is not."""
    if not isinstance(answer, Score):
        raise NotYet(answer if isinstance(answer, str) else f"It gives a {type(answer).__name__}, no settings.")
    slower, share, faster = answer.shares
    if share > GOAL:
        beats = Beats("beats")
        beats.share, beats.parameters = share, count_parameters((2, *answer.hidden, 1))
        return beats
    about = f"{100 * share:.0f} %" if share > 0.9 else f"about {10 * round(10 * share)} %"
    raise NotYet(f"On average {about} are right, and it should be more than 95 %. {_advice(slower, share, faster)}")


def _advice(slower: float, share: float, faster: float) -> str:
    """Which way to go, from what ten times less and ten times more would have come to."""
    if faster > share + 0.02 and faster >= slower:
        return "The learning rate is too small: with ten times as much it would be better."
    if slower > share + 0.02:
        return "The learning rate is too large: with a tenth of it, it would be better."
    return "Neither a tenth of the rate nor ten times as much does better: so give it more hidden units."


def how_far(answers: list) -> str:
    """The score, and what else there is to win."""
    best = max(answers, key=lambda beats: beats.share)
    said = f" Yours has {100 * best.share:.0f} % right, with {best.parameters} parameters."
    return said if best.parameters <= 100 else f"{said} Does it go with at most 100, too?"


BEST_SETTINGS = Exercise(
    solution=best_settings,
    cases=[()],
    ask=tried,
    read=judged,
    more=how_far,
    right="The score is beaten, on average over six seeds.",
    wrong=[
        Wrong(
            lambda: ((8,), 0.003),
            "On average about 60 % are right, and it should be more than 95 %. The learning rate is too small: with "
            "ten times as much it would be better.",
        ),
        Wrong(
            lambda: ((32,), 3.0),
            "On average about 80 % are right, and it should be more than 95 %. The learning rate is too large: with a "
            "tenth of it, it would be better.",
        ),
        Wrong(
            lambda: ((3,), 0.1),
            "On average about 70 % are right, and it should be more than 95 %. Neither a tenth of the rate nor ten "
            "times as much does better: so give it more hidden units.",
        ),
        Wrong(
            lambda: ((32, 16), 0.03),
            "Too large: this network has 641 parameters, and 150 are allowed. Try count_parameters on it.",
        ),
    ],
    hints=[
        "Begin with the rate: go up in factors of three, and see whether the score grows.",
        "150 parameters are one layer of up to 37 units, or two of up to 10. One wide layer does well here.",
        "A layer of about 30, and a rate between 0.05 and 0.3.",
    ],
    because="0.003 is too small for 300 epochs; near 0.1 the network is done in time. A layer of 32 has 129 parameters "
    "and more bends than the spirals need, so that hardly a seed fails.",
)

EXERCISES = (BUILD_MLP, COUNT_PARAMETERS, BEST_SETTINGS)
