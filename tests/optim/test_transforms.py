"""Clipping, decay and soft-thresholding, alone and in chains, against optax and closed forms."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from nnlib.layers import dense
from nnlib.losses import squared_error
from nnlib.optim import (
    adam,
    adamw,
    add_noise,
    apply_updates,
    chain,
    clip_by_norm,
    clip_by_value,
    coupled_decay,
    decoupled_decay,
    linear,
    sgd,
    soft_threshold,
)  # fmt: skip
from nnlib.train import fit
from tests.helpers import assert_close, float64
from tests.optim.test_optimizers import path

TREE = {"w": jnp.array([3.0, -40.0]), "b": jnp.array([0.5]), "none": None}


def changed(transform, grads=TREE, params=None):
    return transform.update(grads, transform.init(params), params)[0]


@pytest.mark.parametrize("limit", [0.0, 1.0, 100.0])
def test_clipping_is_optax_s(limit):
    assert_close(changed(clip_by_value(limit)), changed(optax.clip(limit)))
    assert_close(changed(clip_by_norm(limit)), changed(optax.clip_by_global_norm(limit)))


def test_the_norm_is_that_of_all_arrays_and_keeps_the_direction():
    by_norm, by_value = changed(clip_by_norm(1.0)), changed(clip_by_value(1.0))
    np.testing.assert_allclose(optax.tree.norm(by_norm), 1, rtol=1e-6)
    np.testing.assert_allclose(by_norm["w"] / by_norm["b"], TREE["w"] / TREE["b"], rtol=1e-6)
    np.testing.assert_array_equal(by_value["w"], [1, -1])  # the direction is lost


def test_gradients_whose_squares_overflow_are_clipped_as_well():
    huge = {"w": jnp.array([3e30, -4e30])}
    np.testing.assert_allclose(changed(clip_by_norm(5.0), huge)["w"], [3, -4], rtol=1e-6)
    assert not changed(optax.clip_by_global_norm(5.0), huge)["w"].any()  # where squares overflow, nothing is left


def test_no_gradient_and_no_number():
    assert not changed(clip_by_norm(1.0), {"w": jnp.zeros(2)})["w"].any()
    assert jnp.isnan(changed(clip_by_norm(1.0), {"w": jnp.array([jnp.nan, 1.0])})["w"]).any()
    assert changed(clip_by_norm(1.0), {}) == {}


def test_noise_is_added_step_by_step_and_begins_anew_after_the_last():
    z = np.array([[1.0, -2.0], [0.5, 0.0]])
    noise, w, state = add_noise(3.0, z), jnp.zeros(2), None
    state = noise.init(w)
    for t in range(5):
        given, state = noise.update(jnp.array([10.0, 20.0]), state, w)
        np.testing.assert_allclose(given, np.array([10.0, 20.0]) + 3 * z[t % 2])
    ours = chain(add_noise(3.0, z), sgd(0.1)).update(jnp.ones(2), (jnp.zeros((), int), jnp.zeros((), int)), w)[0]
    np.testing.assert_allclose(ours, -0.1 * (1 + 3 * z[0]), rtol=1e-6)
    with pytest.raises(ValueError, match="add_noise: expected numbers in"):
        add_noise(-1.0, z)


CHAINS = {
    "clipped": lambda: (
        chain(clip_by_norm(0.5), adam(0.05)),
        optax.chain(optax.clip_by_global_norm(0.5), optax.adam(0.05)),
    ),
    "coupled": lambda: (
        chain(coupled_decay(0.3), adam(0.05)),
        optax.chain(optax.add_decayed_weights(0.3), optax.adam(0.05)),
    ),
    "decoupled": lambda: (chain(adam(0.05), decoupled_decay(0.3, 0.05)), optax.adamw(0.05, weight_decay=0.3)),
    "optax's inside ours": lambda: (
        chain(optax.clip(0.5), optax.add_decayed_weights(0.3), sgd(0.05)),
        optax.chain(optax.clip(0.5), optax.add_decayed_weights(0.3), optax.sgd(0.05)),
    ),
}


@pytest.mark.parametrize("name", CHAINS)
def test_chains(name):
    with float64():
        ours, theirs = CHAINS[name]()
        assert_close(path(ours), path(theirs), rtol=1e-10, atol=1e-12)
        assert_close(path(ours), jax.jit(lambda: path(ours))(), rtol=1e-12)


def test_weight_decay_is_l2_for_plain_descent_only():
    with float64():
        plain = [path(chain(coupled_decay(0.3), sgd(0.05))), path(chain(sgd(0.05), decoupled_decay(0.3, 0.05)))]
        assert_close(*plain, rtol=1e-12)
        coupled, decoupled = path(chain(coupled_decay(0.3), adam(0.05))), path(adamw(0.05, weight_decay=0.3))
        gap = max(float(jnp.abs(a - b).max()) for a, b in zip(*map(jax.tree.leaves, (coupled, decoupled)), strict=True))
        assert gap > 0.1


def test_decay_follows_the_schedule_of_its_optimizer():
    with float64():
        rate = linear(0.1, 0.0, 10)
        theirs = optax.adamw(rate, weight_decay=0.3)
        assert_close(path(adamw(rate, weight_decay=0.3)), path(theirs), rtol=1e-10, atol=1e-12)


def test_soft_thresholding_lands_on_zero_and_the_sign_rule_never_does():
    """20 inputs of which 3 matter, 100 examples: 17 of 17 of the others become 0, or 0 of 17."""
    rng = np.random.default_rng(0)
    truth = np.r_[3.0, -2.0, 1.5, np.zeros(17)]
    X = rng.normal(size=(100, 20))
    d = X @ truth + 0.1 * rng.normal(size=100)
    amount, rate = 0.1, 0.05

    def slope(w):
        return X.T @ (X @ w - d) / 100

    def trained(optimizer, extra):
        w = jnp.zeros(20)
        state = optimizer.init(w)
        for _ in range(500):
            updates, state = optimizer.update(jnp.asarray(slope(w) + extra(w)), state, w)
            w = apply_updates(w, updates)
        return np.asarray(w)

    soft = trained(chain(sgd(rate), soft_threshold(amount, rate)), lambda w: 0.0)
    by_sign = trained(sgd(rate), lambda w: amount * np.sign(w))
    assert (soft[3:] == 0).sum() == 17 and (by_sign[3:] == 0).sum() == 0
    assert (soft[:3] != 0).all() and (by_sign[:3] != 0).all()
    assert 0 < np.abs(by_sign[3:]).max() <= 2 * rate * amount  # it hops to and fro about 0
    # and it is the minimum: the slope is -+ amount where w is not 0, and smaller where it is
    np.testing.assert_allclose(slope(soft)[:3], -amount * np.sign(soft[:3]), atol=1e-4)
    assert (np.abs(slope(soft)[3:]) < amount).all()


def test_soft_threshold_of_one_step():
    w, u = jnp.array([1.0, 0.05, -0.05, -1.0]), jnp.array([0.0, 0.01, 0.01, 0.5])
    step = changed(soft_threshold(0.2, 0.5), u, w)
    np.testing.assert_allclose(w + step, [0.9, 0, 0, -0.4], atol=1e-7)
    assert (w + step)[1] == 0 and (w + step)[2] == 0


def test_training_with_a_chain_compiles_once_for_every_number():
    model, data = dense(jax.random.key(0), 2, 1), (jnp.ones((3, 2)), jnp.zeros(3))
    traces = []

    def loss(y, d):
        traces.append(1)
        return squared_error(y, d)

    fixed = optax.trace(0.5)  # made once, as its numbers are compiled in
    runs = [fit(model, data, loss, chain(clip_by_norm(c), fixed, sgd(0.1 * c)), 3) for c in (0.1, 1.0)]
    assert len(traces) == 1
    assert runs[0].losses[-1] != runs[1].losses[-1]


def test_what_a_chain_refuses():
    with pytest.raises(ValueError, match="chain: expected optimizers and transforms, got none; such as"):
        chain()
    with pytest.raises(TypeError, match=r"expected an optimizer \(init, update\), got .*; call it"):
        chain(clip_by_norm, adam(0.1))
    for transform in (coupled_decay(0.1), decoupled_decay(0.1), soft_threshold(0.1)):
        with pytest.raises(ValueError, match=r"^\w+: expected parameters, got None; call update"):
            changed(transform)
