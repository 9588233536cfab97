"""Equinox with optax, as its tutorials have it: a jitted step, called in a Python loop."""

import equinox as eqx
import jax
import jax.numpy as jnp
import optax

from benchmarks.small_mlp.problem import WIDTHS, Problem
from benchmarks.timing import Contender


def contender(problem: Problem) -> Contender:
    X, y = jnp.asarray(problem.X), jnp.asarray(problem.y)
    optimizer = optax.adam(problem.learning_rate)

    def objective(model, X, y):
        return jnp.mean(optax.sigmoid_binary_cross_entropy(jax.vmap(model)(X)[:, 0], y))

    @eqx.filter_jit
    def step(model, state, X, y):
        loss, grads = eqx.filter_value_and_grad(objective)(model, X, y)
        updates, state = optimizer.update(grads, state, model)
        return eqx.apply_updates(model, updates), state, loss

    def train(model) -> float:
        state = optimizer.init(eqx.filter(model, eqx.is_array))
        for _ in range(problem.steps):
            model, state, loss = step(model, state, X, y)
        return float(loss)

    return Contender("equinox", train, lambda: network(problem.weights))


def network(weights: list) -> eqx.nn.MLP:
    n_in, width, _, n_out = WIDTHS
    model = eqx.nn.MLP(n_in, n_out, width, depth=2, activation=jnp.tanh, key=jax.random.key(0))
    parts = [jnp.asarray(part) for W, b in weights for part in (W.T, b)]
    return eqx.tree_at(lambda m: [part for layer in m.layers for part in (layer.weight, layer.bias)], model, parts)
