"""Convolution against lax.conv, its sizes and counts, and what it keeps under translation."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jax import lax

from nnlib.layers import Conv, Flatten, conv, max_pool, output_size, sequential
from nnlib.module import replace
from nnlib.optim import sgd
from nnlib.train import fit
from tests.helpers import assert_close, float64

KEY = jax.random.key(0)


@partial(jax.jit, static_argnums=2)
def against_jax(layer, x, padding):
    """Value and gradients of ours, and of JAX's own convolution with padding as pairs or "SAME"."""
    form = ("NHC", "HIO", "NHC") if x.ndim == 3 else ("NHWC", "HWIO", "NHWC")

    def theirs(layer, x):
        settings = {"rhs_dilation": layer.dilation, "dimension_numbers": form}
        return lax.conv_general_dilated(x, layer.W, layer.stride, padding, **settings) + layer.b

    def value_and_gradients(f):
        z, back = jax.vjp(f, layer, x)
        return z, back(jnp.cos(z))

    return value_and_gradients(lambda layer, x: layer(x)), value_and_gradients(theirs)


@st.composite
def cases(draw):
    axes = draw(st.sampled_from([1, 2]))

    def each(low, high):
        return tuple(draw(st.lists(st.integers(low, high), min_size=axes, max_size=axes)))

    window, stride, dilation = each(1, 3), each(1, 3), each(1, 3)
    sizes = tuple(d * (k - 1) + extra for k, d, extra in zip(window, dilation, each(1, 4), strict=True))
    reach = [d * (k - 1) for k, d in zip(window, dilation, strict=True)]
    pairs = tuple(zip(each(0, 3), each(0, 3), strict=True))
    ours, theirs = draw(
        st.sampled_from(
            [
                ("valid", "VALID"),
                ("same", "SAME"),
                ("full", tuple((r, r) for r in reach)),
                (2, ((2, 2),) * axes),
                (pairs, pairs),
            ]
        )
    )
    return sizes, draw(st.integers(1, 3)), draw(st.integers(1, 3)), window, stride, ours, theirs, dilation


@settings(max_examples=10, deadline=None)
@given(cases())
def test_values_and_gradients_are_those_of_jax_s_convolution(case):
    sizes, n_in, n_out, window, stride, ours, theirs, dilation = case
    with float64():
        layer = conv(KEY, n_in, n_out, window, stride=stride, padding=ours, dilation=dilation)
        layer = replace(layer, b=jnp.arange(1.0, n_out + 1))
        got, expected = against_jax(layer, jax.random.normal(KEY, (2, *sizes, n_in)), theirs)
        assert got[0].dtype == jnp.float64
        assert_close(got, expected, rtol=1e-10, atol=1e-12)
    paddings = ours if isinstance(ours, tuple) else [ours] * len(sizes)
    assert got[0].shape[1:-1] == tuple(map(output_size, sizes, window, stride, paddings, dilation))


def test_three_axes_and_float32():
    layer, x = conv(KEY, 2, 3, (2, 3, 1), padding="same"), jax.random.normal(KEY, (2, 4, 5, 6, 2))
    form = ("NDHWC", "DHWIO", "NDHWC")
    assert_close(layer(x), lax.conv_general_dilated(x, layer.W, (1, 1, 1), "SAME", dimension_numbers=form), atol=1e-5)
    assert layer(x).dtype == jnp.float32


def test_jit_vmap_scan_and_a_film():
    layer, X = conv(KEY, 1, 2, 3, padding=1, stride=2), jax.random.normal(KEY, (6, 5, 5, 1))
    assert_close(jax.jit(lambda m, x: m(x))(layer, X), layer(X))
    assert_close(jax.vmap(lambda x: layer(x[None])[0])(X), layer(X))
    model = sequential(layer, jnp.tanh, Flatten())
    run = fit(model, (X, jnp.zeros((6, 18))), lambda y, d: jnp.sum((y - d) ** 2, -1), sgd(0.1), steps=5, frames=3)
    assert run.film.layers[0].W.shape == (3, 3, 3, 1, 2)
    assert jax.vmap(lambda m: m(X))(run.film).shape == (3, 6, 18)
    assert run.losses[-1] < run.losses[0]


