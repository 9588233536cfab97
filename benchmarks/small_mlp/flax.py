"""Flax NNX with optax, as its guides have it: a jitted step, called in a Python loop."""

import jax.numpy as jnp
import optax
from flax import nnx

from benchmarks.small_mlp.problem import WIDTHS, Problem
from benchmarks.timing import Contender


class Network(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        n_in, n_1, n_2, n_out = WIDTHS
        self.first = nnx.Linear(n_in, n_1, rngs=rngs)
        self.second = nnx.Linear(n_1, n_2, rngs=rngs)
        self.last = nnx.Linear(n_2, n_out, rngs=rngs)

    def __call__(self, x):
        return self.last(nnx.tanh(self.second(nnx.tanh(self.first(x)))))


@nnx.jit
def step(model: Network, optimizer: nnx.Optimizer, X, y):
    def objective(model):
        return jnp.mean(optax.sigmoid_binary_cross_entropy(model(X)[:, 0], y))

    loss, grads = nnx.value_and_grad(objective)(model)
    optimizer.update(model, grads)
    return loss


def contender(problem: Problem) -> Contender:
    X, y = jnp.asarray(problem.X), jnp.asarray(problem.y)
    adam = optax.adam(problem.learning_rate)  # made once: another one would compile the step again

    def train(model: Network) -> float:
        optimizer = nnx.Optimizer(model, adam, wrt=nnx.Param)
        for _ in range(problem.steps):
            loss = step(model, optimizer, X, y)
        return float(loss)

    return Contender("flax", train, lambda: network(problem.weights))


def network(weights: list) -> Network:
    model = Network(nnx.Rngs(0))
    for layer, (W, b) in zip((model.first, model.second, model.last), weights, strict=True):
        layer.kernel.value, layer.bias.value = jnp.asarray(W), jnp.asarray(b)
    return model
