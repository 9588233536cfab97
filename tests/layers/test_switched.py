"""Layers and units that are chosen or switched off by a number: against those that were made so, and in one program."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.activations import identity, relu, sigmoid, tanh
from nnlib.data import moons
from nnlib.initializers import glorot_uniform, he_normal
from nnlib.layers import Dense, Mask, batch_norm, dense, dropout, mask, mlp, narrow, sequential, switch
from nnlib.losses import binary_cross_entropy
from nnlib.optim import adam
from nnlib.train import fit
from tests.helpers import assert_close, assert_same

KEY = jax.random.key(0)
DATA = moons(KEY, 40)
X = DATA[0]


# --- switch ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1, 2, np.int32(1), jnp.array(2)])
def test_a_switch_is_the_layer_of_its_number_in_both_passes_and_in_its_gradient(number):
    parts = sequential(dense(KEY, 2, 3), tanh), dense(jax.random.key(1), 2, 3), sequential(dense(KEY, 2, 3), relu)
    chosen = parts[int(number)]
    assert_close(switch(number, *parts)(X), chosen(X))  # a branch is compiled as a whole, and rounds otherwise
    assert_close(switch(number, *parts).train_call(X, None)[0], chosen(X))
    grads = jax.grad(lambda parts: jnp.sum(switch(number, *parts)(X) ** 3))(parts)
    wanted = jax.grad(lambda layer: jnp.sum(layer(X) ** 3))(chosen)
    for k, grad in enumerate(grads):
        assert_close(grad, wanted if k == int(number) else jax.tree.map(jnp.zeros_like, grad))


def test_only_the_layer_of_its_number_learns_and_brings_its_running_means_up_to_date():
    model = sequential(
        switch(1, sequential(dense(KEY, 2, 2), batch_norm(2)), sequential(dense(KEY, 2, 2), batch_norm(2))),
        dense(KEY, 2, 1),
    )
    after = fit(model, DATA, binary_cross_entropy, adam(0.1), 5).model
    (idle, busy), (idle_before, busy_before) = after.layers[0].layers, model.layers[0].layers
    assert_same(idle, idle_before)
    assert not np.allclose(busy.layers[0].W, busy_before.layers[0].W)
    assert not np.allclose(busy.layers[1].mean, busy_before.layers[1].mean)


def test_a_switch_hands_its_key_on_and_knows_whether_it_trains_as_it_predicts():
    model = switch(0, dropout(0.5), identity)
    assert not model.trains_as_it_predicts() and switch(0, tanh, relu).trains_as_it_predicts()
    thinned = model.train_call(jnp.ones((50, 4)), KEY)[0]
    assert set(np.unique(thinned)) == {0, 2} and (model(jnp.ones(4)) == 1).all()


def test_every_number_of_a_switch_is_one_program():
    traces = []

    @jax.jit
    def answer(number):
        traces.append(number)
        return switch(number, tanh, relu, sigmoid)(X)

    for number, f in enumerate((tanh, relu, sigmoid)):
        assert_close(answer(number), f(X))
    assert len(traces) == 1
    assert jnp.isnan(answer(3)).all() and jnp.isnan(answer(-1)).all()  # what cannot be looked at
    assert jnp.isfinite(jax.vmap(answer)(jnp.arange(3))).all()


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (lambda: switch(2, tanh, relu), ValueError, "switch: expected one of 2 by number, from 0 up, got 2;"),
        (lambda: switch(-1, tanh), ValueError, "got -1"),
        (lambda: switch(0), ValueError, "expected one of 0"),
        (lambda: switch(0.0, tanh), TypeError, "switch: expected a whole number, got 0.0; give one from 0 to 0"),
        (lambda: switch(0, tanh, 3), TypeError, "expected a Module or a function, got 3"),
        (lambda: switch(0, tanh, dense(KEY, 2, 3))(X), TypeError, r"got float32\[40,2\], float32\[40,3\]; make them"),
        (lambda: mask([1.0, 0.0])(jnp.ones((4, 3))), ValueError, r"Mask: .* got inputs \(4, 3\) for \(2,\)"),
        (lambda: mask(1.0)(jnp.ones((4, 3))), ValueError, r"for \(\); features go last"),
        (lambda: narrow(mlp(KEY, 2, 8, 1), 9), ValueError, r"narrow: expected .* from 1 to \(8,\), got \(9,\)"),
        (lambda: narrow(mlp(KEY, 2, 8, 1), 0), ValueError, r"got \(0,\)"),
        (lambda: narrow(mlp(KEY, 2, 8, 1)), ValueError, r"got \(\); one for each"),
        (lambda: narrow(mlp(KEY, 2, 8, 4, 1), 3), ValueError, r"to \(8, 4\), got \(3,\)"),
    ],
)  # fmt: skip
def test_messages(make, error, said):
    with pytest.raises(error, match=said):
        make()


# --- mask --------------------------------------------------------------------------------------------------------


def test_nothing_comes_out_of_a_unit_that_is_off_and_no_gradient_to_it():
    on = np.array([1.0, 0.0, 1.0])
    layer = sequential(dense(KEY, 2, 3), sigmoid, mask(on))
    assert_same(layer(X), sequential(*layer.layers[:2])(X) * on)
    grads = jax.grad(lambda layer: jnp.sum(layer(X) ** 2))(layer).layers[0]
    assert (np.asarray(grads.b != 0) == on).all() and not grads.W[:, 1].any()
    each = jax.random.bernoulli(KEY, 0.5, (40, 3)) * 2.0
    assert_same(mask(each)(jnp.ones((40, 3))), each)


# --- narrow ------------------------------------------------------------------------------------------------------


def cut(model, *units):
    """The smaller model that a narrow one is, with arrays of its own."""
    places = [k for k, layer in enumerate(model.layers) if isinstance(layer, Dense)]
    ends = [len(model.layers[0].W), *units, len(model.layers[-1].b)]
    small = {
        k: Dense(model.layers[k].W[:n_in, :n_out], model.layers[k].b[:n_out])
        for k, n_in, n_out in zip(places, ends[:-1], ends[1:], strict=True)
    }
    return sequential(*(small.get(k, layer) for k, layer in enumerate(model.layers) if not isinstance(layer, Mask)))


@pytest.mark.parametrize("activation", [tanh, relu, sigmoid])
@pytest.mark.parametrize(
    ("widths", "units"), [((2, 16, 1), (3,)), ((2, 16, 8, 1), (1, 8)), ((2, 6, 6, 6, 3), (6, 2, 4))]
)
def test_a_narrow_network_is_the_smaller_one_and_learns_as_it_does(activation, widths, units):
    model = narrow(mlp(KEY, *widths, activation=activation), *units)
    data = (X, DATA[1]) if widths[-1] == 1 else (X, jax.random.normal(KEY, (40, 3)))
    loss = binary_cross_entropy if widths[-1] == 1 else lambda y, d: jnp.sum((y - d) ** 2, -1)
    whole, small = (fit(one, data, loss, adam(0.03), 30, frames=3) for one in (model, cut(model, *units)))
    assert_close(whole.losses, small.losses, rtol=1e-4)
    assert_close(cut(whole.model, *units), small.model, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("width", [1, 3, 16])
def test_units_that_are_off_stay_off(width):
    model = fit(narrow(mlp(KEY, 2, 16, 1), width), DATA, binary_cross_entropy, adam(0.1), 60).model
    first, last = (layer for layer in model.layers if isinstance(layer, Dense))
    assert not first.W[:, width:].any() and not first.b[width:].any() and not last.W[width:].any()
    assert first.W[:, :width].all() and last.W[:width].all()


@pytest.mark.parametrize(
    ("init", "fans"), [(glorot_uniform, None), (he_normal, lambda n_in, n_out: n_in), (he_normal, lambda *n: 1)]
)
def test_first_weights_are_those_of_the_smaller_layer(init, fans):
    wide, options = mlp(KEY, 100, 400, 80, init=init), {} if fans is None else {"fans": fans}
    first, last = (layer for layer in narrow(wide, 50, **options).layers if isinstance(layer, Dense))
    before = {1: wide.layers[0].W[:, :50], 2: wide.layers[2].W[:50]}
    if fans and fans(1, 1) == fans(2, 2):
        assert_same((first.W[:, :50], last.W[:50]), (before[1], before[2]))
    else:
        alone = mlp(jax.random.key(1), 100, 50, 80, init=init)
        assert float(first.W[:, :50].std()) == pytest.approx(float(alone.layers[0].W.std()), rel=0.05)
        assert float(last.W[:50].std()) == pytest.approx(float(alone.layers[2].W.std()), rel=0.05)


def test_every_width_is_one_program():
    traces = []

    @jax.jit
    def losses(width):
        traces.append(width)
        return fit(narrow(mlp(KEY, 2, 8, 1), width), DATA, binary_cross_entropy, adam(0.1), 5).losses

    found = [losses(width) for width in (1, 4, 8)]
    assert len(traces) == 1 and len({float(each[-1]) for each in found}) == 3
    assert_close(found[-1], fit(mlp(KEY, 2, 8, 1), DATA, binary_cross_entropy, adam(0.1), 5).losses)