def test_output_sizes():
    assert [output_size(10, 3, s, p) for s, p in ((1, 0), (2, 0), (3, 1), (1, "full"), (2, "same"), (1, (0, 2)))] == [
        8, 4, 4, 12, 5, 10,
    ]  # fmt: skip
    assert output_size(10, 3, dilation=2) == 6 and output_size(10, 3, padding="full", dilation=2) == 14
    for k in (1, 3, 5):  # "same" is p = d (k - 1) / 2 where stride is 1 and k odd
        assert all(output_size(12, k, 1, d * (k - 1) // 2, d) == output_size(12, k, 1, "same", d) == 12 for d in (1, 2))


def test_same_is_uneven_where_it_must_be():
    x = jnp.arange(1.0, 5).reshape(1, 4, 1)
    sums = Conv(jnp.ones((2, 1, 1)), jnp.zeros(1), padding="same")(x)
    assert_close(sums[0, :, 0], np.array([3.0, 5.0, 7.0, 4.0]))  # the zero is after the last


def test_slip_padding_of_k_less_one_grows_the_input():
    assert output_size(28, 5, padding=4) == 32  # not 28
    assert output_size(28, 5, padding=2) == 28


def test_slip_stride_does_not_change_the_number_of_weights():
    sizes = [sum(leaf.size for leaf in jax.tree.leaves(conv(KEY, 3, 9, 11, stride=s))) for s in (1, 2, 3)]
    assert sizes == [3276, 3276, 3276]


def worked_example():
    first, second = jax.random.split(KEY)
    pool = max_pool(3, stride=2)
    return [conv(first, 3, 9, 11), pool, conv(second, 9, 3, 7), pool]


def test_the_worked_architecture():
    x, shapes, counts = jnp.zeros((1, 36, 36, 3)), [], []
    for layer in worked_example():
        before, x = x, jax.eval_shape(layer, x)
        shapes.append(x.shape[1:])
        weights = sum(leaf.size for leaf in jax.tree.leaves(layer))
        counts.append((weights, (before.size + 1) * x.size - weights))
    assert shapes == [(26, 26, 9), (12, 12, 9), (6, 6, 3), (2, 2, 3)]
    (first, saved), _, (second, saved_later), _ = counts
    assert (first, second) == (3276, 1326)
    # Slip: the saving against a dense layer does not grow with depth: 23.6 million, then 0.14 million.
    assert (saved, saved_later) == (23_657_400, 138_750)


def test_a_shifted_input_gives_a_shifted_output():
    layer, x = conv(KEY, 1, 2, 3), jnp.zeros((1, 12, 12, 1)).at[:, 3:7, 3:7].set(jax.random.normal(KEY, (1, 4, 4, 1)))
    moved = jnp.roll(x, (2, 1), (1, 2))
    assert_close(layer(moved), jnp.roll(layer(x), (2, 1), (1, 2)))
    turned = jnp.rot90(x, axes=(1, 2))
    assert jnp.abs(layer(turned) - jnp.rot90(layer(x), axes=(1, 2))).max() > 0.1  # not to rotation
    coarse = conv(KEY, 1, 2, 3, stride=2)  # nor, at stride 2, to an odd shift; to an even one it is
    assert_close(coarse(jnp.roll(x, 2, 1)), jnp.roll(coarse(x), 1, 1))
    odd = coarse(jnp.roll(x, 1, 1))
    assert min(float(jnp.abs(odd - jnp.roll(coarse(x), s, 1)).max()) for s in (0, 1)) > 0.1


def test_the_kernel_is_not_flipped():
    layer = Conv(jnp.array([1.0, 2.0, 3.0]).reshape(3, 1, 1), jnp.zeros(1), padding="full")
    x = jnp.zeros((1, 1, 1)).at[0, 0, 0].set(1.0)
    assert layer(x)[0, :, 0].tolist() == [3.0, 2.0, 1.0]


def test_gradients_are_convolutions():
    """dL/dx is the full convolution of dL/dz with the flipped kernel; dL/dW correlates x with dL/dz."""
    with float64():
        layer, x = conv(KEY, 2, 3, 3), jax.random.normal(KEY, (4, 7, 6, 2))
        z, back = jax.vjp(lambda layer, x: layer(x), layer, x)
        dz = jnp.sin(z)
        dlayer, dx = back(dz)
        turned = Conv(layer.W[::-1, ::-1].swapaxes(2, 3), jnp.zeros(2), padding="full")
        assert_close(dx, turned(dz), rtol=1e-10, atol=1e-12)
        kernel = Conv(dz.transpose(1, 2, 0, 3), jnp.zeros(3))  # examples in the place of channels
        assert_close(dlayer.W, kernel(x.transpose(3, 1, 2, 0)).transpose(1, 2, 0, 3), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: conv(KEY, 3, 2, 3)(jnp.ones((5, 5, 3))), r"Conv: expected inputs .*\(N, n, n, 3\), got \(5, 5, 3\); "),
        (lambda: conv(KEY, 3, 2, 3)(jnp.ones((1, 5, 5, 2))), r"Conv: expected .* 3\), got \(1, 5, 5, 2\); "),
        (lambda: conv(KEY, 3, 2, 6)(jnp.ones((1, 5, 5, 3))), "Conv: expected a window that fits.* 6 cells on 5"),
        (lambda: conv(KEY, 3, 2, 3, stride=0), "conv: expected stride to be a whole number from 1 up, got 0; "),
        (
            lambda: conv(KEY, 3, 2, 3, dilation=(1, 0)),
            "conv: expected dilation to be .*, got 0; ",
        ),
        (lambda: conv(KEY, 3, 2, 0), "conv: expected window to be a whole number from 1 up, got 0; "),
        (lambda: conv(KEY, 3, 2, 3, padding="some"), "conv: expected padding .* got some; "),
        (lambda: conv(KEY, 3, 2, 3, padding=-1), "conv: expected padding .* got -1; "),
        (lambda: conv(KEY, 3, 2, 3, padding=((1, 2, 3), 1)), r"conv: expected padding .* got \(1, 2, 3\); "),
        (
            lambda: conv(KEY, 3, 2, 3, stride=(1, 2, 3)),
            "conv: expected one stride, or one for each of 2 axes, got .1, 2, 3.; ",
        ),
        (lambda: conv(KEY, 0, 2, 3), "conv: expected n_in to be a whole number from 1 up, got 0; "),
        (lambda: output_size(4, 5), "output_size: expected a window that fits"),
    ],
)
def test_messages(make, message):
    with pytest.raises(ValueError, match=message):
        make()
