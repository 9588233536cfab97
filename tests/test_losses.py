"""Losses against optax, SciPy and NumPy; the usual slips with numbers; shapes and labels that do not fit."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from nnlib.layers import dense, sequential
from nnlib.losses import (
    absolute_error,
    binary_cross_entropy,
    huber,
    kl_divergence,
    l1,
    l2,
    penalty,
    softmax_cross_entropy,
    squared_error,
    weights,
    zero_one,
)  # fmt: skip
from nnlib.module import Module, buffer
from tests.helpers import central_difference, float64

PAIRWISE = (binary_cross_entropy, squared_error, absolute_error, huber, zero_one)
VECTOR = (softmax_cross_entropy, kl_divergence)
LOGITS = st.floats(-80, 80, width=32, allow_subnormal=False)
RNG = np.random.default_rng(0)
Z, SHARES = RNG.normal(size=(6, 4)) * 3, RNG.dirichlet(np.ones(4), 6)


# --- two classes -------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.lists(st.tuples(LOGITS, st.integers(0, 1)), min_size=1, max_size=6))
def test_binary_cross_entropy(pairs):
    z, d = (jnp.array(column) for column in zip(*pairs, strict=True))
    expected = optax.sigmoid_binary_cross_entropy(z, d)
    np.testing.assert_allclose(binary_cross_entropy(z, d), expected, rtol=1e-5, atol=1e-37)
    np.testing.assert_allclose(binary_cross_entropy(z[:, None], d), expected, rtol=1e-5, atol=1e-37)
    surprise = -jax.nn.log_sigmoid((2 * d - 1) * z)
    np.testing.assert_allclose(binary_cross_entropy(z, d), surprise, rtol=1e-5, atol=1e-37)


@settings(deadline=None)
@given(LOGITS, st.floats(0, 1, width=32, allow_subnormal=False))
def test_labels_between_0_and_1(z, d):
    expected = np.logaddexp(0, np.float64(z)) - np.float64(d) * z
    np.testing.assert_allclose(binary_cross_entropy(jnp.float32(z), d), expected, rtol=1e-4, atol=1e-5)


def test_binary_cross_entropy_where_the_naive_form_fails():
    z = jnp.array([-200.0, 200.0])
    d = jnp.array([1, 0])
    np.testing.assert_allclose(binary_cross_entropy(z, d), 200)
    assert jnp.isinf(-jnp.log(jax.nn.sigmoid(-200.0)))
    np.testing.assert_allclose(jax.vmap(jax.grad(binary_cross_entropy))(z, d * 1.0), [-1, 1])


def test_where_float32_reaches_0():
    """In mathematics the loss is never 0. The naive form is from z = 17 on, the stable one only near 90."""
    z = np.arange(1, 120).astype(np.float32)
    naive = -jnp.log(jax.nn.sigmoid(z))
    stable = binary_cross_entropy(z, np.ones(119))
    assert z[np.argmax(naive == 0)] == 17 and (naive[16:] == 0).all()
    assert 86 <= z[np.argmax(stable == 0)] <= 105
    np.testing.assert_allclose(stable[:80], np.logaddexp(0, -z[:80].astype(float)), rtol=1e-5)


def test_the_minus_sign_is_there():
    assert binary_cross_entropy(jnp.array(0.3), 1) > 0 and binary_cross_entropy(jnp.array(0.3), 0) > 0


def test_squared_error_through_a_sigmoid_stalls_and_cross_entropy_does_not():
    z = -10.0  # confident, and wrong
    stalled = jax.grad(lambda z: squared_error(jax.nn.sigmoid(z), 1.0))(z)
    assert abs(stalled) < 1e-4 and jax.grad(binary_cross_entropy)(z, 1.0) == pytest.approx(-1, abs=1e-4)


# --- numbers -----------------------------------------------------------------------------------------------


def test_the_three_distances():
    y, d = np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[0.0, 2.0], [5.0, 1.0]])
    np.testing.assert_allclose(squared_error(y, d), [[1, 0], [4, 4]])
    np.testing.assert_allclose(absolute_error(y, d), [[1, 0], [2, 2]])
    np.testing.assert_array_equal(zero_one(y, d), [[1, 0], [1, 1]])  # 1 where they differ


@settings(deadline=None)
@given(st.floats(-9, 9, width=32), st.floats(0.125, 5, width=32))
def test_huber(r, delta):
    np.testing.assert_allclose(
        huber(jnp.float32(r), jnp.float32(0), delta), special.huber(delta, r), rtol=1e-4, atol=1e-30
    )


def test_huber_is_half_the_square_and_then_straight():
    assert huber(0.5, 0.0) == 0.125 and squared_error(0.5, 0.0) == 0.25
    slope = jax.grad(huber)
    assert [float(slope(r, 0.0, 2.0)) for r in (-9.0, -1.0, 0.0, 1.0, 2.0, 9.0)] == [-2, -1, 0, 1, 2, 2]
    with pytest.raises(ValueError, match=r"huber: expected numbers in \[0, inf\), got -1; choose"):
        huber(1.0, 0.0, -1)


def test_what_an_outlier_does():
    """The best constant: the mean for squared, the median for absolute errors."""
    d, at = jnp.array([1.0, 2.0, 3.0, 4.0, 100.0]), jnp.linspace(0, 100, 1001)
    squared, absolute = (
        at[jnp.argmin(jax.vmap(lambda y, f=f: f(jnp.full(5, y), d).mean())(at))]
        for f in (squared_error, absolute_error)
    )
    assert squared == pytest.approx(22, abs=0.1) and absolute == pytest.approx(3, abs=0.1)


# --- many classes ------------------------------------------------------------------------------------------


def test_softmax_cross_entropy():
    labels = np.array([0, 3, 1, 2, 2, 0])
    expected = special.logsumexp(Z, -1) - Z[np.arange(6), labels]
    with float64():
        np.testing.assert_allclose(softmax_cross_entropy(Z, labels), expected, rtol=1e-12)
        np.testing.assert_allclose(softmax_cross_entropy(Z, np.eye(4)[labels]), expected, rtol=1e-12)
        np.testing.assert_allclose(softmax_cross_entropy(Z, SHARES), -(SHARES * special.log_softmax(Z, -1)).sum(-1))
        np.testing.assert_allclose(softmax_cross_entropy(Z.reshape(2, 3, 4), labels.reshape(2, 3)).ravel(), expected)
    np.testing.assert_allclose(softmax_cross_entropy(jnp.array([1e4, 0.0]), 1), 1e4)


def test_the_delta_is_the_output_minus_the_target():
    with float64():
        for d in (SHARES, np.eye(4)[[0, 1, 2, 3, 0, 1]]):
            delta = jax.grad(lambda z, d=d: softmax_cross_entropy(z, d).mean())(jnp.asarray(Z))
            np.testing.assert_allclose(delta, (special.softmax(Z, -1) - d) / 6, atol=1e-14)


def test_kl_divergence():
    with float64():
        expected = special.rel_entr(SHARES, special.softmax(Z, -1)).sum(-1)
        np.testing.assert_allclose(kl_divergence(Z, SHARES), expected, rtol=1e-10)
        np.testing.assert_allclose(kl_divergence(np.log(SHARES) + 5, SHARES), 0, atol=1e-14)
        assert (kl_divergence(Z, SHARES) > 0).all()
        entropy = special.entr(SHARES).sum(-1)
        np.testing.assert_allclose(softmax_cross_entropy(Z, SHARES), expected + entropy, rtol=1e-12)
        one_hot = np.eye(4)[[0, 1, 2, 3, 0, 1]]
        np.testing.assert_allclose(kl_divergence(Z, one_hot), softmax_cross_entropy(Z, one_hot), rtol=1e-12)


def test_a_logit_of_minus_infinity_is_a_class_that_cannot_be():
    z = jnp.array([1.0, 2.0, -jnp.inf])
    assert softmax_cross_entropy(z, 0) == pytest.approx(np.log(1 + np.e), rel=1e-6)
    np.testing.assert_allclose(jax.grad(softmax_cross_entropy)(z, 0), [-0.7310586, 0.7310586, 0], rtol=1e-6)
    assert softmax_cross_entropy(z, 2) == jnp.inf


# --- penalties ---------------------------------------------------------------------------------------------


class Carrying(Module):
    W: jax.Array
    b: jax.Array
    mean: jax.Array = buffer()
    count: jax.Array = buffer()


MODEL = Carrying(jnp.array([[1.0, -2.0], [0.0, 3.0]]), jnp.array([10.0, 10.0]), jnp.ones((2, 2)) * 7, jnp.array(3))


def test_norms_and_penalties():
    assert l1(MODEL) == 26 and l2(MODEL) == 214  # trained arrays only
    assert l1(weights(MODEL)) == 6 and l2(weights(MODEL)) == 14  # no biases
    assert penalty(l1=0.5, l2=0.1)(MODEL) == pytest.approx(0.5 * 6 + 0.1 * 14)
    assert penalty()(MODEL) == 0 and l1({"w": jnp.array([-1.0, 2.0]), "none": None}) == 3
    deep = sequential(dense(jax.random.key(0), 3, 2), jnp.tanh, dense(jax.random.key(1), 2, 1))
    assert len(jax.tree.leaves(weights(deep))) == 2 and l1(sequential(jnp.tanh)) == 0


def test_slopes_of_penalties():
    slope = jax.grad(lambda W: penalty(l1=0.5, l2=0.1)(Carrying(W, MODEL.b, MODEL.mean, MODEL.count)))(MODEL.W)
    np.testing.assert_allclose(slope, 0.5 * np.sign(MODEL.W) + 0.2 * np.asarray(MODEL.W), rtol=1e-6)
    assert slope[1, 0] == 0  # by convention, where the weight is 0


def test_a_hundred_rates_are_one_trace():
    traces = []

    @jax.jit
    def price(rates):
        traces.append(1)
        return rates(MODEL)

    prices = [price(penalty(l1=v)) for v in np.linspace(0, 1, 100).tolist()]
    prices += [price(penalty(l2=v)) for v in np.linspace(0, 1, 100).tolist()]
    assert len(traces) == 1 and len(np.unique(prices)) > 150
    with pytest.raises(ValueError, match=r"l2: expected numbers in \[0, inf\), got -1; choose"):
        penalty(l2=-1)


# --- all together ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("loss", PAIRWISE[:-1])
@pytest.mark.parametrize("d", [0.0, 1.0, 0.3])
def test_gradients(loss, d):
    with float64():
        for z in (-3.0, 0.1, 2.2):
            slope = central_difference(lambda z: loss(z, d), z)
            assert jax.grad(loss)(z, d) == pytest.approx(slope, abs=1e-8)


@pytest.mark.parametrize("loss", PAIRWISE)
def test_jit_and_vmap(loss):
    z, d = jnp.linspace(-2, 2, 5), jnp.array([0, 1, 1, 0, 1])
    np.testing.assert_allclose(jax.jit(loss)(z, d), loss(z, d), rtol=1e-6)
    np.testing.assert_allclose(jax.vmap(loss)(z, d), loss(z, d), rtol=1e-6)


@pytest.mark.parametrize("loss", VECTOR)
def test_jit_and_vmap_of_vectors(loss):
    np.testing.assert_allclose(jax.jit(loss)(Z, SHARES), loss(Z, SHARES), rtol=1e-5)
    np.testing.assert_allclose(jax.vmap(loss)(jnp.asarray(Z), jnp.asarray(SHARES)), loss(Z, SHARES), rtol=1e-5)


@pytest.mark.parametrize("loss", PAIRWISE)
@pytest.mark.parametrize(("outputs", "targets"), [((3,), (4,)), ((3, 2), (3,)), ((3,), (3, 1)), ((), (3,))])
def test_nothing_is_broadcast(loss, outputs, targets):
    with pytest.raises(ValueError, match=r"expected outputs of shape .*, got .*; give one output"):
        loss(jnp.zeros(outputs), jnp.zeros(targets))


@pytest.mark.parametrize(
    ("logits", "labels"),
    [
        (np.zeros((3, 4)), np.zeros(4, int)),
        (np.zeros((3, 4)), np.zeros((3, 1), int)),
        (np.zeros((3, 4)), np.zeros((1, 4))),
        (np.zeros((3, 4)), np.zeros(3)),  # labels of a floating-point type
        (np.zeros((3, 1)), np.zeros(3, int)),  # a single logit
        (np.zeros(()), np.zeros((), int)),
        (np.zeros((0, 3)), np.zeros(0, int)),
        (np.zeros((0, 3)), np.zeros((0, 3))),
    ],
)
def test_what_softmax_cross_entropy_refuses(logits, labels):
    with pytest.raises(ValueError, match=r"softmax_cross_entropy: expected logits \(\.\.\., M\).*, got .*; see also"):
        softmax_cross_entropy(logits, labels)


def test_labels_out_of_range_are_an_error_or_inside_jit_not_a_number():
    z, d = jnp.zeros((2, 3)), np.array([1, 3])
    with pytest.raises(ValueError, match="softmax_cross_entropy: expected labels from 0 to 2, got 3; number"):
        softmax_cross_entropy(z, d)
    with pytest.raises(ValueError, match="softmax_cross_entropy: expected labels from 0 to 2, got -1; number"):
        softmax_cross_entropy(z, d - 2)
    with pytest.raises(ValueError, match="binary_cross_entropy: expected labels from 0 to 1, got -1; number"):
        binary_cross_entropy(z[:, 0], np.array([-1, 1]))
    for bad in (d, np.array([1, -1])):
        np.testing.assert_array_equal(jnp.isnan(jax.jit(softmax_cross_entropy)(z, bad)), [False, True])
        slope = jax.jit(jax.grad(lambda z, d: softmax_cross_entropy(z, d).mean()))(z, bad)
        assert jnp.isnan(slope[1]).all()
    inside = jax.jit(binary_cross_entropy)(z[:, 0], np.array([-1, 1]))
    np.testing.assert_array_equal(jnp.isnan(inside), [True, False])


def test_shares_sum_to_1():
    for loss in VECTOR:
        with pytest.raises(ValueError, match=rf"{loss.__name__}: expected shares that sum to 1, got .*; divide"):
            loss(np.zeros((2, 3)), np.full((2, 3), 0.5))
        with pytest.raises(ValueError, match=rf"{loss.__name__}: expected labels from 0 to 1, got -0.5; "):
            loss(np.zeros(3), np.array([1.0, 0.5, -0.5]))


@pytest.mark.parametrize("loss", [*PAIRWISE, kl_divergence])
def test_no_examples(loss):
    with pytest.raises(ValueError, match=rf"{loss.__name__}: expected at least one example, got .*; give some"):
        loss(jnp.zeros((0, 3)), jnp.zeros((0, 3)))


@pytest.mark.parametrize("loss", [*PAIRWISE[:-1]])
def test_what_is_not_a_number_stays_so(loss):
    assert jnp.isnan(loss(jnp.array([jnp.nan]), jnp.array([1.0])))[0]
    assert jnp.isnan(loss(jnp.array([1.0]), jnp.array([jnp.nan])))[0]


def test_whole_numbers_without_a_sign_do_not_go_round_at_0():
    for kind in (np.uint8, jnp.uint32, np.int8):
        small, large = np.array([0, 100], kind), np.array([1, 0], kind)
        np.testing.assert_array_equal(absolute_error(small, large), [1, 100])
        np.testing.assert_array_equal(squared_error(small, large), [1, 10000])
        np.testing.assert_array_equal(huber(small, large), [0.5, 99.5])


def test_at_infinity():
    inf = np.inf
    for z, d, wanted in [(inf, 0, inf), (inf, 1, 0), (-inf, 0, 0), (-inf, 1, inf), (inf, 0.3, inf), (-inf, 0.3, inf)]:
        assert binary_cross_entropy(jnp.array([z]), jnp.array([d])) == wanted
    assert jnp.isnan(jax.jit(binary_cross_entropy)(jnp.array([inf]), jnp.array([2.0]))).all()
    slope = jax.grad(lambda z: huber(z, jnp.zeros(2), 3.0).sum())(jnp.array([inf, -inf]))
    np.testing.assert_array_equal(slope, [3, -3])
