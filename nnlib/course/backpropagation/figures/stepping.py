"""A network of 2, 3 and 2 units, moment by moment: forward unit by unit, the loss, the way back, the update."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from nnlib import activations
from nnlib.autodiff.two_passes import ACTIVATIONS, backward, forward
from nnlib.live import Network, Note, choice, film, live, log_slider, player, slider
from nnlib.losses import squared_error

from .wines import difference

__all__ = ["moments", "step_through"]

W = {1: np.float32([[0.8, -0.5, 0.3], [-0.4, 0.9, 0.6]]), 2: np.float32([[0.7, -0.6], [0.5, 0.4], [-0.3, 0.8]])}
B = {1: np.float32([0.1, -0.2, 0.0]), 2: np.float32([0.1, -0.1])}
NAMES = (("x₁", "x₂"), ("h₁", "h₂", "h₃"), ("y₁", "y₂"))
SLOPES = {"sigmoid": "a (1 − a)", "tanh": "1 − a²", "relu": "1 where z > 0, else 0", "identity": "1"}


@partial(jax.jit, static_argnames="activation")
def by_jax(W, b, x, d, activation):
    """What `jax.grad` says of the same network, with the library's activation."""

    def loss(W, b):
        _, A = forward(W, b, x, getattr(activations, activation))
        return jnp.sum(squared_error(A[2][0], d)) / 2

    return jax.grad(loss, argnums=(0, 1))(W, b)


def said(value: float) -> str:
    """A number of a sentence: two decimals, and never −0.00."""
    return f"{round(float(value), 2) + 0.0:.2f}".replace("-", "−")


def _sum_of(pairs) -> str:
    """Products in words: "0.80·1.00 + (−0.40)·0.50"."""
    bracket = [(f"({said(v)})" if v < 0 else said(v) for v in pair) for pair in pairs]
    return " + ".join("·".join(pair) for pair in bracket)


def _loss(y: np.ndarray, d: np.ndarray) -> float:
    return float(squared_error(y, d).sum() / 2)


class Telling:
    """Numbers that become known one after another: `tell` shows some and says a sentence."""

    def __init__(self, **arrays: np.ndarray):
        self.all, self.says, self.frames = arrays, [], []
        self.now = {name: np.full_like(array, np.nan) for name, array in arrays.items()}

    def tell(self, sentence: str, **places) -> None:
        """One moment: the numbers at these places are known from now on."""
        for name, place in places.items():
            self.now[name][place] = self.all[name][place]
        self.says.append(sentence)
        self.frames.append({name: array.copy() for name, array in self.now.items()})

    def film(self, name: str) -> np.ndarray:
        """One array at every moment, (T, ...)."""
        return np.stack([frame[name] for frame in self.frames])


class Step(NamedTuple):
    """One step of learning: as it is told, its gradients (dW, db), W and b after it, the loss before and after."""

    told: Telling
    gradients: tuple
    after: tuple
    losses: tuple[float, float]


def moments(x: np.ndarray, d: np.ndarray, activation: str, learning_rate: float) -> Step:
    """The step of learning from this example, x (2,) and d (2,)."""
    f, slope = ACTIVATIONS[activation]
    Z, A = forward(W, B, x[None], f)
    dW, db, delta = backward(W, Z, A, A[2] - d, slope)
    units = {f"{name}{l}": of[l][0] for name, of in (("z", Z), ("a", A), ("d", delta)) for l in of}
    told = Telling(**units, dW1=dW[1], dW2=dW[2], db1=db[1], db2=db[2])
    _tell_forward(told, activation, x, d)
    _tell_backward(told, activation, slope(Z[1])[0], x, d)
    after = [{l: of[l] - np.float32(learning_rate) * g[l] for l in of} for of, g in ((W, dW), (B, db))]
    losses = _loss(A[2][0], d), _loss(forward(*after, x[None], f)[1][2][0], d)
    told.tell(
        f"Update: every w ← w − {learning_rate:.2g} · ∂L/∂w. "
        f"The loss was {said(losses[0])}, and now is {said(losses[1])}."
    )
    return Step(told, (dW, db), after, losses)


