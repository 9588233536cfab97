"""Embeddings, residual blocks, radial basis functions, and slopes that are learned or drawn."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.activations import relu
from nnlib.layers import (
    RBF,
    Flatten,
    GlobalPool,
    PReLU,
    batch_norm,
    bidirectional,
    conv,
    dense,
    dropout,
    embedding,
    layer_norm,
    mask,
    max_pool,
    mlp,
    prelu_layer,
    rbf,
    residual,
    rnn,
    rrelu_layer,
    sequential,
    switch,
)
from nnlib.losses import squared_error
from nnlib.module import replace
from nnlib.optim import sgd
from nnlib.train import fit
from tests.helpers import assert_close, assert_same, central_difference, float64

KEY = jax.random.key(0)


def test_an_embedding_is_a_dense_layer_on_one_hot_inputs():
    layer, ids = embedding(KEY, 5, 3), jnp.array([[0, 4, 4], [1, 2, 0]])
    one_hot = jax.nn.one_hot(ids, 5)
    assert_close(layer(ids), one_hot @ layer.table)
    slope = jax.grad(lambda layer: jnp.sum(layer(ids) ** 3))(layer)
    assert_close(slope.table, jax.grad(lambda table: jnp.sum((one_hot @ table) ** 3))(layer.table))
    assert_same(jax.jit(lambda m, ids: m(ids))(layer, ids), layer(ids))
    assert_same(jax.vmap(layer)(ids), layer(ids))
    assert_same(layer(np.asarray(ids, np.uint8)), layer(ids))
    assert_same(jax.jit(lambda m: m(np.array([1, 2])))(layer), layer(jnp.array([1, 2])))  # known ids inside jit


def test_ids_outside():
    layer = embedding(KEY, 5, 3)
    for ids in ([0, 5], [-1, 2]):
        with pytest.raises(ValueError, match="Embedding: expected ids from 0 to 4, got "):
            layer(jnp.array(ids))
        found = jax.jit(layer)(jnp.array(ids))
        bad = np.array(ids) % 5 != np.array(ids)
        assert jnp.isnan(found[bad]).all() and jnp.isfinite(found[~bad]).all()
    with pytest.raises(TypeError, match="Embedding: expected integer ids, got float32; "):
        layer(jnp.ones(3))
    assert layer(jnp.zeros((2, 0), int)).shape == (2, 0, 3)


def test_a_residual_block():
    inner, x = dense(KEY, 3, 3), jax.random.normal(KEY, (4, 3))
    assert_close(residual(inner)(x), inner(x) + x)
    assert_close(residual(inner, activation=relu)(x), relu(inner(x) + x))
    wide, projection = dense(KEY, 3, 5), dense(jax.random.key(1), 3, 5)
    assert_close(residual(wide, projection, jnp.tanh)(x), jnp.tanh(wide(x) + projection(x)))
    nothing = residual(replace(inner, W=jnp.zeros((3, 3))))
    assert_same(nothing(x), x)  # a block of zeros changes nothing, and hands the gradient on whole
    assert_same(jax.grad(lambda x: nothing(x).sum())(x), jnp.ones_like(x))
    with pytest.raises(ValueError, match=r"Residual: expected F.x. .* \(4, 3\), got \(4, 5\); give a projection"):
        residual(wide)(x)


def test_a_residual_block_trains_what_is_inside():
    block = residual(
        sequential(conv(KEY, 2, 2, 3, padding="same"), batch_norm(2), dropout(0.5)), batch_norm(2), rrelu_layer()
    )
    x = 3 + jax.random.normal(KEY, (4, 5, 5, 2))
    y, after = block.train_call(x, KEY)
    assert (
        y.shape == x.shape and not block.trains_as_it_predicts() and residual(dense(KEY, 2, 2)).trains_as_it_predicts()
    )
    assert jnp.abs(after.shortcut.mean - 0.1 * x.mean((0, 1, 2))).max() < 1e-5
    assert jnp.abs(after.inner.layers[1].mean).max() > 0
    assert not jnp.array_equal(y, block.train_call(x, jax.random.key(1))[0])
    assert_close(jax.jit(lambda m, x, key: m.train_call(x, key))(block, x, KEY)[0], y, rtol=1e-4, atol=1e-5)


def test_radial_basis_functions():
    centres, widths = np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([1.0, 2.5])
    with float64():
        layer = RBF(jnp.asarray(centres), jnp.asarray(widths))
        x = jnp.array([[0.0, 0.0], [3.0, 4.0], [1.0, 0.0]])
        expected = [[1, np.exp(-25 / (2 * 6.25))], [np.exp(-12.5), 1], [np.exp(-0.5), np.exp(-20 / 12.5)]]
        assert_close(layer(x), np.array(expected), rtol=1e-12)
        slope = jax.grad(lambda m: jnp.sum(m(x) ** 2))(layer)
        for name in ("centres", "widths"):
            value = getattr(layer, name)
            by_differences = central_difference(
                lambda v, n=name: jnp.sum(replace(layer, **{n: jnp.asarray(v)})(x) ** 2), value
            )
            np.testing.assert_allclose(getattr(slope, name), by_differences, atol=1e-8)
    layer, x = rbf(KEY, 2, 4, width=0.5), jax.random.normal(KEY, (3, 5, 2))
    assert layer(x).shape == (3, 5, 4) and layer.widths.tolist() == [0.5] * 4
    assert_close(jax.vmap(layer)(x), layer(x))


def test_learned_slopes():
    z = jnp.array([[-2.0, 3.0], [4.0, -1.0]])
    layer = PReLU(jnp.array([0.5, 0.1]))
    assert_close(layer(z), np.array([[-1.0, 3.0], [4.0, -0.1]]))
    assert_close(jax.grad(lambda m: m(z).sum())(layer).a, np.array([-2.0, -1.0]))
    assert prelu_layer().a.shape == () and prelu_layer(3, 0.1).a.shape == (3,)
    assert_close(prelu_layer()(z), jnp.maximum(z, 0) + 0.25 * jnp.minimum(z, 0))


def test_random_slopes():
    layer, z = rrelu_layer(0.2, 0.4), jnp.full((10_000,), -1.0).at[0].set(5.0)
    assert_close(layer(z)[:2], np.array([5.0, -0.3]))
    y, after = layer.train_call(z, KEY)
    slopes = -y[1:]
    assert float(y[0]) == 5 and 0.2 <= slopes.min() < 0.201 and 0.399 < slopes.max() <= 0.4
    assert float(slopes.mean()) == pytest.approx(0.3, abs=0.003) and after is layer


def test_all_of_them_in_one_fit_with_a_film():
    layers = (embedding(KEY, 4, 3), residual(dense(KEY, 3, 3), activation=prelu_layer(3)), rbf(KEY, 3, 5))
    model = sequential(*layers, rrelu_layer(), dense(KEY, 5, 1))
    data = jnp.arange(4), jnp.array([0.0, 1.0, 1.0, 0.0])
    run = fit(model, data, squared_error, sgd(0.2), key=KEY, steps=200, frames=3)
    assert run.losses[-1] < 0.5 * run.losses[0] and int(run.diverged) == -1
    assert jax.vmap(lambda m: m(data[0]))(run.film).shape == (3, 4, 1)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: rbf(KEY, 2, 4)(jnp.ones((3, 3))), r"RBF: expected inputs of shape \(\.\.\., 2\), got \(3, 3\); "),
        (lambda: rbf(KEY, 0, 4), "rbf: expected n_in to be a whole number from 1 up, got 0; "),
        (lambda: embedding(KEY, 0, 4), "embedding: expected n_words to be .* got 0; "),
        (lambda: prelu_layer(3)(jnp.ones((2, 4))), r"PReLU: expected inputs of shape \(\.\.\., 3\), got \(2, 4\); "),
        (lambda: rrelu_layer().train_call(jnp.ones(2), None), "RReLU: expected a key to draw slopes with, got None; "),
    ],
)
def test_messages(make, message):
    with pytest.raises(ValueError, match=message):
        make()


LISTED = {
    "dense": lambda: dense(KEY, 2, 3), "mlp": lambda: mlp(KEY, 2, 3, 1), "rbf": lambda: rbf(KEY, 2, 3),
    "batch_norm": lambda: batch_norm(2), "layer_norm": lambda: layer_norm(2), "dropout": lambda: dropout(0.5),
    "mask": lambda: mask([1, 0]), "prelu": lambda: prelu_layer(2), "rrelu": lambda: rrelu_layer(),
    "switch": lambda: switch(0, dense(KEY, 2, 3)), "residual": lambda: residual(dense(KEY, 2, 2)),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTED)
def test_layers_take_lists_of_numbers(name):
    layer, x = LISTED[name](), [[1.0, 2.0], [3.0, -4.0]]
    assert_same(layer(x), layer(jnp.asarray(x)))
    assert_same(layer.train_call(x, KEY)[0], layer.train_call(jnp.asarray(x), KEY)[0])
    assert_same(jax.jit(lambda layer, x: layer(x))(layer, x).shape, layer(x).shape)


def test_images_and_sequences_take_lists_of_numbers():
    images, steps = np.ones((1, 4, 4, 1)).tolist(), np.ones((1, 4, 2)).tolist()
    for layer in (conv(KEY, 1, 2, 3), max_pool(2), GlobalPool(), Flatten()):
        assert_same(layer(images), layer(jnp.asarray(images)))
    for layer in (rnn(KEY, 2, 3), bidirectional(rnn, KEY, 2, 3)):
        assert_same(layer(steps), layer(jnp.asarray(steps)))
