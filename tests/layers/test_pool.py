"""Pooling against reduce_window, and how ties share their gradient."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jax import lax

from nnlib.layers import Flatten, GlobalPool, Pool, max_pool, mean_pool, min_pool, output_size
from tests.helpers import assert_close, assert_same, central_difference, float64

KEY = jax.random.key(0)
KINDS = {"max": (max_pool, lax.max, -np.inf), "min": (min_pool, lax.min, np.inf), "mean": (mean_pool, lax.add, 0.0)}


@st.composite
def cases(draw):
    axes = draw(st.sampled_from([1, 2]))
    window = tuple(draw(st.integers(1, 3)) for _ in range(axes))
    stride = tuple(draw(st.integers(1, 3)) for _ in range(axes))
    sizes = tuple(k + draw(st.integers(0, 4)) for k in window)
    padding = tuple((draw(st.integers(0, k - 1)), draw(st.integers(0, k - 1))) for k in window)
    return sizes, window, stride, draw(st.sampled_from(["valid", "same", padding]))


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(list(KINDS)), cases())
def test_values_and_gradients_are_those_of_reduce_window(kind, case):
    sizes, window, stride, padding = case
    make, op, start = KINDS[kind]

    def theirs(x):
        pads = padding.upper() if isinstance(padding, str) else ((0, 0), *padding, (0, 0))

        def over(x):
            return lax.reduce_window(x, start, op, (1, *window, 1), (1, *stride, 1), pads)

        return over(x) / over(jnp.ones_like(x)) if kind == "mean" else over(x)

    @jax.jit
    def both(x):
        (y, back), (expected, expected_back) = (
            jax.vjp(make(window, stride=stride, padding=padding), x),
            jax.vjp(theirs, x),
        )
        return (y, back(jnp.cos(y))), (expected, expected_back(jnp.cos(y)))

    with float64():
        ours, expected = both(jax.random.normal(KEY, (2, *sizes, 3)))
        assert_close(ours, expected, rtol=1e-10, atol=1e-12)
    pads = padding if isinstance(padding, tuple) else [padding] * len(window)
    assert ours[0].shape == (2, *map(output_size, sizes, window, stride, pads), 3)


@pytest.mark.parametrize("kind", KINDS)
def test_forward_and_second_derivatives(kind):
    with float64():
        pool, x = KINDS[kind][0]((3,), stride=2), jax.random.normal(KEY, (1, 7, 2))

        def f(x):
            return jnp.sum(pool(x) ** 3)

        slope = jax.grad(f)(x)
        np.testing.assert_allclose(slope, central_difference(lambda x: f(jnp.asarray(x)), x), atol=1e-8)
        assert_close(jax.jvp(f, (x,), (jnp.cos(x),))[1], jnp.vdot(slope, jnp.cos(x)))
        bend = jax.jvp(jax.grad(f), (x,), (jnp.ones_like(x),))[1]
        assert_close(bend, (jax.grad(f)(x + 1e-6) - jax.grad(f)(x - 1e-6)) / 2e-6, rtol=1e-6)


@pytest.mark.parametrize("make", [max_pool, min_pool])
def test_ties_share_the_gradient_equally(make):
    x = jnp.zeros((1, 4, 4, 1)).at[0, 0, 0, 0].set(1.0 if make is max_pool else -1.0)
    slope = jax.grad(lambda x: make(2)(x).sum())(x)[0, :, :, 0]
    assert slope.tolist() == [[1, 0, 0.25, 0.25], [0, 0, 0.25, 0.25], [0.25] * 4, [0.25] * 4]


def test_padding_counts_for_nothing():
    x = -jnp.ones((1, 3, 3, 1))
    for make in (max_pool, min_pool, mean_pool):
        assert_same(make(3, stride=1, padding=1)(x), x)


def test_a_small_shift_is_forgotten():
    x = jnp.zeros((1, 8, 8, 1)).at[0, 2, 4, 0].set(1.0)
    assert_same(max_pool(2)(x), max_pool(2)(jnp.roll(x, 1, 2)))
    assert not jnp.array_equal(max_pool(2)(x), max_pool(2)(jnp.roll(x, 2, 2)))


def test_whole_numbers_jit_vmap_and_form():
    x = jnp.arange(32).reshape(2, 4, 4, 1)
    assert max_pool(2)(x)[0, :, :, 0].tolist() == [[5.0, 7.0], [13.0, 15.0]]
    x = jax.random.normal(KEY, (3, 4, 4, 2))
    for layer in (max_pool(2), mean_pool(2), GlobalPool("max"), Flatten()):
        assert_same(jax.jit(layer)(x), layer(x))
        assert_same(jax.vmap(lambda x, layer=layer: layer(x[None])[0])(x), layer(x))
        assert jax.tree.leaves(layer) == []
    assert repr(max_pool(2)) == "Pool(kind='max', window=(2, 2), stride=(2, 2), padding='valid')"


def test_global_pool_and_flatten():
    x = np.random.default_rng(0).normal(size=(2, 3, 4, 5)).astype(np.float32)
    assert_close(GlobalPool()(jnp.asarray(x)), x.mean((1, 2)))
    assert_close(GlobalPool("min")(jnp.asarray(x[:, 0])), x[:, 0].min(1))
    assert_same(Flatten()(jnp.asarray(x)), x.reshape(2, 60))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: max_pool(2)(jnp.ones((4, 4, 1))), r"Pool: expected inputs .*\(N, n, n, C\), got \(4, 4, 1\); "),
        (lambda: max_pool(3)(jnp.ones((1, 2, 4, 1))), "Pool: expected a window that fits.* 3 cells on 2"),
        (lambda: max_pool(2, stride=0), "max_pool: expected stride to be a whole number from 1 up, got 0; "),
        (lambda: mean_pool(0), "mean_pool: expected window to be a whole number from 1 up"),
        (lambda: min_pool(2, padding="half"), "min_pool: expected padding .* got half; "),
        (lambda: max_pool(2, padding=2), "max_pool: expected less padding than the window, 2, got 2; "),
        (lambda: Pool("median", (2,), 2)(jnp.ones((1, 2, 1))), "Pool: expected the kind .* got 'median'; "),
        (lambda: GlobalPool("sum")(jnp.ones((1, 2, 1))), "GlobalPool: expected the kind .* got 'sum'; "),
        (lambda: GlobalPool()(jnp.ones((2, 1))), r"GlobalPool: expected inputs .* got \(2, 1\); "),
    ],
)
def test_messages(make, message):
    with pytest.raises(ValueError, match=message):
        make()
