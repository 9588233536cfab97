"""Slips that lecture notes often make and that belong to no single part: the wrong version, and how wrong it is.

The others are beside the part that they are about, and `slip` is in the name of the test or in its docstring.
"""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.activations import identity, relu, sigmoid, softmax, tanh
from nnlib.layers import dense, mlp
from nnlib.losses import softmax_cross_entropy
from nnlib.optim import adam
from nnlib.perceptron import perceptron
from tests.helpers import assert_close, float64

KEY = jax.random.key(0)


def test_depth_saves_units_and_not_layers():
    """2.6: parity of n bits takes 2^(n-1) AND units in one hidden layer, and 3 (n - 1) as a tree of XORs."""
    n = 4
    bits = np.array(np.meshgrid(*[[0, 1]] * n, indexing="ij")).reshape(n, -1).T  # (16, 4)
    odd = bits[bits.sum(1) % 2 == 1]
    units = [perceptron(2 * row - 1, 0.5 - row.sum()) for row in odd]  # each is 1 on its own row only
    shallow = jnp.stack([unit(jnp.asarray(bits, float)) for unit in units], axis=1).sum(1)
    assert len(units) == 2 ** (n - 1) == 8
    assert shallow.tolist() == (bits.sum(1) % 2).tolist()

    either, both = perceptron([1, 1], -0.5), perceptron([1, 1], -1.5)
    differ = perceptron([1, -2], -0.5)
    count = 0

    def xor(a, b):
        nonlocal count
        count += 3
        pair = jnp.stack([a, b], axis=1).astype(float)
        return differ(jnp.stack([either(pair), both(pair)], axis=1).astype(float))

    a, b, c, d = jnp.asarray(bits.T)
    assert xor(xor(a, b), xor(c, d)).tolist() == (bits.sum(1) % 2).tolist()
    assert count == 3 * (n - 1) == 9  # in four layers instead of two


def test_a_unit_is_dead_only_if_it_is_off_for_every_input():
    """3.4: off for one batch is not dead. Of 64 units some are off for eight examples, and learn from the others."""
    layer = dense(KEY, 2, 64)
    layer = type(layer)(layer.W, layer.b - 0.8)
    X = jax.random.normal(jax.random.key(1), (1000, 2))
    off_for_eight, off_for_all = ((relu(layer(x)) == 0).all(0) for x in (X[:8], X))
    assert int(off_for_eight.sum()) > int(off_for_all.sum()) + 10
    slope = jax.grad(lambda layer: jnp.sum(relu(layer(X))))(layer)
    assert_close((slope.b == 0), off_for_all)  # no gradient comes to the dead, and to no others


def test_layers_without_activations_are_one_layer():
    """3.5: a printed stack of dense layers is linear if the activations are left out, however deep."""
    x, y = jax.random.normal(KEY, (2, 5, 4))
    bent, straight = (mlp(KEY, 4, 5, 7, 3, activation=f) for f in (tanh, identity))

    def bend(model):
        return jnp.abs(model((x + y) / 2) - (model(x) + model(y)) / 2).max()

    assert bend(straight) < 1e-6 and bend(bent) > 0.05
    first, _, second, _, third = straight.layers
    assert_close(straight(x) - straight(0 * x), x @ (first.W @ second.W @ third.W), atol=1e-5)


# --- 6.4: the deltas, for a network 3 - 4 - 2 with softmax and cross-entropy --------------------------------------


@pytest.fixture
def network():
    with float64():
        model = mlp(KEY, 3, 4, 4, activation=sigmoid)
        X, d = jax.random.normal(KEY, (6, 3)), jnp.arange(6) % 4
        first, _, second = model.layers
        A = sigmoid(first(X))
        delta = (softmax(second(A)) - jax.nn.one_hot(d, 4)) / 6
        grads = jax.grad(lambda model: jnp.mean(softmax_cross_entropy(model(X), d)))(model)
        yield first, second, X, A, delta, d, grads.layers


def off(wrong, right):
    return float(jnp.linalg.norm(wrong - right) / jnp.linalg.norm(right))


def test_backpropagation_by_its_two_formulas(network):
    _first, second, X, A, delta, _, grads = network
    hidden = (delta @ second.W.T) * A * (1 - A)
    assert_close((X.T @ hidden, A.T @ delta), (grads[0].W, grads[2].W), rtol=1e-12)


def test_a_factor_of_the_chain_written_twice(network):
    _first, second, X, A, delta, _, grads = network
    twice = (delta @ second.W.T) * (A * (1 - A)) ** 2
    assert off(X.T @ twice, grads[0].W) > 0.5


def test_w_where_its_transpose_belongs(network):
    """With as many outputs as hidden units the shapes fit, and nothing warns."""
    _, second, X, A, delta, _, grads = network
    turned = (delta @ second.W) * A * (1 - A)
    assert off(X.T @ turned, grads[0].W) > 0.5


def test_an_element_wise_derivative_at_a_softmax_output(network):
    _, second, _X, A, _, d, grads = network
    y = softmax(second(A))
    slope = -jax.nn.one_hot(d, 4) / y / 6  # dJ/dy
    element_wise = slope * y * (1 - y)  # the diagonal of the Jacobian only
    whole = jnp.einsum("ni,nij->nj", slope, jax.vmap(jnp.diag)(y) - y[:, :, None] * y[:, None, :])
    assert off(A.T @ element_wise, grads[2].W) > 0.3
    assert_close(A.T @ whole, grads[2].W, rtol=1e-10)


def test_weights_that_are_updated_before_the_delta_has_used_them(network):
    """A step of 1 on the last layer first, and the layer before it gets a gradient that is several per cent off."""
    _, second, X, A, delta, _, grads = network
    stepped = second.W - 1.0 * A.T @ delta
    late = (delta @ stepped.T) * A * (1 - A)
    assert 0.02 < off(X.T @ late, grads[0].W) < 0.5


def test_the_two_corrections_of_adam_are_not_one():
    """8.5: M is divided by 1 - beta2^t. Divided by 1 - beta1^t, as G is, the first step is ten times too long."""
    g = jnp.array(3.0)
    step, _ = adam(1.0).update(g, adam(1.0).init(g))
    G, M = 0.1 * g, 0.001 * g**2
    right, wrong = (G / 0.1) / jnp.sqrt(M / 0.001), (G / 0.1) / jnp.sqrt(M / 0.1)
    assert float(-step) == pytest.approx(float(right), rel=1e-5)
    assert float(wrong) == pytest.approx(10.0, rel=1e-5)  # ten times too long
