"""Layer by layer: what each one gives, and what comes back to it."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax
from jax.flatten_util import ravel_pytree

from nnlib.layers import Sequential, sequential
from nnlib.module import Array, Module

__all__ = ["activations", "gradient_through_time", "gradients", "layers", "predictions"]


def layers(model: Module) -> list[Module]:
    """The layers of a `Sequential`, in order, those of others in it in their place; any other model is one layer."""
    return [inner for layer in model.layers for inner in layers(layer)] if isinstance(model, Sequential) else [model]


@jax.jit
def predictions(models: Module, x: Any) -> Any:
    """What each of stacked models, such as a film's, answers for the same x (N, ...): (T, N, ...), in one program.

    models: one model, all of whose arrays have one more axis in front, (T, ...).
    """
    return jax.vmap(lambda model: model(x))(models)


def activations(model: Module, x: Array) -> list[Array]:
    """What each layer gives at prediction: A_1 = f_1(x), A_2 = f_2(A_1), ...; as many arrays as `layers(model)`.

    x: a batch (N, ...), as the model takes it.
    """
    seen: list[Array] = []
    _tapped(model, lambda i, a: seen.append(a) or a)(x)
    return seen


def gradients(model: Module, data: tuple, loss: Callable, key: Array | None = None) -> tuple[list[Array], Array]:
    """What comes back to each layer: dJ/dA_l, J = mean loss(model(X), y), and their norms (layers,).

    data: (X, y), a batch and its targets; loss: (outputs, targets) -> one loss for each example. Measured in the
    training pass, as training sees it; `key` for layers in which something is random. Each gradient has the shape of
    what its layer gives; the norm is the root of the sum of all squares.
    """
    inputs, targets = data

    def outputs(offsets: list[Array] | None) -> tuple[Array, list[Array]]:
        seen: list[Array] = []
        tapped = _tapped(model, lambda i, a: seen.append(a) or (a if offsets is None else a + offsets[i]))
        return tapped.train_call(inputs, key)[0], seen

    zeros = [jnp.zeros(a.shape, a.dtype) for a in jax.eval_shape(lambda: outputs(None)[1])]
    found = jax.grad(lambda offsets: jnp.mean(loss(outputs(offsets)[0], targets)))(zeros)
    return found, jnp.stack([jnp.linalg.norm(g.ravel()) for g in found])


def gradient_through_time(layer: Any, x: Array) -> Array:
    """How much of a state reaches the end: |dh_T / dh_t| for t = 0 ... T, (T + 1,); the last one is 1.

        dh_T / dh_t = dh_T/dh_(T-1) ... dh_(t+1)/dh_t           a product of Jacobians, its largest singular value

    layer: recurrent, with `step(x_t, state) -> state` and `initial(n) -> state`; a state of several arrays counts as
    one vector. x: one sequence (T, D); use vmap for more.
    """
    start, form = ravel_pytree(layer.initial(1))

    def step(h: Array, x_t: Array) -> Array:
        return ravel_pytree(layer.step(x_t[None], form(h)))[0]  # (S,)

    def back(product: Array, at: tuple) -> tuple[Array, Array]:
        product = product @ jax.jacrev(step)(*at)  # (S, S)
        return product, jnp.linalg.norm(product, 2)

    _, states = lax.scan(lambda h, x_t: (step(h, x_t), h), start, x)  # (T, S), the state before each step
    one = jnp.eye(len(start), dtype=start.dtype)
    _, norms = lax.scan(back, one, (states, x), reverse=True)
    return jnp.append(norms, 1)


def _tapped(model: Module, tap: Callable[[int, Array], Array]) -> Sequential:
    """The model with tap(l, A_l) in the place of what layer l gives."""
    parts: list[Any] = []
    for i, layer in enumerate(layers(model)):
        parts += [layer, lambda a, i=i: tap(i, a)]
    return sequential(*parts)
