"""Depth against width at equal numbers of parameters: measured, on three tasks, over several draws."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np

from nnlib.activations import relu
from nnlib.initializers import he_normal
from nnlib.layers import Sequential, mlp
from nnlib.live import Curves, Note
from nnlib.live.numbers import plain
from nnlib.losses import squared_error
from nnlib.module import Array
from nnlib.optim import adam, cosine
from nnlib.train import fit

__all__ = ["DRAWS", "NETS", "TASKS", "equal_parameters_views", "measured", "parameters"]

NETS = ((90,), (16, 17), (12, 12, 12))  # the hidden layers; with 2 inputs and 1 output all have about 360 parameters
TASKS = ("spirals", "waves", "a checkerboard")
SEEN, UNSEEN, STEPS, RATE, DRAWS = 300, 1000, 800, 0.03, 6


def parameters(*widths: int) -> int:
    """Weights and biases of a perceptron with these layers: the sum of (n_in + 1) n_out."""
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(widths))


@partial(jax.jit, static_argnums=1)
def drawn(key: Array, widths: tuple[int, ...]) -> Sequential:
    """DRAWS perceptrons of ReLUs at random in one: weights of variance 2 / inputs (He and others, 2015), biases 0."""
    keys = jax.random.split(key, DRAWS)
    return jax.vmap(lambda key: mlp(key, *widths, activation=relu, init=he_normal))(keys)


@cache
def tasks() -> tuple[np.ndarray, np.ndarray]:
    """Points and what is wanted there, X (tasks, N, 2), D (tasks, N, 1); the first SEEN of them are for training."""
    rng = np.random.default_rng(0)
    n = SEEN + UNSEEN
    x, arm, along = rng.uniform(-1, 1, (n, 2)), rng.choice([-1.0, 1.0], n), np.sqrt(rng.uniform(size=n))
    turn = 3 * np.pi * along
    arms = 1.5 * (arm * along * np.array([np.cos(turn), np.sin(turn)])).T + rng.normal(size=(n, 2)) / 20
    waves = (np.sin(4 * x[:, 0] + 2 * x[:, 1]) + np.sin(3 * x[:, 1] - 5 * x[:, 0]) + np.sin(7 * x[:, 0])) / 1.5
    board = np.sign(np.sin(2 * np.pi * x[:, 0]) * np.sin(2 * np.pi * x[:, 1]))  # 4 by 4
    return np.float32([arms, x, x]), np.float32([arm, waves, board])[..., None]


@jax.jit
def _test_errors(data: tuple[Array, Array], nets: Sequential) -> Array:
    """The mean squared error on what training has not seen: (tasks, draws)."""

    def one(data: tuple[Array, Array], net: Sequential) -> Array:
        seen, (x, d) = (tuple(each[part] for each in data) for part in (slice(SEEN), slice(SEEN, None)))
        net = fit(net, seen, squared_error, adam(cosine(RATE, RATE / 100, STEPS)), STEPS).model
        return jnp.mean(squared_error(net(x), d))

    return jax.lax.map(lambda each: jax.lax.map(partial(one, each), nets), data)  # one by one: it stays in the cache


@cache
def measured(seed: int = 0) -> np.ndarray:
    """Test errors (nets, tasks, draws).  One program for each net; two of them compile and run side by side."""
    nets = [drawn(jax.random.key(seed), (2, *hidden, 1)) for hidden in NETS]
    with ThreadPoolExecutor(2) as threads:
        return np.array(list(threads.map(lambda net: np.asarray(_test_errors(tasks(), net)), nets[::-1]))[::-1])


def equal_parameters_views(errors: np.ndarray) -> tuple:
    """For each task every run's test error, and the median of each depth."""
    depths, middle = np.arange(1, len(NETS) + 1), np.median(errors, axis=2)
    columns = [_one(task, depths, errors[:, i], middle[:, i]) for i, task in enumerate(TASKS)]
    said = (f"{task} {' → '.join(plain(m, 2) for m in middle[:, i])}" for i, task in enumerate(TASKS))
    return *columns, Note(f"Medians, by hidden layers: {'; '.join(said)}.")


def _one(task: str, depths: np.ndarray, errors: np.ndarray, middle: np.ndarray) -> Curves:
    runs = zip(np.repeat(depths, errors.shape[1]), errors.ravel(), strict=True)
    dots = {f"_{i}": ([depth], [error]) for i, (depth, error) in enumerate(runs)}
    return Curves(
        _median=(depths, middle), **dots, colors={"_median": "ink"} | dict.fromkeys(dots, "orange"), title=task,
        ylabel="error by hidden layers", xlim=(0.7, len(depths) + 0.3), ylim=(0, 1.15 * errors.max()),
    )  # fmt: skip