def _tell_forward(told: Telling, activation: str, x: np.ndarray, d: np.ndarray) -> None:
    whole, get = slice(None), told.all
    told.tell(f"Forward. The input comes in: x = ({said(x[0])}, {said(x[1])}).", a0=whole)
    for l in (1, 2):
        for j, name in enumerate(NAMES[l]):
            terms = _sum_of(zip(W[l][:, j], get[f"a{l - 1}"], strict=True))
            z = f"{name}: z = {terms} + {_sum_of([[B[l][j]]])} = {said(get[f'z{l}'][j])}"
            if l == 2:
                told.tell(f"{z}, and a = z.", z2=j, a2=j)
                continue
            told.tell(f"{z}.", z1=j)
            told.tell(f"{name}: a = {activation}({said(get['z1'][j])}) = {said(get['a1'][j])}.", a1=j)
    squares = " + ".join(f"½ ({said(y)} − {_sum_of([[t]])})²" for y, t in zip(get["a2"], d, strict=True))
    told.tell(f"The loss: L = {squares} = {said(_loss(get['a2'], d))}. Now backward.")


def _tell_backward(told: Telling, activation: str, slopes: np.ndarray, x: np.ndarray, d: np.ndarray) -> None:
    whole, get = slice(None), told.all
    for k, name in enumerate(NAMES[2]):
        y, t, delta = get["a2"][k], _sum_of([[d[k]]]), get["d2"][k]
        told.tell(f"Backward. {name}: δ = ∂L/∂z = y − d = {said(y)} − {t} = {said(delta)}.", d2=k)
    example = f"{_sum_of([(get['a1'][0], get['d2'][0])])} = {said(get['dW2'][0, 0])}"
    told.tell(f"A weight's slope is what came in, times δ. From h₁ to y₁: {example}.", dW2=whole, db2=whole)
    for j, name in enumerate(NAMES[1]):
        sum_ = _sum_of(zip(get["d2"], W[2][j], strict=True))
        told.tell(
            f"{name}: δ = ({sum_}) · f′ = {said(get['d1'][j])}; f′ = {SLOPES[activation]} = {said(slopes[j])}.", d1=j
        )
    example = f"{_sum_of([(x[0], get['d1'][0])])} = {said(get['dW1'][0, 0])}"
    told.tell(f"Again what came in, times δ. From x₁ to h₁: {example}.", dW1=whole, db1=whole)


@live(
    x1=slider(-2.0, 2.0, 1.0, step=0.1),
    x2=slider(-2.0, 2.0, 0.5, step=0.1),
    d1=slider(-2.0, 2.0, 1.0, step=0.1, label="wanted d₁"),
    d2=slider(-2.0, 2.0, -1.0, step=0.1, label="wanted d₂"),
    activation=choice(list(ACTIVATIONS), "tanh"),
    learning_rate=log_slider(0.01, 2.0, 0.1),
    step=player(fps=1, start=0, label="step"),
)
def step_through(x1, x2, d1, d2, activation, learning_rate):
    """One step of learning: forward, backward, update; every number of a small network, one after another."""
    x, d = np.float32([x1, x2]), np.float32([d1, d2])
    told, gradients, (new_W, new_b), losses = moments(x, d, activation, learning_rate)
    last = len(told.says) - 1
    weights = [film([W[l]] * last + [new_W[l]]) for l in (1, 2)]
    biases = [film([B[l]] * last + [new_b[l]]) for l in (1, 2)]
    known = {row: [film(told.film(f"{key}{l}")) if f"{key}{l}" in told.all else None for l in range(3)]
             for row, key in (("z", "z"), ("a", "a"), ("δ", "d"))}  # fmt: skip
    known = {"z": known["z"], "a": known["a"], "d": [None, None, d], "δ": known["δ"]}
    dW, db = ([film(told.film(f"{kind}{l}")) for l in (1, 2)] for kind in ("dW", "db"))
    network = Network(
        weights, biases, names=NAMES, units=known, gradients=dW, bias_gradients=db, says=told.says,
        layers=("input", activation, "output"),
    )  # fmt: skip
    apart = difference(gradients, by_jax(W, B, x[None], d, activation))
    return (
        (network,),
        Note(f"loss {said(losses[0])}, after the update {said(losses[1])}"),
        Note(f"largest difference from jax.grad: {apart}"),
    )
